"""Doors for doing things: ``now`` for quick acts, ``long`` for everything that needs progress and cancel, and
:class:`Slices` for looking at the book beside what the person does.

The only place, with the crash window, that catches everything: errors people can act on become words, the rest goes to
the crash window.
"""

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QRunnable, QThreadPool, QTimer, Signal

from xmdesk.jobs import Breaths, Cancelled, Progress, stopped_by

SLICE_MS, WAIT_MS = 10, 50

log = logging.getLogger(__name__)


class Work(QObject):
    """``started`` carries a title, ``stepped`` done, total and text, ``ended`` nothing, ``told`` a heading, what was not done and
    what to do about it: the window shows them.

    ``rested`` fires when the book is about to be closed: whatever looks at it in slices stops.
    """

    started = Signal(str)
    stepped = Signal(int, int, str)
    ended = Signal()
    rested = Signal()
    told = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: _Job | None = None
        self._then: Callable[[Any], None] | None = None
        self._title = ""
        self._refused: Callable[[Any], None] | None = None
        self._stopped: Callable[[Cancelled], None] | None = None
        self._asides: set[_Aside] = set()
        self.slicing: set[int] = set()
        self.ahead: Callable[[], None] | None = None
        """Reads what the page in front will show after a long act, in its thread."""

    @property
    def is_busy(self) -> bool:
        """Whether a long act is running; there is never more than one writer."""
        return self._job is not None

    @property
    def has_asides(self) -> bool:
        """Whether something is read aside."""
        return bool(self._asides)

    @property
    def is_at_work(self) -> bool:
        """Whether anything is done beside what the person does: a long act, a reading, or something in slices."""
        return self.is_busy or self.has_asides or bool(self.slicing)

    def now(
        self,
        call: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        *,
        refused: Callable[[Any], None] | None = None,
    ) -> None:
        """Do something quick on this thread; ``then`` gets the result when it succeeded.

        ``refused`` gets an ``XmError`` where a page says it in place; otherwise the window does.
        """
        from xmdesk.errors import XmError

        try:
            result = call()
        except XmError as error:
            (refused or self.tell)(error)
            return
        if then is not None:
            then(result)

    def long(
        self,
        title: str,
        job: Callable[[Progress], Any],
        then: Callable[[Any], None] | None = None,
        *,
        refused: Callable[[Any], None] | None = None,
        stopped: Callable[[Cancelled], None] | None = None,
    ) -> None:
        """Run a job beside the window; the window is covered meanwhile and ``then`` runs back on this thread.

        ``refused`` gets an ``XmError`` where a page says it in place; otherwise the window does. ``stopped`` gets what a job
        said when it was asked to stop, where something of it stays; otherwise nothing is said.
        """
        if self._job is not None:
            return
        self._then = then
        self._refused = refused
        self._stopped = stopped
        self._title = title
        self._job = _Job(partial(self._do, job, self.ahead))
        self._job.signals.stepped.connect(self.stepped)
        self._job.signals.finished.connect(self._finish)
        self.started.emit(title)
        QThreadPool.globalInstance().start(self._job)

    @staticmethod
    def _do(job: Callable[[Progress], Any], ahead: Callable[[], None] | None, progress: Progress) -> Any:
        """Do a job, then read what the page in front will show of it. What hinders only the reading is said when it is shown."""
        from xmdesk.errors import XmError

        result = job(progress)
        if ahead is not None:
            with suppress(XmError, Cancelled):
                ahead()
        return result

    def rest(self) -> None:
        """Stop what is done in slices, and read ahead for no page any more."""
        self.ahead = None
        self.rested.emit()

    def aside(self, call: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Read something beside the window, which goes on; ``then`` runs back on this thread.

        Only for reading. Whoever asks sees to it that a late answer is still wanted.
        """
        made = _Aside(_Job(lambda _: call()), then, self)
        self._asides.add(made)
        QThreadPool.globalInstance().start(made.job)

    def settle(self) -> None:
        """Wait for what is read aside and forget its answers: the book is about to close."""
        for one in self._asides:
            one.forget()
        if self._asides:
            QThreadPool.globalInstance().waitForDone()

    def answered(self, aside: "_Aside", result: object) -> None:
        """Hand over what was read aside."""
        self._asides.discard(aside)
        if isinstance(result, _Failure):
            self._fail(result)
        elif not aside.is_forgotten:
            aside.then(result)

    def cancel(self) -> None:
        """Ask the running job to stop; what it has begun is rolled back, unless its parts stand by themselves."""
        if self._job is not None:
            self._job.stop.set()

    def _finish(self, result: object) -> None:
        job, then = self._job, self._then
        self._job = self._then = None
        self.ended.emit()
        if job is None or isinstance(result, _Failure):
            self._failed(result)
            return
        if then is not None:
            then(result)
        if job.stop.is_set():
            undo = "" if self._stopped is not None else "改动了台账的，可以按 Ctrl+Z 撤销。"
            self.say("没来得及停下", f"“{self._title}”已经做完。", undo)

    def _failed(self, result: object) -> None:
        from xmdesk.errors import XmError

        if not isinstance(result, _Failure):
            return
        if isinstance(result.error, Cancelled):
            if self._stopped is not None:
                self._stopped(result.error)
        elif isinstance(result.error, XmError) and self._refused is not None:
            self._refused(result.error)
        else:
            self._fail(result)

    def _fail(self, result: "_Failure") -> None:
        from xmdesk.errors import XmError

        if isinstance(result.error, XmError):
            self.tell(result.error)
        else:
            sys.excepthook(type(result.error), result.error, result.error.__traceback__)

    def tell(self, error: Any) -> None:
        """Say at the top of the window why something was not done."""
        log.info("could not be done: %s", error.code)
        self.say(error.heading or "没有做成", error.happened, error.to_do)

    def say(self, heading: str, happened: str, to_do: str = "") -> None:
        """Say there in a page's own words what was not done."""
        self.told.emit(heading, happened, to_do)


class Slices(QObject):
    """Work that breathes, done a few milliseconds at a time between what the person does.

    It waits while a long act runs or something is read aside: two that ask for the interpreter at once make the window
    wait for both.

    ``done`` carries the result. Beginning anew forgets what was begun.
    """

    done = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._steps: Breaths[Any] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        work.rested.connect(self.stop)
        # Whoever wanted it may go in the middle of it (other letters are worn): then nothing is done any more.
        self.destroyed.connect(partial(work.slicing.discard, id(self)))

    @property
    def is_running(self) -> bool:
        """Whether something was begun and is not done."""
        return self._steps is not None

    def begin(self, steps: "Breaths[Any]") -> None:
        """Do this from the start."""
        self._work.slicing.add(id(self))
        self._steps = steps
        self._timer.start(0)

    def stop(self) -> None:
        """Forget what was begun."""
        self._timer.stop()
        self._end(self._steps)

    def _go_on(self) -> None:
        if self._work.is_busy or self._work.has_asides:
            self._timer.start(WAIT_MS)
            return
        spent = QElapsedTimer()
        spent.start()
        while self._steps is not None and spent.elapsed() < SLICE_MS:
            self._work.now(self._step, self._stepped)

    def _step(self) -> tuple[bool, Any]:
        """Go one breath on; tells whether that was the end, and the result."""
        steps = self._steps
        try:
            next(steps)  # type: ignore[arg-type]  # there is one while the timer runs
        except StopIteration as end:
            self._end(steps)
            return True, end.value
        except BaseException:
            self._end(steps)
            raise
        return False, None

    def _end(self, steps: "Breaths[Any] | None") -> None:
        """Forget these, unless others were begun meanwhile."""
        if self._steps is steps:
            self._steps = None
            self._work.slicing.discard(id(self))

    def _stepped(self, told: tuple[bool, Any]) -> None:
        is_done, result = told
        if is_done:
            self.done.emit(result)
        elif self._steps is not None and not self._timer.isActive():
            self._timer.start(0)


class _Failure:
    def __init__(self, error: BaseException) -> None:
        self.error = error


class _Signals(QObject):
    stepped = Signal(int, int, str)
    finished = Signal(object)


class _Job(QRunnable):
    """A job in a thread of the pool, in the context of the caller (a held clock holds there too); its own progress."""

    def __init__(self, job: Callable[[Progress], Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.signals = _Signals()
        self.stop = threading.Event()
        self._job = job
        self._context = copy_context()

    def step(self, done: int, total: int, text: str) -> None:
        """Report; raises ``Cancelled`` when the person asked to stop."""
        if self.stop.is_set():
            raise Cancelled
        self.signals.stepped.emit(done, total, text)

    def run(self) -> None:
        """Do the job; whatever happens is carried back to the window's thread."""
        try:
            result: object = self._context.run(self._do)
        except BaseException as error:
            result = _Failure(error)
        self.signals.finished.emit(result)

    def _do(self) -> object:
        with stopped_by(self.stop.is_set):
            return self._job(self)


class _Aside(QObject):
    """A job that reads beside the window, and who gets its answer on the window's thread."""

    def __init__(self, job: _Job, then: Callable[[Any], None], work: Work) -> None:
        super().__init__(work)
        self.job = job
        self.then = then
        self.is_forgotten = False
        job.signals.finished.connect(self._finish)

    def forget(self) -> None:
        """Let the answer go."""
        self.is_forgotten = True

    def _finish(self, result: object) -> None:
        work = self.parent()  # not held: whoever holds the last of its parent takes himself away twice when he goes
        if isinstance(work, Work):
            work.answered(self, result)
        self.deleteLater()

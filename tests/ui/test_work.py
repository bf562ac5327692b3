"""The two doors for doing things: results come back, errors become words, bugs reach the crash hook."""

import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtTest import QTest

from tests.ui.said import Said
from ui.shared.work import SLICE_MS, WAIT_MS, Slices, Work
from xmdesk.errors import Fault
from xmdesk.jobs import Breaths, Cancelled, Progress


def broken(*_: object) -> None:
    raise Fault("RECORD-GONE")


def test_a_quick_act_hands_its_result_on(qapp, said: Said) -> None:
    got: list[int] = []

    said.hear(Work()).now(lambda: 7, got.append)

    assert got == [7]


def test_an_error_people_can_act_on_is_told_in_words(qapp, said: Said) -> None:
    got: list[object] = []

    said.hear(Work()).now(broken, got.append)

    assert got == []
    assert said.told[0][1]
    assert said.told[0][2]


def test_what_is_read_aside_leaves_the_window_free_and_answers_on_its_thread(qtbot, said: Said) -> None:
    work = said.hear(Work())
    heard: list[tuple[int, int]] = []
    work.aside(threading.get_ident, lambda found: heard.append((found, threading.get_ident())))

    assert (work.is_busy, work.has_asides) == (False, True)
    qtbot.waitUntil(lambda: bool(heard))
    where, here = heard[0]
    assert here == threading.get_ident() != where
    assert not work.has_asides


def test_what_was_read_aside_does_not_hold_what_it_was_read_for_until_it_goes(qtbot) -> None:
    work, heard = Work(), []
    work.aside(threading.get_ident, heard.append)
    while not heard:  # answers only: what is to go later stays until then
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    asked = weakref.ref(work)

    del work

    assert asked() is None


def test_an_error_aside_is_told_in_words(qtbot, said: Said) -> None:
    work = said.hear(Work())
    work.aside(broken, lambda _: None)

    qtbot.waitUntil(lambda: bool(said.told))


def test_before_the_book_closes_what_is_read_aside_is_waited_for_and_forgotten(qtbot, said: Said) -> None:
    work = said.hear(Work())
    begun = threading.Event()
    heard: list[object] = []
    work.aside(begun.set, heard.append)
    work.settle()

    assert begun.is_set()
    qtbot.waitUntil(lambda: not work.has_asides)
    assert heard == []


def test_a_bug_is_not_swallowed(qapp, said: Said) -> None:
    with pytest.raises(ZeroDivisionError):
        said.hear(Work()).now(lambda: 1 // 0)


def test_a_long_act_reports_and_comes_back(qtbot, said: Said) -> None:
    work, steps, got = said.hear(Work()), [], []
    work.stepped.connect(lambda done, total, text: steps.append((done, total, text)))

    def job(progress: Progress) -> str:
        progress.step(1, 2, "正在核对")
        return "好了"

    with qtbot.waitSignal(work.ended):
        work.long("核对", job, got.append)
        busy = work.is_busy

    qtbot.waitUntil(lambda: got == ["好了"])
    assert busy
    assert not work.is_busy
    assert steps == [(1, 2, "正在核对")]


def test_cancelling_stops_without_a_word(qtbot, said: Said) -> None:
    work, got = said.hear(Work()), []

    def job(progress: Progress) -> None:
        while True:
            progress.step(0, 1, "")

    with qtbot.waitSignal(work.ended):
        work.long("很久", job, got.append)
        work.cancel()

    assert got == []
    assert said.told == []


def test_an_act_of_which_something_stays_says_what_when_it_was_stopped(qtbot, said: Said) -> None:
    work, heard = said.hear(Work()), []

    class Half(Cancelled):
        left = 3

    def job(progress: Progress) -> None:
        with suppress(Cancelled):
            while True:
                progress.step(0, 1, "")
        raise Half

    with qtbot.waitSignal(work.ended):
        work.long("接收", job, stopped=heard.append)
        work.cancel()

    assert [getattr(one, "left", 0) for one in heard] == [3]
    assert said.told == []


@pytest.mark.parametrize(("stands", "to_do"), [(None, "改动了台账的，可以按 Ctrl+Z 撤销。"), ([].append, "")])
def test_an_act_done_before_it_could_stop_offers_undo_where_its_parts_do_not_stand(
    qtbot, said: Said, stands: Callable[[object], None] | None, to_do: str
) -> None:
    work = said.hear(Work())

    with qtbot.waitSignal(work.ended):
        work.long("接收", lambda _: 7, stopped=stands)
        work.cancel()

    assert said.told == [("没来得及停下", "“接收”已经做完。", to_do)]


def test_a_long_act_that_is_refused_can_be_said_in_place(qtbot, said: Said) -> None:
    work, heard = said.hear(Work()), []

    with qtbot.waitSignal(work.ended):
        work.long("打开", broken, refused=lambda error: heard.append(error.code))

    qtbot.waitUntil(lambda: heard == ["RECORD-GONE"])
    assert said.told == []


def test_a_bug_in_a_long_act_reaches_the_crash_hook(qtbot, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    work, caught = said.hear(Work()), []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: caught.append(kind))

    with qtbot.waitSignal(work.ended):
        work.long("坏的", lambda _: 1 // 0)

    qtbot.waitUntil(lambda: caught == [ZeroDivisionError])


def test_what_is_shown_after_a_long_act_is_read_in_its_thread(qtbot, said: Said) -> None:
    work, heard = said.hear(Work()), []
    work.ahead = lambda: heard.append(("ahead", threading.get_ident()))

    work.long("改", lambda _: heard.append(("job", threading.get_ident())), lambda _: heard.append(("then", 0)))
    qtbot.waitUntil(lambda: not work.is_busy)

    assert [what for what, _ in heard] == ["job", "ahead", "then"]
    assert heard[0][1] == heard[1][1] != threading.get_ident()


def test_what_cannot_be_read_ahead_does_not_make_the_act_a_failure(qtbot, said: Said) -> None:
    work, got = said.hear(Work()), []
    work.ahead = broken

    work.long("改", lambda _: "改了", got.append)
    qtbot.waitUntil(lambda: got == ["改了"])

    assert said.told == []


def test_nothing_is_read_ahead_for_the_page_of_a_closed_book(qtbot, said: Said) -> None:
    work, heard, got = said.hear(Work()), [], []
    work.ahead = lambda: heard.append("ahead")

    work.rest()
    work.long("打开", lambda _: "开了", got.append)
    qtbot.waitUntil(lambda: got == ["开了"])

    assert heard == []


def test_only_one_long_act_runs(qtbot, said: Said) -> None:
    work, got = said.hear(Work()), []

    with qtbot.waitSignal(work.ended):
        work.long("一", lambda _: 1, got.append)
        work.long("二", lambda _: 2, got.append)

    qtbot.waitUntil(lambda: got == [1])


def breathing(times: int, seen: list[int]) -> Breaths[int]:
    for number in range(times):
        seen.append(number)
        yield
    return times


def test_work_that_breathes_is_done_in_slices(qtbot, said: Said) -> None:
    slices, seen = Slices(said.hear(Work())), []

    slices.begin(breathing(50, seen))
    begun = list(seen)
    with qtbot.waitSignal(slices.done) as done:
        pass

    assert (begun, len(seen), done.args) == ([], 50, [50])
    assert not slices.is_running


def test_other_events_come_between_two_slices(qtbot, said: Said) -> None:
    slices, came = Slices(said.hear(Work())), []

    def slow() -> Breaths[str]:
        for _ in range(6):
            QThread.msleep(SLICE_MS)
            yield
        came.append("done")
        return ""

    slices.begin(slow())
    QTimer.singleShot(SLICE_MS * 2, slices, lambda: came.append("event"))
    qtbot.waitUntil(lambda: len(came) == 2)

    assert came == ["event", "done"]


def test_beginning_anew_forgets_what_was_begun(qtbot, said: Said) -> None:
    slices, results = Slices(said.hear(Work())), []
    slices.done.connect(results.append)

    slices.begin(breathing(3, []))
    slices.begin(breathing(5, []))
    qtbot.waitUntil(lambda: not slices.is_running)

    assert results == [5]


def test_what_is_done_in_slices_ends_with_whoever_wanted_it(qtbot, said: Said) -> None:
    work, owner, seen = said.hear(Work()), QObject(), []
    Slices(work, owner).begin(breathing(3, seen))
    begun = work.is_at_work

    owner.deleteLater()
    qtbot.waitUntil(lambda: not work.is_at_work)

    assert begun
    assert len(seen) < 3


def test_slices_wait_while_something_is_read_aside(qtbot, said: Said) -> None:
    work, seen, go_on = said.hear(Work()), [], Event()
    slices = Slices(work)
    work.aside(lambda: go_on.wait(20), lambda _: seen.append("aside"))

    slices.begin(breathing(3, seen))
    QTest.qWait(WAIT_MS * 2)
    early = list(seen)
    go_on.set()
    qtbot.waitUntil(lambda: not slices.is_running)

    assert (early, seen) == ([], ["aside", 0, 1, 2])


def test_slices_wait_while_a_long_act_runs_and_can_be_stopped(qtbot, said: Said) -> None:
    work, seen = said.hear(Work()), []
    slices, go_on = Slices(work), Event()
    work.long("等", lambda _: go_on.wait(5))
    slices.begin(breathing(3, seen))
    qtbot.wait(30)
    waiting = list(seen)
    go_on.set()
    qtbot.waitUntil(lambda: not slices.is_running)
    slices.begin(breathing(3, seen))
    slices.stop()
    qtbot.wait(30)

    assert (waiting, seen) == ([], [0, 1, 2])


def test_resting_stops_every_slice_before_the_book_is_closed(qtbot, said: Said) -> None:
    work, seen = said.hear(Work()), []
    slices = Slices(work)
    slices.begin(breathing(3, seen))

    work.rest()
    qtbot.wait(30)

    assert (slices.is_running, seen) == (False, [])


def test_trouble_in_a_slice_is_told_and_ends_it(qtbot, said: Said) -> None:
    slices = Slices(said.hear(Work()))

    def failing() -> Breaths[None]:
        yield
        broken()

    slices.begin(failing())
    qtbot.waitUntil(lambda: bool(said.told))

    assert not slices.is_running


def test_an_act_that_was_done_before_it_could_stop_says_so(qtbot, said: Said) -> None:
    work, got = said.hear(Work()), []
    may_end = Event()
    work.long("写入台账", lambda _: may_end.wait(5), got.append)

    work.cancel()
    may_end.set()

    qtbot.waitUntil(lambda: bool(said.told))
    assert got == [True]
    assert said.told == [("没来得及停下", "“写入台账”已经做完。", "改动了台账的，可以按 Ctrl+Z 撤销。")]

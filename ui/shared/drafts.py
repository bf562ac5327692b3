"""What is being typed on a page survives a crash and a lock: kept in the book every few seconds, offered again in a strip."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from ui.shared.offer import Offer
from ui.shared.surroundings import Surroundings
from xmdesk.records.base import Record, new_uid

if TYPE_CHECKING:
    from xmdesk.ports import Store
    from xmdesk.services.drafts import BegunRecord, Content, Draft

KEEP_EVERY_MS = 3000
MOST_KEYS = 1000
"""A draft holds so many keys of records at most: to write more every few seconds would be felt, and swell the history."""


class Drafted(Protocol):
    """What the keeper asks of what is being written at a place."""

    def written(self) -> "Content | None":
        """Return what is written and not saved; None when there is nothing."""
        ...

    def title_of(self, content: "Content") -> str:
        """Say in a few words what a draft holds; nothing when it holds nothing new."""
        ...

    def make_room(self, content: "Content") -> bool:
        """Save what can be saved of what stands there now; tells whether a draft may take its place."""
        ...

    def take_up(self, content: "Content") -> None:
        """Show a draft, to go on with it."""
        ...


@dataclass(frozen=True)
class Asking:
    """What the strip calls a draft, and its two answers."""

    lead: str = "没有保存的内容"
    yes: str = "接着填"
    no: str = "不要了"


USUAL = Asking()


class DraftKeeper(QObject):
    """Keeps what is written at most every three seconds while it is changed; ``passed`` brings the cursor back to the work.

    What stays unanswered in ``strip`` stays in the book. Something else that is written meanwhile has a draft of its own.
    """

    passed = Signal()

    def __init__(
        self,
        place: str,
        store: "Store",
        drafted: Drafted,
        around: Surroundings,
        parent: QObject,
        *,
        asking: Asking = USUAL,
    ) -> None:
        super().__init__(parent)
        from xmdesk.services.drafts import Drafts

        self._place, self._asking = place, asking
        self._drafted = drafted
        self._around = around
        self.drafts = Drafts(store)
        self._own = ""
        self._why: dict[str, str] = {}
        self._front: Draft | None = None
        self._given_up: Content | None = None
        self.strip = Offer(asking.yes, asking.no)
        self.strip.taken.connect(self.take)
        self.strip.declined.connect(self._decline)
        self.strip.passed.connect(self.passed)
        self.pause = QTimer(self, singleShot=True, interval=KEEP_EVERY_MS)
        self.pause.timeout.connect(self._keep_soon)
        around.work.rested.connect(self.pause.stop)

    @property
    def own(self) -> str:
        """The uid of the draft of what is written now; nothing where there is none yet."""
        return self._own

    @property
    def on_offer(self) -> str:
        """The uid of the draft that is asked about; nothing where none is."""
        return self._front.uid if self._front is not None else ""

    def go_on(self, own: str) -> None:
        """What is written now is what this draft holds: its page was made anew."""
        self._own = own

    @property
    def given_up(self) -> "Content | None":
        """What was given up and can still be had back."""
        return self._given_up

    @property
    def left_behind(self) -> "list[Draft]":
        """What was begun here and not finished, without what is being written now."""
        return [one for one in self.drafts.left_behind(self._place) if one.uid != self._own]

    def edited(self, *_: object) -> None:
        """Something was typed: keep it soon."""
        if not self.pause.isActive():
            self.pause.start()

    def _keep_soon(self) -> None:
        """There is never more than one writer: while a long act runs, later."""
        if self._around.work.is_busy:
            self.pause.start()
        else:
            self.keep()

    def keep(self) -> bool:
        """Keep what is written as it stands now; when nothing is left of it, forget it. Tells whether the book has it."""
        from xmdesk.services.drafts import Draft

        content = self._drafted.written()
        if content is None:
            self.drop()
            return True
        self.pause.stop()
        self._own = self._own or new_uid()
        draft, done = Draft(self._own, content), list[object]()
        self._around.work.now(lambda: self.drafts.keep(self._place, draft), done.append)
        return bool(done)

    def leave_behind(self, why: str) -> bool:
        """Keep what was refused and offer it again, saying why: something else is going to stand there. Tells whether it is kept."""
        if not self.keep():
            return False
        self._why[self._own], self._own = why, ""
        self.offer()
        return True

    def drop(self, *_: object) -> None:
        """Forget the draft of what is written now: it is saved, or given up."""
        self.pause.stop()
        if self._own:
            own, self._own = self._own, ""
            self._around.work.now(lambda: self.drafts.drop(self._place, own))

    def forget(self, is_done: "Callable[[Content], bool]") -> None:
        """Offer no more what was left behind and is done by other means."""
        done = [one.uid for one in self.left_behind if is_done(one.content)]
        for uid in done:
            self._around.work.now(lambda uid=uid: self.drafts.drop(self._place, uid))
        if done:
            self.offer()

    def offer(self) -> None:
        """Ask above the work whether what was left behind should be taken up again, the newest first."""
        if self._given_up is not None:
            return
        self._front = None
        for one in reversed(self.left_behind):
            title = self._drafted.title_of(one.content)
            if title:
                self._front = one
                why = self._why.get(one.uid, "")
                self.strip.ask(f"{self._asking.lead}：{title}" + (f"。{why}" if why else ""), yes=self._asking.yes)
                return
            self._around.work.now(lambda uid=one.uid: self.drafts.drop(self._place, uid))
        self.strip.hide()

    def give_up(self, content: "Content") -> None:
        """What was begun is given up; until something new is begun it can be had back."""
        self.drop()
        self._front, self._given_up = None, content
        self.strip.ask(f"没有新增：{self._drafted.title_of(content)}", yes="找回")

    def forget_given_up(self) -> None:
        """Something new is begun."""
        if self._given_up is not None:
            self._given_up = None
            self.offer()

    def take(self) -> None:
        """Put the draft where it was written; what stands there now is saved, or offered in its turn."""
        front = self._front
        content = front.content if front is not None else self._given_up
        if content is None or not self._drafted.make_room(content):
            return
        self.keep()
        self._own = front.uid if front is not None else ""
        self._given_up = None
        self._drafted.take_up(content)
        self.edited()
        self.offer()

    def _decline(self) -> None:
        front, self._given_up = self._front, None
        if front is not None:
            self._around.work.now(lambda: self.drafts.drop(self._place, front.uid))
        self.offer()
        self.passed.emit()


class RecordFormPage(Protocol):
    """A page or panel with a form of one record, as drafts see it."""

    @property
    def begun(self) -> "BegunRecord | None":
        """The record as its form has it, when something in it is not saved."""
        ...

    def leave(self) -> bool:
        """Save what is open; tells whether the person may go."""
        ...

    def show_begun(self, begun: "BegunRecord", *, is_new: bool) -> None:
        """Show a record with changes that are not saved yet."""
        ...


class RecordDraft:
    """The draft of a form of one record; ``title`` names the record."""

    def __init__(self, record: type[Record], store: "Store", page: RecordFormPage, title: Callable[[Any], str]) -> None:
        self._record = record
        self._store = store
        self._page = page
        self._title = title

    def written(self) -> "Content | None":
        """Return the form when something in it is not saved."""
        begun = self._page.begun
        return None if begun is None else begun.content(self._store.get(self._record, begun.record.uid))

    def title_of(self, content: "Content") -> str:
        """Name the record, when the draft holds anything that the book does not."""
        begun, stored = self._read(content)
        return self._title(begun.record) if begun.is_news(stored) else ""

    def make_room(self, content: "Content") -> bool:
        """Save what is in the form."""
        return self._page.leave()

    def take_up(self, content: "Content") -> None:
        """Open the record with what was typed."""
        begun, stored = self._read(content)
        self._page.show_begun(begun, is_new=stored is None)

    def _read(self, content: "Content") -> "tuple[BegunRecord, Record | None]":
        from xmdesk.services.drafts import BegunRecord

        stored = self._store.get(self._record, content["record"])
        return BegunRecord.from_content(self._record, content, stored), stored

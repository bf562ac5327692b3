"""The open book: navigation, the page in front, and the strip below. It arranges pages and passes acts on."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.checking import Check
from ui.dropping import DropPanel
from ui.foot import Foot
from ui.new_day import NewDay
from ui.notice_bar import NoticeBar
from ui.places import Place, places_for
from ui.practice_bar import PracticeBar
from ui.remembering import Spot
from ui.shared.changes import NEW
from ui.shared.fields.field import field_around
from ui.shared.noting import Note
from ui.shared.page import Page
from ui.shared.reading_order import put_in_reading_order
from ui.shared.surroundings import Surroundings
from ui.side import Side
from ui.stepping import Stepping
from xmdesk import clock
from xmdesk.services.offices import CLERK
from xmdesk.services.practising import is_practice
from xmdesk.services.years import Years

if TYPE_CHECKING:
    from xmdesk.problems import Problem
    from xmdesk.services.desk import Desk

STEPS = {"next": 1, "previous": -1}
WALKS = {"onward": 1, "backward": -1}
DROPPED = "dropped"
DISTRICT_DUE = "DISTRICT-CERTIFICATE-DUE"
"""Handed on beside what pages hand on: files that wait to be dealt with, and are looked at again."""


class Shell(QWidget):
    """Pages are made when first visited and kept. ``moved`` fires when another page comes in front, ``unsaved`` tells
    whether something in it was not saved yet.
    """

    moved = Signal()
    unsaved = Signal(bool)

    def __init__(
        self, desk: "Desk", around: Surroundings, spot: Spot, handed: Mapping[str, object] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._desk = desk
        self._around = around
        kind = desk.office.desk()
        self._places: dict[str, Place] = {one.id: one for one in places_for(kind)}
        self.side = Side(tuple(self._places.values()), around.icons, shows_problems=kind == CLERK)
        self.foot = Foot(around.icons)
        self._stepping = Stepping(desk, around, self.foot, self._in_front)
        self.drop = DropPanel(desk, around)
        self.note = Note()
        self._stack = QStackedWidget()
        self._stack.setObjectName("ground")
        self.pages: dict[str, Page] = {}
        self.here = ""
        self._marks, self._handed = dict(spot.marks), dict(handed or {})
        around.travel.say_listed(has_list=False)
        self.check = Check(desk, around, self) if kind == CLERK else None
        self._build()
        self.side.asked.connect(self.go)
        self.foot.undo.connect(self.undo)
        self.foot.redo.connect(self.redo)
        self.drop.delivered.connect(self._deliver)
        self.drop.may_go = self._may_go
        self.drop.photo_home = lambda: self.pages[self.here].photo_home
        self.drop.pictured.connect(self._take_photos)
        self.note.back.connect(lambda: self.go("returns"))
        around.travel.told.connect(self.note.say)
        around.changes.changed.connect(self._changed)
        self.new_day = NewDay(around, self)
        around.travel.wanted.connect(self.go)
        around.travel.carried.connect(self._carry)
        self._kind = kind
        self.look_again()
        self.go(spot.place if spot.place in self._places else next(iter(self._places)))
        if waiting := self._handed.pop(DROPPED, None):
            QTimer.singleShot(0, self.drop, lambda: self.drop.take(cast("list[Path]", waiting)))

    def _notices(self) -> "list[Problem]":
        from xmdesk.problems import problem

        is_unwritten = self._around.preferring.current.unwritten == str(self._desk.folder)
        codes = ["START-CODE-UNWRITTEN"] * is_unwritten
        codes += [DISTRICT_DUE] * self._desk.enrolling.is_renewal_due
        return [*self._desk.upkeep.notices(), *map(problem, codes)]

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        notices = self._notices()
        if notices:
            noticed = NoticeBar(notices, {DISTRICT_DUE: lambda: self._desk.enrolling.is_renewal_due})
            noticed.read.connect(self._desk.upkeep.put_notices_away)
            self._around.changes.changed.connect(noticed.look)
            right.addWidget(noticed)
        right.addWidget(self.drop)
        right.addWidget(self.note)
        if is_practice(self._desk):
            bar = PracticeBar()
            bar.left.connect(lambda: self._around.travel.to("lock"))
            right.addWidget(bar)
        if self.check is not None:
            self.check.wanted.connect(self.go)
            self.check.troubled.connect(lambda found: self.side.set_troubles(found.troubles()))
            self.check.troubled.connect(lambda _: self._show_troubles())
            self.check.turned.connect(self._show_troubles)
            self._around.travel.problem.connect(self.check.show_problem)
            self.check.closed.connect(self.begin)
            self.check.told.connect(self.foot.say)
            self.check.may_leave = self.leave
            self.side.problems.connect(lambda: self.act("check"))
            right.addWidget(self.check.around_page(self._stack), 1)
        else:
            right.addWidget(self._stack, 1)
        right.addWidget(self.foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)
        put_in_reading_order(self)

    def go(self, place: str, uid: str = "", field: str = "") -> None:
        """Show a place, and a record and field there if named."""
        if place not in self._places or not self._may_go(place):
            self.side.choose(self.here)
            return
        if place not in self.pages:
            self.pages[place] = self._places[place].build(self._desk, self._around)
            self.pages[place].unsaved.connect(self.unsaved)
            self._stack.addWidget(self.pages[place])
            fresh = self.pages[place]
            if self.check is not None:
                fresh.show_troubles(self.check.told_on(place))
            if place in self._handed:
                fresh.take_over(self._handed.pop(place))
            # Once it is shown: a large form takes long enough to be felt.
            QTimer.singleShot(0, fresh, lambda: put_in_reading_order(fresh))
        self.here = place
        self._around.work.ahead = self.pages[place].read_ahead
        if place == "returns":
            self.note.hide()
        self._stack.setCurrentWidget(self.pages[place])
        self.pages[place].begin()
        self.side.choose(place)
        self.unsaved.emit(False)
        self.moved.emit()
        self._arrive(place, uid, field)

    def _arrive(self, place: str, uid: str, field: str) -> None:
        """Show what is meant there, or what was in front when the person left."""
        mark = self._marks.pop(place, "")
        if uid == NEW:
            self.pages[place].act("new")
        elif uid or field:
            self.pages[place].show_record(uid, field)
        elif mark and self._places[place].register and self._desk.registers.get(place, mark) is not None:
            self.pages[place].show_record(mark)

    def _show_troubles(self) -> None:
        if self.check is not None:
            for place, page in self.pages.items():
                page.show_troubles(self.check.told_on(place))

    @property
    def spot(self) -> Spot:
        """Where the person is, and what was in front on each page."""
        fresh = {place: page.mark for place, page in self.pages.items() if page.mark}
        return Spot(self.here, {**self._marks, **fresh})

    @property
    def handed(self) -> dict[str, object]:
        """What pages made anew go on with; pages not visited since the last time hand on what they were given."""
        going: dict[str, object] = {place: page.hand_over() for place, page in self.pages.items()}
        going[DROPPED] = self.drop.waiting or None
        return {**self._handed, **{place: one for place, one in going.items() if one is not None}}

    @property
    def title(self) -> str:
        """Return what the page in front is called; the star is where the window says that something is not saved."""
        return f"{self._places[self.here].text}[*]"

    def keep(self) -> None:
        """Let every page keep how it looks at the book."""
        for page in self.pages.values():
            page.keep()

    def leave(self) -> bool:
        """Let the page in front save; tells whether we may go."""
        return self.here not in self.pages or self.pages[self.here].leave()

    def _may_go(self, place: str) -> bool:
        """Let the page in front save, as much as this place asks for; tells whether we may go there."""
        return self.leave() if place == self.here else self.step_out()

    def step_out(self) -> bool:
        """Let the page in front save, or keep as a draft, before another page comes in front or a step is taken back."""
        return self.here not in self.pages or self.pages[self.here].step_out()

    def put_down(self) -> bool:
        """Let every page save or keep as a draft what is being written on it; tells whether the book may be closed."""
        if self.check is not None:
            self._around.work.now(self.check.put_down)
        done = [page.put_down() for page in self.pages.values()]
        return all(done)

    def _deliver(self, place: str, paths: list[Path], found: Any) -> None:
        """Take a recognised file to its page; what a letter changed is read anew there."""
        if not paths and place == "settings" and place != self.here:
            self._forget(place)
        self.go(place)
        if paths and self.here == place:
            register, guesses = getattr(found, "register", ""), getattr(found, "guesses", ())
            sheet = next((one.sheet for one in guesses if one.register == register and one.score == found.score), "")
            self.pages[place].take_files(paths, register, sheet)

    def _carry(self, place: str, path: Path) -> None:
        """Take a file from one page to another: the first one closes it once the other has it."""
        before = self.here
        self.go(place)
        if self.here == place:
            self.pages[place].take_carried(path, lambda: self._let_go(before, path))

    def _let_go(self, place: str, path: Path) -> None:
        if place in self.pages:
            self.foot.say(self.pages[place].let_go(path))

    def _take_photos(self, paths: list[Path]) -> None:
        self.pages[self.here].take_photos(paths)

    def _forget(self, place: str) -> None:
        page = self.pages.pop(place, None)
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

    def choose_file(self) -> None:
        """Let the person choose a file instead of dropping it."""
        path = self._around.dialogs.choose_file(
            "打开文件", "表格和密封文件 (*.pdf *.xlsx *.xlsm *.xls *.et *.ods *.csv);;所有文件 (*)"
        )
        if path is not None:
            self.drop.drop([path])

    def act(self, name: str) -> None:
        """Do one of the window's acts."""
        whole = {"open": self.choose_file, "undo": self.undo, "redo": self.redo}
        if name in whole:
            whole[name]()
        elif name in WALKS:
            self._walk(WALKS[name])
        elif name in STEPS:
            places = list(self._places)
            self.go(places[(places.index(self.here) + STEPS[name]) % len(places)])
        elif self.here in self.pages and not self._is_for_cursor(name, QApplication.focusWidget()):
            if name == "check" and self.check is not None:
                self.check.note_cursor()
            self.pages[self.here].act(name)
            if name == "check" and self.check is not None:
                self.check.open(self.pages[self.here].period_in_front)

    def _is_for_cursor(self, name: str, cursor: QWidget | None) -> bool:
        """Do what a key means where the cursor stands; tells whether it means anything there."""
        field = field_around(cursor) if name == "help" else None
        if field is not None:
            field.explain()
        return field is not None or (name == "edit" and self.check is not None and self.check.explain_here(cursor))

    def _walk(self, by: int) -> None:
        """Go to the next problem or the one before; where they are not listed yet, list them."""
        if self.check is not None and self.check.is_open:
            self.check.step(by, self.here)
        elif self.check is not None:
            self.act("check")

    def begin(self) -> None:
        """Put the cursor where work goes on in the page in front."""
        self.pages[self.here].begin()

    def take_back(self, lost: QWidget) -> None:
        """Let the page in front put the cursor where work goes on, never on the foot: its 撤销 would be pressed blindly."""
        if self.here in self.pages:
            self.pages[self.here].take_back(lost)

    def undo(self) -> None:
        """Take the last step back."""
        self._stepping.undo()

    def redo(self) -> None:
        """Bring back the step taken back last."""
        self._stepping.redo()

    def _in_front(self) -> tuple[Page, str]:
        return self.pages[self.here], self._places[self.here].register

    def look_again(self) -> None:
        """Refresh names and counts."""
        office = self._desk.office.office()
        self.side.introduce(office.name, "区（镇街）审核端" if self._kind == "reviewer" else "村（社区）填报端")
        store, today = self._desk.store, clock.today()
        years = Years(store)
        for place in self._places.values():
            if place.register:
                self.side.set_count(place.id, years.count(place.register, today))
        self._stepping.show()

    def _changed(self, words: str) -> None:
        self.look_again()
        self.foot.say(words)

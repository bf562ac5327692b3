"""待处理: rows that imports put aside, as a work list. Each can be opened, corrected and taken in, or given up."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.imports.row_cells import RowCells
from ui.imports.row_work import Fault, faults_in, faults_of
from ui.imports.which import WhichPanel
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.texts_draft import TextsDraft
from ui.shared.words import button
from xmdesk.documents.sheets.places import within_row
from xmdesk.problems import joined_sentences
from xmdesk.records.registers import REGISTERS
from xmdesk.services.origins import Origins

if TYPE_CHECKING:
    from xmdesk.ports import Store
    from xmdesk.problems import Problem
    from xmdesk.records.keeping import ParkedRow
    from xmdesk.services.parking import TakenIn

ASKED = "这一行里有同名的人，请选是哪一位"
TYPED = "改了还没有补录"
FATES = {"new": "新增了一条", "changed": "补充了已有的一条", "same": "台账里已经有了"}


class WaitingPanel(QWidget):
    """The list and beside it the cells of the row in work; ``emptied`` fires when nothing waits any more, ``typed`` while cells are
    typed over: what was typed stays with its row, across a lock too, until the row is taken in.
    """

    emptied = Signal()
    typed = Signal()

    def __init__(self, store: "Store", around: Surroundings) -> None:
        super().__init__()
        from xmdesk.services.parking import Parking

        self._store, self._parking = store, Parking(store)
        self._around = around
        self._here = self._shown = ""
        self._begun: dict[str, dict[str, str]] = {}
        self._origins = Origins(store)
        self._waiting: dict[str, ParkedRow] = {}
        self._faults: dict[Fault, list[str]] = {}
        heads = ("台账", "行", "内容", "原因", "来自")
        self.rows = PlainTable(heads, (3, 1, 3, 6, 3), around.icons, name="待处理的行", nothing="没有待处理的行。")
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.take = button("补录", "primary")
        self.drop = button("不导入这一行")
        self.which = WhichPanel(store, around.icons)
        self.cells = RowCells(self.take, self.drop, above=self.which)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.addWidget(self.rows)
        split.addWidget(self.cells)
        split.setSizes([640, 420])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split, 1)
        self.rows.chosen.connect(self._open)
        self.rows.activated.connect(lambda _: self.begin())
        self.take.clicked.connect(self.cells.send)
        self.cells.sent.connect(self._take)
        self.drop.clicked.connect(self._give_up)
        self.cells.alike.connect(self._take_alike)
        for one in (self.cells, self.which):
            one.left.connect(self.rows.setFocus)
        self.which.decided.connect(self._decide)
        self.which.decided_alike.connect(self._decide_alike)
        self.cells.typed.connect(self.typed)
        self.draft = TextsDraft(self, "parked_rows", store, around.work, self)

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """What was typed into rows that still wait, by row and header."""
        self._remember()
        return {uid: texts for uid, texts in self._begun.items() if uid in self._waiting}

    def put_back(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """Let it stand in its rows again, as soon as they are shown."""
        self._begun |= {uid: dict(one) for uid, one in texts.items()}

    def _remember(self) -> None:
        """Note what stands typed in the cells of the row in work."""
        if self._shown:
            self._begun.pop(self._shown, None)
            changed = self.cells.changed()
            self._begun |= {self._shown: changed} if changed else {}

    def _forget(self, *uids: str) -> None:
        """What was typed into these rows has been taken."""
        self._remember()
        self._shown = ""
        for uid in uids:
            self._begun.pop(uid, None)
        self.draft.keep()

    def begin(self) -> None:
        """Go where the row in work has to be decided or corrected."""
        if self.which.isVisibleTo(self):
            self.which.start()
        else:
            self.cells.start()

    def refresh(self) -> list[Any]:
        """Show what waits and return it; the row in work stays in front if it is still there."""
        self._remember()
        self._shown = ""
        waiting = self._parking.waiting()
        self._origins = Origins(self._store)
        self._waiting = {one.uid: one for one in waiting}
        self._faults = faults_of((one.uid, one.raw, problems_of(one)) for one in waiting)
        self.rows.show_lines([self._line(one) for one in waiting])
        uids = [one.uid for one in waiting]
        if uids:
            self.rows.selectRow(uids.index(self._here) if self._here in uids else 0)
        else:
            self.cells.hide()
        return waiting

    def _line(self, one: Any) -> Line:
        title = REGISTERS[one.register].title if one.register in REGISTERS else one.register
        reasons = joined_sentences(within_row(str(found["text"]), one.row_no) for found in one.problems)
        reasons = f"{TYPED}；{reasons}" if one.uid in self._begun else reasons
        cells = (title, str(one.row_no), self._origins.title_of(one), reasons, self._origins.file_of(one))
        return Line(one.uid, cells, "missing", "missing")

    def _open(self, uid: str) -> None:
        self._remember()
        left, self._here, self._shown = self._shown, uid, uid
        if left in self._waiting:
            self.rows.lines.change(self._line(self._waiting[left]))
        row = self._parking.get(uid)
        problems = problems_of(row)
        alike = {at[0]: len(self._faults.get(at, ())) for at in faults_in(row.raw, problems)}
        title = f"第 {row.row_no} 行 {self._origins.title_of(row)}".strip()
        pair = self._parking.meant(uid)
        self.which.show_pair(pair, len(self._named_alike(uid)))
        self.cells.show_row(title, self._origins.in_order(row), problems, alike)
        self.cells.put_back(self._begun.get(uid, {}))

    def _take_alike(self, header: str, text: str) -> None:
        """Take in all rows of the same register that have this fault."""
        row = self._waiting[self._here]
        at = next(at for at in faults_in(row.raw, problems_of(row)) if at[0] == header)
        uids = [uid for uid in self._faults[at] if self._waiting[uid].register == row.register]
        begun = self.texts
        texts = {uid: {**begun.get(uid, {}), header: text} for uid in uids}
        job: Any = lambda progress: self._parking.take_alike(texts, progress)  # noqa: E731 - one use
        self._around.work.long("补录", job, partial(self._taken_alike, uids))

    def _taken_alike(self, uids: list[str], taken: list[Any]) -> None:
        self._forget(*uids)
        good = sum(1 for one in taken if one.uid)
        rest = f"，{len(taken) - good} 行还不能补录" if len(taken) > good else ""
        self._around.changes.announce(f"已补录 {good} 行{rest}")
        self._go_on(typing=True)

    def _take(self, texts: dict[str, str]) -> None:
        uid = self._here
        self._around.work.now(lambda: self._parking.take_parked(uid, texts), partial(self._taken, uid))

    def _decide(self, decision: Any) -> None:
        """Take the row in as what a person says that it means, with what was typed over beside."""
        uid, texts = self._here, self.cells.changed()
        self._around.work.now(lambda: self._parking.take_parked(uid, texts, decision), partial(self._taken, uid))

    def _named_alike(self, uid: str) -> list[str]:
        """The rows of the same register that wait because the same name stands in the same cell."""
        row = self._waiting[uid]
        at = next((at for at in faults_in(row.raw, problems_of(row)) if at[1] == "IMPORT-WHICH-NAMED"), None)
        return [one for one in self._faults.get(at, ()) if self._waiting[one].register == row.register] if at else []

    def _decide_alike(self, decision: Any) -> None:
        """Take in all rows that name the same in the same cell."""
        uids = [self._here, *(one for one in self._named_alike(self._here) if one != self._here)]
        begun = self.texts
        texts = {uid: begun.get(uid, {}) for uid in uids}
        job: Any = lambda progress: self._parking.take_named(texts, decision, progress)  # noqa: E731 - one use
        self._around.work.long("补录", job, partial(self._taken_alike, uids))

    def _taken(self, uid: str, taken: Any) -> None:
        typing = self.cells.isVisible()
        self._forget(uid)
        if taken.uid:
            self._around.changes.announce("；".join((f"已补录：{FATES[str(taken.fate)]}", *_changes(taken))))
        else:
            self._around.changes.announce(ASKED if _is_asked_only(taken) else "这一行还不能补录，原因写在格子下面")
        self._go_on(typing=typing)

    def _go_on(self, *, typing: bool) -> None:
        """Keep the cursor in the work: left on what is hidden now it would go to the way back in the foot."""
        if not self._waiting:
            self.emptied.emit()
        elif typing:
            self.begin()

    def _give_up(self) -> None:
        uid = self._here
        self._around.work.now(lambda: self._parking.give_up(uid), self._given_up)

    def _given_up(self, _: Any) -> None:
        self._around.changes.announce("这一行不导入了")
        self._go_on(typing=False)


def _is_asked_only(taken: "TakenIn") -> bool:
    """Whether nothing but a name is left to decide."""
    return all(one.code == "IMPORT-WHICH-NAMED" for one in taken.problems)


def _changes(taken: "TakenIn") -> list[str]:
    """What was replaced of people on the way."""
    found = (one for one in taken.problems if one.code == "IMPORT-PERSON-CHANGED")
    return [f"人员名册照这一行改了 {one.facts['told']}" for one in found]


def problems_of(row: "ParkedRow") -> "list[Problem]":
    """Return what is wrong with a row that waits."""
    from xmdesk.services.parking import problem_of

    return [problem_of(one) for one in row.problems]

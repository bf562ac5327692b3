"""One walk past many objects: when, who, which objects, and what was not normal."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.inspections.cycle_strip import CycleStrip
from ui.shared.asking import Asking
from ui.shared.fields.picks import Referenced
from ui.shared.icons import Icons
from ui.shared.plain_table import Line
from ui.shared.tick_table import TickTable, fit_height
from ui.shared.typed import put_back, written
from ui.shared.words import button, label
from xmdesk.pinyin import matches
from xmdesk.records.codes import InspectionKind
from xmdesk.records.duty import Inspection
from xmdesk.records.keeping import Cycle
from xmdesk.records.values.reading import Bad
from xmdesk.services.inspecting import Look

ASKED = {"at": 2, "inspector": 2, "kind": 4}
GONE = "这一行已不在上面的表里（周期去掉了，或者清单改了）；写的问题还在，登记时一起记下。"
TROUBLE = {"finding": 4, "impact": 2, "due_on": 2, "photos": 1}


@dataclass(frozen=True)
class Object:
    """One object in one of its cycles; ``is_due`` when its day has come. ``cycle`` is None for that of the list."""

    line: Line
    is_due: bool
    title: str
    cycle: Cycle | None = None


def counted(looks: Collection[tuple[str, InspectionKind | None]]) -> str:
    """Count the objects, and where they are looked at in several kinds, the looks: 4 个对象的 5 项巡查."""
    objects = len({duty for duty, _ in looks})
    return f"{objects} 个对象" if objects == len(looks) else f"{objects} 个对象的 {len(looks)} 项巡查"


class TroubleRow(QFrame):
    """What was not normal at one object; ``dropped`` when it was normal after all."""

    dropped = Signal(str)

    def __init__(self, uid: str, title: str, *, referenced: Referenced, icons: Icons) -> None:
        super().__init__()
        self.uid = uid
        self.title = title
        self.setProperty("role", "banner")
        self.asking = Asking(Inspection, TROUBLE, referenced=referenced, icons=icons)
        self._gone = label(GONE, "small", tone="missing", wraps=True)
        self._gone.hide()
        away = button("其实正常", "quiet", name=f"{title}其实正常，去掉")
        away.clicked.connect(lambda: self.dropped.emit(uid))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 10)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(title, "section"))
        head.addStretch(1)
        head.addWidget(away)
        column.addLayout(head)
        column.addWidget(self._gone)
        column.addWidget(self.asking)

    @property
    def is_written(self) -> bool:
        """Whether anything stands in it that would be lost."""
        told = self.asking.read()
        return told is None or any(told.values())

    def say_gone(self, *, is_gone: bool) -> None:
        """Say that the line of the object is not in the table any more."""
        self._gone.setVisible(is_gone)


class RoundCard(QFrame):
    """``recorded`` carries what was asked, the ticked keys, and the troubles by key; ``cycle_set`` what was asked of a
    cycle and the ticked keys, ``cycle_dropped`` its kind and the ticked keys. ``touched`` fires when anything here changed,
    ``grown`` carries what was just opened to be written into, and its first field. ``look_of`` tells what a key stands for.
    """

    recorded = Signal(object, object, object)
    touched = Signal()
    cycle_set = Signal(object, object)
    cycle_dropped = Signal(object, object)
    grown = Signal(object, object)

    def __init__(self, icons: Icons, referenced: Referenced, look_of: Callable[[str], Look]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icons = icons
        self._referenced = referenced
        self._look_of = look_of
        self._objects: Sequence[Object] = ()
        self.asking = Asking(Inspection, ASKED, referenced=referenced, icons=icons)
        heads = ("管护对象", "坐落", "频次", "上次巡查", "应巡查")
        self.table = TickTable(heads, (4, 3, 3, 3, 6), icons, name="巡查对象")
        self.search = QLineEdit()
        self.only_due = button("只看到期的", "choice")
        self.tick_due = button("勾选到期的", "quiet")
        self.trouble = button("这一项有问题")
        self.cycle = button("另设周期", "quiet", name="给勾选的对象另设周期")
        self.strip = CycleStrip(icons, referenced)
        self._came_from: QWidget = self.table
        self._today = ""
        self.do = button("", "primary")
        self._words = label("", "muted", wraps=True)
        self._rows = QVBoxLayout()
        self._troubles: dict[str, TroubleRow] = {}
        self._latest = ""
        self._build()
        self._connect()
        self._look()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("登记一次巡查", "heading"))
        column.addWidget(self.asking)
        head = QHBoxLayout()
        self.search.setPlaceholderText("查找对象，文字或拼音首字母")
        self.search.setAccessibleName("查找对象")
        self.search.setClearButtonEnabled(True)
        self.only_due.setCheckable(True)
        head.addWidget(self.search, 1)
        for one in (self.tick_due, self.only_due, self.trouble):
            head.addWidget(one)
        column.addLayout(head)
        column.addWidget(self.table)
        self._rows.setSpacing(8)
        column.addLayout(self._rows)
        column.addWidget(self.strip)
        foot = QHBoxLayout()
        foot.addWidget(self._words, 1)
        foot.addWidget(self.cycle)
        foot.addWidget(self.do)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.table.ticked.connect(self._look)
        self.table.opened.connect(self.add_trouble)
        self.search.textChanged.connect(self._filter)
        self.only_due.toggled.connect(self._filter)
        self.tick_due.clicked.connect(lambda: self.table.tick([one.line.key for one in self._objects if one.is_due]))
        self.trouble.clicked.connect(lambda: self.add_trouble(self.table.current))
        self.cycle.clicked.connect(self.ask_cycle)
        self.strip.left.connect(lambda: self._close_strip(self._came_from))
        self.strip.saved.connect(lambda asked: self.cycle_set.emit(asked, self.table.keys))
        self.strip.dropped.connect(lambda kind: self.cycle_dropped.emit(kind, self.table.keys))
        self.do.clicked.connect(self.record)
        for one in self.asking.fields.values():
            one.edited.connect(self.touched)
        self.asking.fields["kind"].edited.connect(self._look)
        for one in self.strip.asking.fields.values():
            one.edited.connect(self.touched)

    def propose(self, today: str, inspector: str) -> None:
        """Propose today until the person says another time; who walks and why are proposed once, then they stay."""
        if not self._today:
            self.asking.fill(inspector=inspector, kind=InspectionKind.DAILY)
        self._today = today
        self.asking.propose(at=today)

    def show_objects(self, objects: Sequence[Object]) -> None:
        """Show what can be looked at; what is due comes first."""
        self._objects = objects
        self._look_for_gone()
        self._filter()
        fit_height(self.table, most=8)

    def _look_for_gone(self) -> None:
        """What was written of an object stays when its line goes; what nobody wrote goes with it."""
        here = {one.line.key for one in self._objects}
        for uid, row in list(self._troubles.items()):
            row.say_gone(is_gone=uid not in here)
            if uid not in here and not row.is_written:
                self._drop(uid)

    def tick(self, uid: str) -> None:
        """Tick one object and put the cursor there."""
        self.table.tick([uid])
        keys = [one.key for one in self.table.lines.lines]
        if uid in keys:
            self.table.setCurrentIndex(self.table.lines.index(keys.index(uid), 0))

    def add_trouble(self, uid: str) -> None:
        """Ask what was not normal at an object."""
        if not uid:
            return
        self.tick(uid)
        if uid not in self._troubles:
            self._add_row(uid, next(one.title for one in self._objects if one.line.key == uid))
        row, self._latest = self._troubles[uid], uid
        row.asking.fields["finding"].setFocus()
        self._look()
        self.grown.emit(row, row.asking.fields["finding"])

    def _add_row(self, uid: str, title: str) -> TroubleRow:
        row = TroubleRow(uid, title, referenced=self._referenced, icons=self._icons)
        row.dropped.connect(self._drop)
        for one in row.asking.fields.values():
            one.edited.connect(self.touched)
            one.edited.connect(partial(setattr, self, "_latest", uid))
        self._troubles[uid] = row
        self._rows.addWidget(row)
        return row

    @property
    def photo_row(self) -> TroubleRow | None:
        """The trouble that a picture belongs to: the one opened or written into last, or the only one there is."""
        rows = list(self._troubles.values())
        return self._troubles.get(self._latest) or (rows[0] if len(rows) == 1 else None)

    def written(self) -> dict[str, Any]:
        """Return what is ticked and written, as a draft holds it."""
        rows, typed = self._troubles.items(), self.asking.typed
        return {
            "asked": written({name: self.asking.fields[name] for name in ASKED if name in typed}) if typed else None,
            "ticked": self.table.keys,
            "troubles": {uid: {"title": row.title, **written(row.asking.fields)} for uid, row in rows},
            "cycle": written(self.strip.asking.fields) if not self.strip.isHidden() else None,
        }

    def put_back(self, held: Mapping[str, Any]) -> None:
        """Show again what a draft holds; ticks of lines that are gone are passed over."""
        if held["asked"] is not None:
            self.asking.put_back(held["asked"])
        self.table.model_.ticked |= {one.line.key for one in self._objects} & set(held["ticked"])
        for uid, one in held["troubles"].items():
            put_back(self._add_row(uid, one["title"]).asking.fields, one)
        if held["cycle"] is not None:
            self.ask_cycle()
            put_back(self.strip.asking.fields, held["cycle"])
        self._filter()

    def ask_cycle(self) -> None:
        """Ask for a further cycle of the ticked objects, beginning from one that is ticked; asked again, close."""
        if self.strip.isVisible():
            self._close_strip(self._came_from)
            return
        here = self.window().focusWidget()
        self._came_from = here if here is not None and self.isAncestorOf(here) else self.table
        ticked = (one.cycle for one in self._objects if one.line.key in self.table.keys)
        cycle = next(filter(None, ticked), Cycle())
        self.strip.open(cycle.kind, cycle.frequency)
        self.grown.emit(self.strip, self.strip.asking.fields["kind"])

    def save(self) -> None:
        """Save the cycle while one is in the strip, else record the round."""
        if self.strip.isAncestorOf(self.focusWidget() or self):
            self.strip.save.click()
        else:
            self.record()

    def record(self) -> None:
        """Send the round when everything can be read."""
        asked = self.asking.read()
        troubles = {uid: row.asking.read() for uid, row in self._troubles.items()}
        if asked is not None and self._keys and all(one is not None for one in troubles.values()):
            self.recorded.emit(asked, self._keys, troubles)

    @property
    def _keys(self) -> list[str]:
        """What is to be recorded: the ticked lines, and those with a trouble, even where the line itself is gone."""
        return list(dict.fromkeys((*self.table.keys, *self._troubles)))

    def _looks(self, keys: Iterable[str]) -> set[tuple[str, InspectionKind | None]]:
        """What would be recorded of these: one look at an object in one kind, in however many lines it stands."""
        try:
            kind = self.asking.fields["kind"].read()
        except Bad:
            kind = None
        return {(one.duty, one.kind or kind) for one in map(self._look_of, keys)}

    def forget(self) -> None:
        """Take ticks, troubles, time and kind away after they were recorded: the next round has its own, most are daily."""
        self.asking.typed.clear()
        self.asking.propose(at=self._today, kind=InspectionKind.DAILY)
        self._close_strip()
        self.table.tick(self.table.keys, on=False)
        for uid in list(self._troubles):
            self._drop(uid)

    def cycles_kept(self) -> None:
        """Close the strip and take ticks away after cycles changed; what was written of troubles stays."""
        self._close_strip()
        self.table.tick([one for one in self.table.keys if one not in self._troubles], on=False)

    def _close_strip(self, back: QWidget | None = None) -> None:
        """The cursor goes back to where it came from or to the table, if it was in the strip."""
        if self.strip.isAncestorOf(self.focusWidget() or self):
            (back or self.table).setFocus()
        self.strip.hide()

    def _drop(self, uid: str) -> None:
        row = self._troubles.pop(uid)
        row.hide()
        row.deleteLater()
        self._look()

    def _filter(self, *_: Any) -> None:
        text = self.search.text().strip()
        kept = {*self.table.model_.ticked, *self._troubles}
        shown = [
            one.line
            for one in self._objects
            if one.line.key in kept
            or ((one.is_due or not self.only_due.isChecked()) and (not text or matches(text, one.line.cells[0])))
        ]
        self.table.show_lines(shown)

    def _look(self) -> None:
        self.touched.emit()
        looks = self._looks(self._keys)
        count, wrong = len(looks), len(self._looks(self._troubles))
        self.do.setEnabled(bool(count))
        self.cycle.setEnabled(bool(self.table.keys))
        self.do.setText(f"登记 {counted(looks)}" if count else "先勾选对象")
        self.do.setAccessibleName(self.do.text())
        self.trouble.setEnabled(bool(self.table.current))
        fine = f"{count - wrong} 项正常" if count else "勾选这次看过的对象，有问题的再单独写明。"
        self._words.setText(f"{fine}，{wrong} 项有问题" if wrong else fine)

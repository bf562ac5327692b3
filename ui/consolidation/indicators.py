"""The plan's targets as of a day: verdict in a word, value beside target, and the records behind the number."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from ui.shared.arranging import is_large
from ui.shared.plain_table import Line, PlainTable
from ui.shared.search_line import SearchLine, answers
from ui.shared.surroundings import Surroundings
from ui.shared.words import Shelf, button, clear, label, set_tone
from xmdesk import clock
from xmdesk.records.kinds import Day
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.reading import Bad

if TYPE_CHECKING:
    from datetime import date

    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk

VERDICTS = {
    "未达标": ("wrong", "wrong"),
    "达标": ("good", "good"),
    "参考": ("explained", "note"),
    "不可计算": ("note", "missing"),
}
SCOPES = {"V": "村", "C": "社区", "VC": "村和社区"}
SIGNS = {">=": "≥", "<=": "≤"}
MOST_ROWS = 500
COLUMNS = (
    ("结论", 4), ("指标", 13), ("现值", 4), ("目标", 4), ("实报/应报", 4), ("条款", 4), ("范围", 4), ("完成期限", 4),
)  # fmt: skip
LARGE_COLUMNS = 5
"""How many columns larger letters leave room for; the rest is said below the table."""


class IndicatorsPanel(QWidget):
    """Asks for a day, shows every indicator in force then, and below it what speaks for and against the chosen one."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._results: Sequence[Any] = ()
        self._names: dict[str, str] = {}
        self._wanted = ""
        self.day = QLineEdit()
        self.day.setAccessibleName("指标截至日期")
        self.day.setPlaceholderText("如 2026.12.31")
        self._propose_today()
        self.compute = button("计算指标", "primary")
        self._chips = Shelf()
        self.search = SearchLine("查找指标或条款")
        self._note = label("", "small", wraps=True)
        icons = around.icons
        shown = COLUMNS[:LARGE_COLUMNS] if is_large(around) else COLUMNS
        self.table = PlainTable([one for one, _ in shown], [weight for _, weight in shown], icons, name="指标")
        self._title = label("", "section", wraps=True)
        self.rows = PlainTable(("对目标", "单位", "台账", "记录"), (2, 5, 3, 7), icons, name="指标后面的记录")
        self._below = QWidget()
        self._build()
        self.compute.clicked.connect(self.look)
        self.day.returnPressed.connect(self.look)
        self.search.settled.connect(lambda _: self._show())
        self.table.chosen.connect(self._explain)

    def _build(self) -> None:
        self.day.setFixedWidth(self._around.icons.theme.px(150))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("截至", "muted"))
        head.addWidget(self.day)
        head.addWidget(self.compute)
        head.addStretch(1)
        head.addWidget(self.search)
        self._chips.line.setSpacing(8)
        said = QHBoxLayout()
        said.setSpacing(16)
        said.addWidget(self._chips)
        said.addWidget(self._note, 1)
        inside = QVBoxLayout(self._below)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._title)
        inside.addWidget(self.rows, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._below)
        split.setSizes([340, 180])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(said)
        column.addWidget(split, 1)
        self._below.hide()
        self._note.hide()

    def look_first(self) -> None:
        """Compute when the panel is first visited."""
        if not self._results:
            self._propose_today()
            self.look()

    def _propose_today(self) -> None:
        """The day follows the clock until one is typed, or figures of it stand below."""
        if not self.day.isModified():
            self.day.setText(Day().show(clock.today()))

    def look(self) -> None:
        """Compute as of the day that stands in the line."""
        try:
            day = Day().read(self.day.text()).value
        except Bad:
            day = None
        set_tone(self.day, "" if day else "wrong")
        if day is None:
            self.day.setFocus()
            return
        self._compute(day)

    def _compute(self, day: "date") -> None:
        desk = self._desk

        def job(progress: "Progress") -> Any:
            from xmdesk.services.indicating import Indicating

            names = {one.code: one.name for one in desk.tasks.roster(day)}
            return names, Indicating(desk).as_of(day, progress=progress)

        self._around.work.long("计算指标", job, self._computed)

    def _computed(self, found: Any) -> None:
        self._names, self._results = found
        self._wanted = ""
        notes = {one.note for one in self._results if one.note}
        self._note.setText("".join(sorted(notes)))
        self._note.setVisible(bool(notes))
        self._show_chips()
        self._show()

    def _show_chips(self) -> None:
        clear(self._chips.line)
        for verdict, (tone, _) in VERDICTS.items():
            count = sum(1 for one in self._results if one.verdict == verdict)
            if count:
                chip = button(f"{verdict} {count}", "chip", name=f"只看{verdict}的 {count} 条")
                chip.setProperty("tone", tone)
                chip.setToolTip("只看这些；再点一次看全部")
                chip.clicked.connect(lambda _=False, verdict=verdict: self._only(verdict))
                self._chips.line.addWidget(chip)

    def _only(self, verdict: str) -> None:
        self._wanted = "" if self._wanted == verdict else verdict
        self._show()

    def _show(self) -> None:
        query = self.search.text().strip()
        shown = [
            one
            for one in self._results
            if self._wanted in ("", one.verdict) and answers(query, one.title, one.clause, one.id)
        ]
        self.table.show_lines([_line(one) for one in shown])
        self._below.hide()

    def _explain(self, key: str) -> None:
        one = next((found for found in self._results if found.id == key), None)
        self._below.setVisible(one is not None)
        if one is None:
            return
        self._title.setText(behind(one))
        # What speaks against the target is what the district has to act on: it comes first.
        rows = sorted(one.rows, key=lambda row: (row.counts, row.office))[:MOST_ROWS]
        self.rows.show_lines([self._row(row) for row in rows])

    def _row(self, row: Any) -> Line:
        register = REGISTERS[row.register].title if row.register in REGISTERS else "单位信息"
        words, tone = ("符合", "good") if row.counts else ("不符合", "wrong")
        return Line(
            row.uid,
            (words, self._names.get(str(row.office), str(row.office)), register, row.title),
            tone=tone,
            icon=tone,
        )


def behind(one: Any) -> str:
    """Return one sentence on what stands behind a value."""
    parts = [one.title]
    if one.denominator:
        parts.append(f"{plain(one.numerator)} ÷ {plain(one.denominator)}")
    parts.append(f"{SCOPES.get(str(one.scope), '')}应报 {one.expected} 个，实报 {one.reported} 个")
    parts.append(f"条款 {one.clause}")
    if len(one.rows) > MOST_ROWS:
        parts.append(f"记录共 {len(one.rows)} 条，显示前 {MOST_ROWS} 条")
    return "　".join(parts)


def plain(number: Decimal) -> str:
    """Return a number without idle noughts, thousands apart."""
    text = f"{number:,.2f}"
    return text.rstrip("0").rstrip(".")


def _line(one: Any) -> Line:
    tone, icon = VERDICTS[one.verdict]
    sign = SIGNS.get(one.comparison, one.comparison)
    target = f"{sign} {plain(one.threshold)}{one.unit}" if one.threshold is not None else "没有定目标"
    value = "—" if one.value is None else one.shown
    coverage = f"{one.reported}/{one.expected}"
    scope = SCOPES.get(str(one.scope), str(one.scope))
    cells = (one.verdict, one.title, value, target, coverage, one.clause, scope, one.deadline.replace("-", "."))
    return Line(one.id, cells, tone=tone, icon=icon, tip=one.title)

"""One condition of a filter: which field, how it is compared, with what; each answered as the field itself is."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from ui.shared.fields.pick_line import Option, PickLine
from ui.shared.icons import Icons
from ui.shared.option_line import OptionLine
from ui.shared.words import button, label, set_tone
from xmdesk.problems import problem
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Choice, Choices, Day, Moment, PartialDay, Reference, Year, YesNo
from xmdesk.records.values.reading import Bad

if TYPE_CHECKING:
    from xmdesk.ports import Condition
    from xmdesk.services.entering import Entering

CHOSEN = (Choice, Choices, YesNo, Reference)
DAYS = (Day, PartialDay, Moment)


class ConditionLine(QWidget):
    """``changed`` fires when the condition did, ``removed`` when it should go, ``entered`` at Enter in the value."""

    changed = Signal()
    removed = Signal()
    entered = Signal()

    def __init__(self, specs: Mapping[str, FieldSpec], entering: "Entering", icons: Icons) -> None:
        super().__init__()
        self._specs = specs
        self._entering = entering
        options = [(path, spec.label) for path, spec in specs.items()]
        self.field = OptionLine(options, options[0][0], icons, name="哪一项")
        self.op = QComboBox()
        self.op.setAccessibleName("怎么比")
        self.value = ValueLine(self._options)
        self.value.set_arrow(icons.get("down"))
        self.drop = button("", "quiet", name="去掉这个条件")
        self.drop.setToolTip("去掉这个条件")
        self.drop.setIcon(icons.get("close"))
        self.drop.setIconSize(QSize(icons.theme.px(14), icons.theme.px(14)))
        self._words = label("", "small", tone="wrong", wraps=True)
        self._words.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.field, 0, 0)
        grid.addWidget(self.op, 0, 1)
        grid.addWidget(self.drop, 0, 2)
        grid.addWidget(self.value, 1, 0, 1, 2)
        grid.addWidget(self._words, 2, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.field.picked.connect(self._other_field)
        self.op.currentIndexChanged.connect(self._other_op)
        self.value.told.connect(self._typed)
        self.value.returnPressed.connect(self.entered)
        self.drop.clicked.connect(self.removed)
        self._offer()

    @property
    def path(self) -> str:
        """The field that is compared."""
        return self.field.value

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.field, self.op, self.value, self.drop)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not self._wants_value or bool(self.value.text().strip())

    def show_condition(self, one: "Condition", text: str) -> None:
        """Show a kept condition; ``text`` is its value as people read it."""
        self.field.choose(one.field)
        self._offer()
        self.op.setCurrentIndex(max(self.op.findData(one.op), 0))
        self.value.put((str(one.value or ""), text))

    def condition(self) -> "Condition":
        """Return the condition; a value that the field cannot read is ``Bad``."""
        from xmdesk.ports import Condition, Op

        op, spec = Op(self.op.currentData()), self._specs[self.path]
        if not self._wants_value:
            return Condition(self.path, op)
        text = self.value.text().strip()
        if isinstance(spec.kind, Reference) and op is not Op.CONTAINS:
            return Condition(self.path, op, self.value.picked or self._entering.read(spec, text))
        if op is not Op.CONTAINS or isinstance(spec.kind, Choices):
            spec.kind.read(text)
        return Condition(self.path, op, text)

    def judge(self) -> bool:
        """Say beside the value why it cannot be read; tells whether it can."""
        try:
            found = None if self.is_complete and self.condition() else problem("U-FILTER-VALUE")
        except Bad as bad:
            found = problem(bad.code, **bad.facts)
        self._say(f"{found.text}{found.to_do}" if found else "")
        return found is None

    @property
    def _wants_value(self) -> bool:
        from xmdesk.ports import Op

        return self.op.currentData() not in (Op.EMPTY, Op.NOT_EMPTY)

    def _options(self, text: str) -> Sequence[Option]:
        spec = self._specs[self.path]
        from xmdesk.ports import Op

        if isinstance(spec.kind, Reference) and self.op.currentData() == Op.CONTAINS:
            return []
        return self._entering.options(spec, text)

    def _other_field(self) -> None:
        self.value.put(("", ""))
        self._offer()
        (self.value if self.value.isVisible() else self.op).setFocus()
        self.changed.emit()

    def _other_op(self) -> None:
        self.value.setVisible(self._wants_value)
        self.value.is_chosen = isinstance(self._specs[self.path].kind, CHOSEN) and bool(self._options(""))
        self._say("")
        self.changed.emit()

    def _typed(self) -> None:
        self._say("")
        self.changed.emit()

    def _offer(self) -> None:
        from xmdesk.services.finding import WORDS, ops_for

        spec = self._specs[self.path]
        self.op.blockSignals(True)
        self.op.clear()
        for one in ops_for(spec.kind):
            self.op.addItem(WORDS[one], one)
        self.op.blockSignals(False)
        self.value.setAccessibleName(f"{spec.label}的内容")
        self.value.setPlaceholderText(_hint(spec))
        self._other_op()

    def _say(self, words: str) -> None:
        set_tone(self.value, "wrong" if words else "")
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.value.setAccessibleDescription(words)


class ValueLine(PickLine):
    """The value: typed as the field is, or chosen where it has choices. ``told`` fires at each change."""

    told = Signal()

    def __init__(self, options: Any) -> None:
        super().__init__(options, self.put)
        self.picked = ""
        self._arrow = QAction("展开列表", self)
        self._arrow.triggered.connect(self.offer_all)
        self.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._typed)

    def set_arrow(self, icon: Any) -> None:
        """Show the arrow that opens the list."""
        self._arrow.setIcon(icon)

    @property
    def is_chosen(self) -> bool:
        """Whether there is a list to choose from."""
        return self._arrow.isVisible()

    @is_chosen.setter
    def is_chosen(self, has_list: bool) -> None:
        self._arrow.setVisible(has_list)

    def put(self, option: Option) -> None:
        """Show a value, picked or kept."""
        self.picked = option[0]
        self.setText(option[1])
        self.setCursorPosition(0)
        self.told.emit()

    def _typed(self) -> None:
        self.picked = ""
        self.told.emit()


def _hint(spec: FieldSpec) -> str:
    if isinstance(spec.kind, CHOSEN):
        return "输入文字或拼音首字母，按 ↓ 看全部"
    if isinstance(spec.kind, DAYS):
        return "日期，如 2026.1.5"
    return "四位年份" if isinstance(spec.kind, Year) else "内容，照平常的写法"

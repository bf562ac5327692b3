"""Fields answered by a click: yes or no, a few alternatives side by side, several ticks."""

from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from ui.shared.fields.field import Field
from ui.shared.fields.flow import Flow
from ui.shared.walking import Walk
from ui.shared.words import field_button
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Choice, Choices

FEW = 4
NARROW = 12


class SegmentField(Field):
    """A few alternatives side by side; a second click on the chosen one takes the answer back."""

    def __init__(self, spec: FieldSpec, options: list[tuple[Any, str]]) -> None:
        super().__init__(spec)
        self._options = options
        self._buttons: list[QPushButton] = []
        row = QWidget()
        line = Flow(row, gap=6)
        for _, title in options:
            one = field_button(title, "choice", name=f"{spec.label}:{title}")
            one.setCheckable(True)
            one.clicked.connect(lambda on, made=one: self._clicked(made, on))
            self._buttons.append(one)
            line.addWidget(one)
        self.place(row, buddy=self._buttons[0])
        _name_again(self._buttons[0], spec)
        self._walk = Walk(self, self._buttons, takes=True)

    def read(self) -> Any:
        """Return the chosen value or None."""
        chosen = [value for (value, _), one in zip(self._options, self._buttons, strict=True) if one.isChecked()]
        return chosen[0] if chosen else None

    def fill(self, value: Any) -> None:
        """Show a stored value."""
        for (option, _), one in zip(self._options, self._buttons, strict=True):
            one.setChecked(value is not None and option == value)
        self._rest()
        self.refresh()

    def _clicked(self, made: QPushButton, on: bool) -> None:
        for one in self._buttons:
            one.setChecked(one is made and on)
        self._rest()
        self.edited.emit()
        self.refresh()

    def _rest(self) -> None:
        """Let Tab stop at the answer, or at the first alternative."""
        self._walk.stop_at(next((at for at, one in enumerate(self._buttons) if one.isChecked()), 0))


class TicksField(Field):
    """Several members of a closed list."""

    is_wide = True

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        kind = spec.kind
        assert isinstance(kind, Choices)  # noqa: S101 - the registry gives only such
        self._kind = kind
        self._boxes: dict[str, QPushButton] = {}
        box = QWidget()
        flow = Flow(box, gap=6)
        for value, title, _ in kind.codes.table():
            one = field_button(title, "choice", name=f"{spec.label}:{title}")
            one.setCheckable(True)
            one.clicked.connect(self._clicked)
            self._boxes[value] = one
            flow.addWidget(one)
        first = next(iter(self._boxes.values()))
        self.place(box, buddy=first)
        _name_again(first, spec)
        self._walk = Walk(self, list(self._boxes.values()), takes=False)

    def read(self) -> list[str]:
        """Return the ticked values in the order of the list."""
        return self._kind.in_order([value for value, one in self._boxes.items() if one.isChecked()])

    def fill(self, value: Any) -> None:
        """Show stored values."""
        for code, one in self._boxes.items():
            one.setChecked(code in (value or []))
        self.refresh()

    def _clicked(self) -> None:
        self.edited.emit()
        self.refresh()


def yes_no_field(spec: FieldSpec) -> SegmentField:
    """Return 是 / 否 side by side; neither means not answered yet."""
    return SegmentField(spec, [(True, "是"), (False, "否")])


def _name_again(first: QPushButton, spec: FieldSpec) -> None:
    """The control of a field is named by its label; the first alternative says besides which one it is, like the others."""
    first.setAccessibleName(f"{spec.label}:{first.text()}")


def few_choices(kind: Choice) -> list[tuple[Any, str]]:
    """Return the members when they are few and short enough to stand side by side, else nothing."""
    table = [(kind.codes(value), title) for value, title, _ in kind.codes.table()]
    fits = len(table) <= FEW and sum(len(title) for _, title in table) <= NARROW
    return table if fits else []

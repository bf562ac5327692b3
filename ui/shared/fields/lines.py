"""Fields that are typed: text, names, numbers, dates, phones, and texts whose meaning is echoed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.shared.fields.doubts import doubts_of
from ui.shared.fields.field import Field
from ui.shared.fields.years import understood, with_its_year
from ui.shared.hint_line import HintLine
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Degrees, Hours, Kind, PersonId, Text
from xmdesk.records.values.coordinates import read_point
from xmdesk.records.values.hours import minutes_per_day
from xmdesk.records.values.reading import Bad, Read

HINTS = {
    "day": ("如 2024.5.1",),
    "partial_day": ("年、月或日，如 2024.5", "如 2024.5"),
    "moment": ("如 11月23日 8:30", "11月23日 8:30"),
    "year": ("如 2016",),
    "hours": ("如 周一至周五 8:00-12:00 14:30-17:30", "如 周一至周五 8:00-12:00"),
    "frequency": ("如 每周2次、每日1次、按需", "如 每周2次"),
    "phone": ("手机或 0592-1234567", "手机或座机"),
    "degrees lng": ("如 118.123456",),
    "degrees lat": ("如 24.654321",),
}


# The note of a number that services give begins so (Asked.help); nobody types it.
GIVEN = "自动编号"


def _hint_of(kind: Kind) -> str:
    return f"{kind.name} {kind.axis}" if isinstance(kind, Degrees) else kind.name


class LineField(Field):
    """One line that is read as people type it and shown tidied when the cursor leaves."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        self.line = HintLine(*(HINTS.get(_hint_of(spec.kind)) or (spec.help,)))
        if spec.kind.align == "right":
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.is_wide = spec.kind.width >= 11 and spec.kind.name != "person_id" and spec.kind.name != "credit_code"
        self.line.setReadOnly(spec.help.startswith(GIVEN))
        self._value: Any = None
        self._year_words = ""
        self.is_typed = False
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._tidy)
        self.place(self.line)

    def read(self) -> Any:
        """Return the stored value; what was typed since is read first."""
        return self._reading().value if self.is_typed else self._value

    def fill(self, value: Any) -> None:
        """Show a stored value."""
        self._value, self._year_words = value, ""
        self.is_typed = False
        self.line.show_text(self.shown(value))
        if self.line.isReadOnly():
            self.line.setToolTip("\n".join(one for one in (self.shown(value), self.spec.help) if one))
        self.refresh()

    def shown(self, value: Any) -> str:
        """Return the text for a value."""
        return self.spec.kind.show(value)

    def tone_widget(self) -> QWidget:
        """Return the line."""
        return self.line

    def remark(self, value: Any) -> str:
        """Say which year was understood where none was typed."""
        return self._year_words

    def _reading(self) -> Read[Any]:
        return self.spec.kind.read(with_its_year(self.spec, self.line.text()))

    def _typed(self) -> None:
        self.is_typed = True
        self.edited.emit()

    def _tidy(self) -> None:
        if not self.is_typed:
            return
        text = self.line.text()
        try:
            value = self.read()
        except Bad:
            self.refresh()
            return
        self.fill(value)
        if words := understood(text, with_its_year(self.spec, text)):
            self._year_words = words
            self.refresh()


class EchoField(LineField):
    """A line whose meaning is said back below it, with what reading left out or took for granted: opening hours."""

    is_wide = True

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        self.is_wide = True
        self._doubts = ""
        self.line.textEdited.connect(self.refresh)

    def fill(self, value: Any) -> None:
        """Show a stored value; what was said of the text stays said until another value comes."""
        self._doubts = self._doubts_now() if self._stands_for(value) else ""
        super().fill(value)

    def forget(self) -> None:
        """Say no more of what was typed."""
        self.is_typed, self._doubts = False, ""

    def remark(self, value: Any) -> str:
        """Say how the text was understood."""
        if not value:
            return self.spec.help
        words = f"理解为：{self.spec.kind.show(value)}"
        return f"{words}。每天开放 {_daily(value)}" if isinstance(self.spec.kind, Hours) else words

    def _standing(self) -> tuple[str, str]:
        tone, words = super()._standing()
        doubts = self._doubts_now()
        return tone, "。".join(filter(None, (words.rstrip("。"), doubts))) if doubts else words

    def _stands_for(self, value: Any) -> bool:
        try:
            return self.read() == value
        except Bad:
            return False

    def _doubts_now(self) -> str:
        """What is said of the text that stands there, while it is typed and once it is tidied."""
        if not self.is_typed:
            return self._doubts
        try:
            return doubts_of(self._reading().notes)
        except Bad:
            return ""


class MaskedField(LineField):
    """A number that is masked unless the cursor is in it."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        self.line.installEventFilter(self)

    def shown(self, value: Any) -> str:
        """Return the masked text while nobody works here."""
        return self.spec.kind.show(value) if self.line.hasFocus() else self.spec.kind.mask(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Unmask on entering, mask on leaving; what cannot be read stays visible."""
        if event.type() == QEvent.Type.FocusIn and not self.is_typed:
            self.line.setText(self.spec.kind.show(self._value))
        elif event.type() == QEvent.Type.FocusOut and not self.is_typed:
            self.line.setText(self.spec.kind.mask(self._value))
        return super().eventFilter(watched, event)


class IdField(MaskedField):
    """The number of a document; ``document`` is the field beside it that says which, where there is one."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        self._document: Field | None = None

    def go_with(self, document: Field) -> None:
        """Read what is typed as the number of that document."""
        self._document = document
        document.edited.connect(self.refresh)

    def read(self) -> Any:
        """Return the stored number; what was typed since is read for the chosen document."""
        kind = self.spec.kind
        if not self.is_typed or self._document is None or not isinstance(kind, PersonId):
            return super().read()
        return kind.read_as(self.line.text(), self._chosen(self._document)).value

    @staticmethod
    def _chosen(document: Field) -> str:
        try:
            return str(document.read() or "")
        except Bad:
            return ""


class DegreesField(LineField):
    """Longitude or latitude; a pair copied from a map fills both halves, whichever half it is pasted into."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        self.axis = spec.kind.axis if isinstance(spec.kind, Degrees) else ""
        self._halves: Mapping[str, DegreesField] = {}

    def go_with(self, halves: "Mapping[str, DegreesField]") -> None:
        """Know both halves of the place, by axis."""
        self._halves = halves

    def _tidy(self) -> None:
        """Take a pair apart; anything else is tidied as usual."""
        try:
            point = read_point(self.line.text()).value if self.is_typed and len(self._halves) > 1 else None
        except Bad:
            point = None
        if point is None or point.lng is None:
            super()._tidy()
            return
        for axis, half in self._halves.items():
            half.fill(getattr(point, axis))
        self.edited.emit()


class LongField(Field):
    """Several lines of text; Tab leaves it."""

    is_wide = True

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setPlaceholderText(spec.help)
        self.box.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 18)
        self.box.textChanged.connect(self._changed)
        self._is_filling = False
        self.place(self.box)

    def read(self) -> str:
        """Return the text, tidied."""
        return self.spec.kind.read(self.box.toPlainText()).value or ""

    def fill(self, value: Any) -> None:
        """Show a stored text."""
        if (value or "") != self.box.toPlainText():
            self._is_filling = True
            place = self.box.textCursor().position()
            self.box.setPlainText(value or "")
            cursor = self.box.textCursor()
            cursor.setPosition(min(place, len(value or "")) if self.box.hasFocus() else 0)
            self.box.setTextCursor(cursor)
            self._is_filling = False
        self.box.document().clearUndoRedoStacks()
        self.refresh()

    def tone_widget(self) -> QWidget:
        """Return the box."""
        return self.box

    def _changed(self) -> None:
        if not self._is_filling:
            self.edited.emit()


def line_field(spec: FieldSpec) -> Field:
    """Return the typed field for a kind."""
    kind = spec.kind
    if isinstance(kind, Text) and kind.multiline:
        return LongField(spec)
    if kind.name in ("hours", "frequency"):
        return EchoField(spec)
    if isinstance(kind, PersonId):
        return IdField(spec)
    if isinstance(kind, Degrees):
        return DegreesField(spec)
    made = LineField(spec)
    if isinstance(kind, Text):
        made.is_wide = kind.limit > 60
    return made


def _daily(hours: dict[str, list[str]]) -> str:
    """Say how many hours each day has: 7.5 小时, or a range when days differ."""
    totals = sorted({minutes_per_day(hours, day) for day, slots in hours.items() if slots})
    if not totals:
        return "0 小时"
    least, most = (f"{minutes / 60:g}" for minutes in (totals[0], totals[-1]))
    return f"{least} 小时" if least == most else f"{least}–{most} 小时"

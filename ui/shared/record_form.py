"""A form for any record: sections from the layout file, one widget per kind, problems beside the fields."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.shared.changes import HEAD
from ui.shared.fields.field import Field, field_around
from ui.shared.fields.flow import Flow
from ui.shared.fields.hours import HoursField
from ui.shared.fields.lines import DegreesField, IdField
from ui.shared.fields.picks import PickField, Referenced
from ui.shared.fields.registry import field_for
from ui.shared.findings import Finding
from ui.shared.icons import Icons
from ui.shared.in_view import InView
from ui.shared.layout import Layout, Section
from ui.shared.reading_order import put_in_reading_order
from ui.shared.typed import is_bad, put_texts, unread_texts, what_is_wrong
from ui.shared.words import button, clear, frame, label
from xmdesk.records.base import Record, fields_of
from xmdesk.records.values.reading import Bad

DOCUMENT = "document_kind"

STRIP_SHARE = 4
"""The titles of the sections take at most a quarter of the height."""


class RecordForm(QWidget):
    """Shows one record; ``edited`` fires on every change a person makes. Saving is the page's business."""

    edited = Signal()

    def __init__(self, record: type[Record], layout: Layout, referenced: Referenced, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._record: Record | None = None
        self._is_filling = False
        self.fields: dict[str, Field] = {}
        self._links: list[tuple[QPushButton, QWidget]] = []
        self._section_of: dict[Field, int] = {}
        specs = fields_of(record)
        for section in layout.sections:
            self.fields |= {name: field_for(specs[name], referenced) for name in section.fields}
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build(layout)
        self._view = InView(self._scroll)
        self._told: Field | None = None
        for one in self.fields.values():
            one.edited.connect(self._edited)
            if isinstance(one, IdField) and DOCUMENT in self.fields:
                one.go_with(self.fields[DOCUMENT])
            if isinstance(one, DegreesField):
                one.go_with({half.axis: half for half in self.fields.values() if isinstance(half, DegreesField)})
        for one in self.fields.values():
            self._watch(one)
        icons.changed.connect(self._dress)
        self._dress()

    def _build(self, layout: Layout) -> None:
        sheet = QWidget()
        sheet.setObjectName("sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 4, 16, 24)
        column.setSpacing(12)
        self._head = QVBoxLayout()
        column.addLayout(self._head)
        self._group = QButtonGroup(self)
        self._strip = links = QWidget()
        row = Flow(links, gap=2)
        for place, section in enumerate(layout.sections):
            self._section_of |= dict.fromkeys((self.fields[name] for name in section.fields), place)
            head = label(section.title, "section")
            column.addWidget(head)
            column.addWidget(frame("rule"))
            column.addLayout(self._grid(section))
            link = button(section.title, "link", name=f"跳到：{section.title}")
            link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            link.setCheckable(True)
            self._group.addButton(link)
            link.clicked.connect(partial(self._jump, len(self._links), section.fields[0]))
            row.addWidget(link)
            self._links.append((link, head))
        column.addStretch(1)
        self._scroll.setWidget(sheet)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        strip = QHBoxLayout()
        strip.setContentsMargins(12, 0, 12, 0)
        strip.addWidget(links)
        outer.addLayout(strip)
        outer.addWidget(self._scroll, 1)
        self._scroll.verticalScrollBar().valueChanged.connect(self._follow)
        self._follow()

    def _grid(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row = column = 0
        for name in section.fields:
            field = self.fields[name]
            field.setMinimumWidth(60)
            if field.is_wide:
                row, column = row + (column > 0), 0
                grid.addWidget(field, row, 0, 1, 2)
                row += 1
                continue
            grid.addWidget(field, row, column)
            row, column = (row + 1, 0) if column else (row, 1)
        return grid

    def fill(self, record: Record, *, but: Collection[str] = ()) -> None:
        """Show a record; what stands in the fields named last stays as it is."""
        self._is_filling = True
        is_other = getattr(self._record, "uid", "") != getattr(record, "uid", "")
        self._record = record
        for name, field in self.fields.items():
            if name not in but:
                if is_other:
                    field.forget()
                field.set_findings(None)
                field.fill(getattr(record, name))
        self._is_filling = False

    @property
    def shown(self) -> Record | None:
        """The record as it was last filled in."""
        return self._record

    def let_type(self, *, may_type: bool) -> None:
        """Let the fields be typed into, or only be looked at."""
        for field in self.fields.values():
            if field.isEnabled() != may_type:
                field.let_type(may_type=may_type)

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Put back what was typed and cannot be read."""
        self._is_filling = True
        put_texts(self.fields, texts)
        self._is_filling = False

    def restore(self, names: Iterable[str]) -> None:
        """Give up what was typed into these fields."""
        for name in names:
            self.fields[name].restore(getattr(self._record, name))

    def record(self) -> Record:
        """Return the record as the form has it; fields that cannot be read keep their stored value."""
        if self._record is None:
            raise LookupError("the form is empty")
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            try:
                values[name] = field.read()
            except Bad:
                continue
        fresh = {name: value for name, value in values.items() if value != getattr(self._record, name)}
        return self._record.changed(**fresh) if fresh else self._record

    def follow(self, record: Record, derived: Record) -> None:
        """Show what was derived from the record in the form, except over what is being typed."""
        for name, field in self.fields.items():
            if getattr(record, name) != getattr(derived, name) and not field.is_typed:
                field.fill(getattr(derived, name))

    def is_answered(self, name: str) -> bool:
        """Whether anything stands in a field, readable or not."""
        field = self.fields[name]
        return is_bad(field) or not field.spec.kind.is_empty(field.read())

    def unreadable(self) -> dict[str, str]:
        """Return the names of the fields whose typed text cannot be taken, each with a word why."""
        found = {name: what_is_wrong(field) for name, field in self.fields.items()}
        return {name: why for name, why in found.items() if why}

    def texts(self) -> dict[str, str]:
        """Return what was typed and cannot be read."""
        return unread_texts(self.fields)

    def set_findings(self, found: Sequence[Finding]) -> None:
        """Put each finding beside its field."""
        for name, field in self.fields.items():
            field.set_findings([one for one in found if one.problem.where.field == name])

    def differing(self, record: Record) -> list[str]:
        """Return the names of the fields that would change if this record were shown."""
        before = self._record
        return [one for one in self.fields if before is not None and getattr(before, one) != getattr(record, one)]

    def bring_up(self, names: Sequence[str]) -> None:
        """Bring the first of these fields into view; the cursor stays where it is."""
        if names:
            self._view.hold(self.fields[names[0]])

    def stand_at(self, name: str, words: QWidget | None) -> None:
        """Put words of others directly below a field, or without a name at the head, in the place of those before."""
        if name:
            self.fields[name].stand_below(words)
        else:
            clear(self._head)
            if words is not None:
                self._head.addWidget(words)
                words.show()
                put_in_reading_order(self._scroll.widget())
        if words is not None:
            self._watch(words)

    def focus_field(self, path: str) -> None:
        """Bring a field into view with the advice on it, and put the cursor there; the path may go on to a cell of a list."""
        if path == HEAD:
            self.focus_first()
            return
        name, _, inside = path.partition("/")
        field = self.fields.get(name)
        if field is None:
            return
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.go_inside(inside)
        self._advise(field)
        self._view.hold(field)

    def _advise(self, field: Field | None) -> None:
        """Say what belongs into a field the person was led to, as long as the cursor is in it and if there is room."""
        if self._told is field:
            return
        if self._told is not None and self._told.rule_words:
            self._told.explain()
        self._told = None
        if field is None or field.rule_words:
            return
        field.explain()
        layout = field.layout()
        if layout is not None and layout.totalHeightForWidth(field.width()) > self._scroll.viewport().height():
            field.explain()
        else:
            self._told = field

    def explain(self, name: str) -> None:
        """Bring a field into view and say what belongs there; the cursor stays where it is."""
        field = self.fields.get(name)
        if field is not None:
            field.explain()
            self._view.hold(field)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._scroll.verticalScrollBar().setValue(0)
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_top(self) -> None:
        """Scroll back to the first section."""
        self._advise(None)
        self._view.let_go()
        self._scroll.verticalScrollBar().setValue(0)

    def _edited(self) -> None:
        if not self._is_filling:
            self.edited.emit()

    def _jump(self, place: int, first: str, *_: object) -> None:
        """Bring a section to the top; the cursor goes into it, unless arrows are walking along the titles."""
        link, head = self._links[place]
        bar = self._scroll.verticalScrollBar()
        if not link.hasFocus():
            self.fields[first].setFocus(Qt.FocusReason.OtherFocusReason)
        bar.setValue(head.y() - 4)
        QTimer.singleShot(0, self, lambda: bar.setValue(head.y() - 4))
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        """Mark the section in which the cursor stands, or, where that is out of view, the one at the top."""
        field = field_around(self.focusWidget())
        if field in self._section_of and not field.visibleRegion().isEmpty():
            self._mark_section(self._section_of[field])
            return
        bar = self._scroll.verticalScrollBar()
        top = bar.value() + 40
        passed = [place for place, (_, head) in enumerate(self._links) if head.y() <= top]
        here = len(self._links) - 1 if bar.maximum() and bar.value() == bar.maximum() else max(passed, default=0)
        self._mark_section(here)

    def _mark_section(self, here: int) -> None:
        for place, (link, _) in enumerate(self._links):
            link.setChecked(place == here)

    def hasHeightForWidth(self) -> bool:
        """It scrolls: where room is scarce it gives way before the strips above it, whose words would be cut."""
        return False

    def resizeEvent(self, event: Any) -> None:
        """Where the form is low, the fields need the room that the titles of the sections would take."""
        super().resizeEvent(event)
        wanted = self._strip.heightForWidth(max(self.width() - 24, 1))
        self._strip.setVisible(self.height() >= STRIP_SHARE * wanted)

    def _watch(self, around: QWidget) -> None:
        for control in around.findChildren(QWidget):
            if control.focusPolicy() & Qt.FocusPolicy.TabFocus:
                control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the field with the cursor in view."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            field = field_around(watched.parentWidget())
            if field is not self._told:
                self._advise(None)
            self._view.hold(field or watched, watched)
            QTimer.singleShot(0, self, self._follow)
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        for field in self.fields.values():
            if isinstance(field, PickField | HoursField):
                field.set_arrow(self._icons.get("down"))

"""The clerk's explanations (出错说明) of a received return; one that is not accepted becomes a point."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.inbox.points import where_is
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings

if TYPE_CHECKING:
    from xmdesk.services.looking_in import Explained
    from xmdesk.services.reviewing import Point

HEADS = ("哪一处", "问题", "村里的说明")


class ExplanationsView(QWidget):
    """``picked`` fires at Enter or a double click, ``moved`` when another line is in front."""

    picked = Signal()
    moved = Signal()

    def __init__(self, explanations: "tuple[Explained, ...]", around: Surroundings) -> None:
        super().__init__()
        self._explanations = explanations
        self.table = PlainTable(HEADS, (5, 5, 6), around.icons, name="出错说明", nothing="没有出错说明。")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.table.show_lines(_Lines(explanations))
        self.table.chosen.connect(lambda _: self.moved.emit())
        self.table.activated.connect(lambda _: self.picked.emit())
        self.table.selectRow(0)

    @property
    def _one(self) -> "Explained":
        return self._explanations[max(self.table.currentIndex().row(), 0)]

    @property
    def point(self) -> "Point":
        """What the explanation in front would be as a point."""
        return self._one.refused

    @property
    def has_one(self) -> bool:
        """There is always one in front."""
        return True

    @property
    def here(self) -> str:
        """What the explanation in front is about, and the words of it, unshortened."""
        one = self._one
        by = f"（{one.by}）" if one.by else ""
        return f"{where_is(one.point)}：{one.about}村里的说明：{one.text}{by}"


class _Lines(Sequence[Line]):
    """Lines that are put in words when they are looked at: there may be thousands."""

    def __init__(self, explanations: "Sequence[Explained]") -> None:
        self._explanations = explanations

    def __len__(self) -> int:
        return len(self._explanations)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> list[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | list[Line]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        one = self._explanations[place]
        return Line(str(place), (where_is(one.point), one.about, one.text), tip=one.text)

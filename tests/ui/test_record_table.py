"""A table over many rows reads only the pages that are looked at."""

from collections.abc import Hashable, Mapping, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from ui.shared.order import Order
from ui.shared.record_table import RegisterTable
from ui.shared.register_model import PAGE, PAGES, RegisterModel
from ui.shared.theme import HEAD_AIR, Theme, head_font
from xmdesk.records.base import fields_of
from xmdesk.records.facility import Facility

MANY = 100_000


class Counting:
    """Rows by number, and how many were asked for."""

    def __init__(self) -> None:
        self.read = 0

    def uids(self, search: str, order_by: str, *, descending: bool) -> Sequence[str]:
        return [f"u{number}" for number in range(MANY)]

    def grouped(
        self, search: str, order_by: str, *, descending: bool, group_by: str, stood: Mapping[str, Hashable]
    ) -> Order:
        return Order(self.uids(search, order_by, descending=descending))

    def lasting(self, search: str, before: Sequence[str], found: Sequence[str]) -> Sequence[str]:
        return ()

    def texts(self, uids: Sequence[str]) -> list[dict[str, str]]:
        self.read += len(uids)
        return [{"name": f"设施{uid}"} for uid in uids]


def shown(qtbot) -> tuple[Counting, RegisterModel, RegisterTable]:
    rows = Counting()
    specs = fields_of(Facility)
    model = RegisterModel(rows, [(name, specs[name]) for name in ("name", "kind", "floor_area")])
    table = RegisterTable(model)
    table.resize(600, 800)
    qtbot.addWidget(table)
    model.look_again()
    table.show()
    return rows, model, table


def test_showing_reads_one_page(qtbot) -> None:
    rows, model, _ = shown(qtbot)

    assert model.rowCount() == MANY
    assert rows.read <= 2 * PAGE


def test_jumping_to_the_end_reads_the_last_page_only(qtbot) -> None:
    rows, model, table = shown(qtbot)
    table.scrollToBottom()
    table.viewport().repaint()

    assert model.data(model.index(MANY - 1, 0)) == f"设施u{MANY - 1}"
    assert rows.read <= 4 * PAGE


def test_pages_looked_at_long_ago_are_forgotten(qtbot) -> None:
    _, model, _ = shown(qtbot)

    for page in range(PAGES + 5):
        model.data(model.index(page * PAGE, 0))

    assert len(model._pages) == PAGES


@pytest.mark.parametrize("percent", [100, 150])
def test_columns_without_room_are_neither_cut_nor_lost_but_scrolled_to(qtbot, percent: int) -> None:
    _, model, table = shown(qtbot)
    table.tint(Theme(percent=percent))
    table.resize(320, 800)
    table.fit()
    bar, port = table.horizontalScrollBar(), table.viewport()
    qtbot.waitUntil(bar.isVisible)
    table.setCurrentIndex(model.index(0, 0))
    out_of_view = port.rect().contains(table.visualRect(model.index(0, 2)))

    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Right)

    assert not out_of_view
    assert not any(table.isColumnHidden(place) for place in range(3))
    assert table.currentIndex().column() == 2
    assert port.rect().contains(table.visualRect(model.index(0, 2)))


def test_where_all_columns_find_room_nothing_scrolls_sideways(qtbot) -> None:
    _, _, table = shown(qtbot)

    table.resize(1200, 800)

    qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())


def test_numbers_stand_on_the_right(qtbot) -> None:
    _, model, _ = shown(qtbot)

    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert model.data(model.index(0, 2), 7) == int(right)
    assert model.headerData(2, Qt.Orientation.Horizontal, 7) == int(right)


def test_every_heading_finds_room_whatever_the_letters(qtbot) -> None:
    _, model, table = shown(qtbot)
    for percent in (100, 150):
        theme = Theme(percent=percent)
        table.tint(theme)
        table.fit()
        metrics = QFontMetrics(head_font(theme))
        for place, (_, spec) in enumerate(model.columns):
            needed = metrics.horizontalAdvance(spec.label) + theme.px(HEAD_AIR)
            assert table.isColumnHidden(place) or table.columnWidth(place) >= needed


def test_a_column_is_as_wide_as_its_values_where_there_is_room(qtbot) -> None:
    _, _, table = shown(qtbot)
    table.resize(1200, 800)

    widest = max(table.fontMetrics().horizontalAdvance(f"设施u{number}") for number in range(20))

    assert table.columnWidth(0) >= widest + 16

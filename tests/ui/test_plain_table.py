"""The small tables of results: a meaning never stands in a colour alone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings


def test_a_line_with_a_tone_shows_its_icon_beside_the_words(qtbot, around: Surroundings) -> None:
    around.icons.wake()
    table = PlainTable(("状态", "单位"), (1, 2), around.icons, name="表")
    qtbot.addWidget(table)
    table.show_lines([Line("a", ("逾期", "榕下村"), "wrong", "wrong"), Line("b", ("已到", "桥头村"))])
    shown = [table.model().index(row, 0).data(Qt.ItemDataRole.DecorationRole) for row in range(2)]

    assert isinstance(shown[0], QIcon)
    assert not shown[0].isNull()
    assert shown[1] is None
    assert table.model().index(0, 1).data(Qt.ItemDataRole.DecorationRole) is None

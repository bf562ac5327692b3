"""What an input method brings without composing it: signs, handwriting, words taken whole."""

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.ui.sheets import opened
from ui.shared.fields.pick_line import PickLine
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk


@pytest.mark.parametrize(("name", "whole"), [("name", "直接"), ("kind", "卫")])
def test_what_an_input_method_brings_at_once_opens_the_cell(
    qtbot, desk: Desk, around: Surroundings, name: str, whole: str
) -> None:
    page = opened(qtbot, desk, around, "facilities")
    at = [path for path, _ in page.model.columns].index(name)
    page.table.setCurrentIndex(page.model.index(3, at))
    page.table.setFocus()
    for part in whole:
        event = QInputMethodEvent("", [])
        event.setCommitString(part)
        QApplication.sendEvent(page.table.open_line or page.table, event)

    line = page.table.open_line
    assert line is not None
    assert line.text() == whole
    assert not isinstance(line, PickLine) or line.is_open

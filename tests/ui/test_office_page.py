"""The office's own page: what is doubtful there may stand with a reason."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.pages import show_page
from tests.ui.typing import type_into
from ui.office.page import OfficePage
from ui.shared.surroundings import Surroundings
from xmdesk.records.submission import Explanation
from xmdesk.services.desk import Desk


def test_a_reason_written_below_the_form_is_kept(qtbot, desk: Desk, around: Surroundings) -> None:
    desk.office.save_office(desk.office.office().changed(has_health_committee=False))
    page = show_page(qtbot, OfficePage(desk, around))
    page.act("check")
    why = next(one for one in page.problems.findChildren(QPushButton) if one.text() == "写明原因")

    why.click()
    type_into(page.problems._reason, "正在筹建")
    QTest.keyClick(page.problems._reason, Qt.Key.Key_Return)

    assert [(one.register, one.text) for one in desk.store.all(Explanation)] == [("office", "正在筹建")]
    assert "正在筹建" in page.form.fields["has_health_committee"].words

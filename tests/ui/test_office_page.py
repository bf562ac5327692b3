"""The office's own page: what is doubtful there may stand with a reason."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.journeys.invented import enrol
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


def test_a_code_that_is_not_the_certificates_is_told_and_can_be_put_back(
    qtbot, tmp_path: Path, desk: Desk, reviewer: Desk, around: Surroundings
) -> None:
    enrol(desk, reviewer, tmp_path)
    page = show_page(qtbot, OfficePage(desk, around))
    own, went = desk.office.office().code, list[tuple[str, str, str]]()
    around.travel.wanted.connect(lambda *place: went.append(place))
    before = page.other.isVisible()

    page.form.fields["code"].fill("350212105207")
    page._edited()
    page.save()
    told = page.other.words.text()
    page.other.yes.click()
    page.other.no.click()  # type: ignore[union-attr]  # it has two answers

    assert not before
    assert told.startswith(f"上报证书上的代码是 {own}，这里写的是 350212105207")
    assert went[0][:1] == ("settings",)
    assert desk.office.office().code == own
    assert not page.other.isVisible()


def test_without_a_certificate_any_code_may_stand(qtbot, desk: Desk, around: Surroundings) -> None:
    page = show_page(qtbot, OfficePage(desk, around))

    page.form.fields["code"].fill("350212105207")
    page._edited()
    page.save()

    assert not page.other.isVisible()

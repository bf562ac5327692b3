"""The office's own page: what is doubtful there may stand with a reason."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.journeys.invented import enrol
from tests.ui.pages import show_page
from tests.ui.typing import commit, type_into
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


def test_what_was_typed_and_taken_back_is_not_called_unsaved(qtbot, desk: Desk, around: Surroundings) -> None:
    page = show_page(qtbot, OfficePage(desk, around))
    line, told = page.form.fields["address"].focusProxy(), list[bool]()
    page.unsaved.connect(told.append)
    assert isinstance(line, QLineEdit)
    commit(line, "榕下村9号")
    typed = page._state.isVisible(), page._save.isEnabled()
    line.undo()

    assert typed == (True, True)
    assert (page._state.isVisible(), page._save.isEnabled()) == (False, False)
    assert told == [True, False]
    assert page.begun is None


def test_what_differs_elsewhere_or_cannot_be_read_stays_unsaved(qtbot, desk: Desk, around: Surroundings) -> None:
    page = show_page(qtbot, OfficePage(desk, around))
    line, code = page.form.fields["address"].focusProxy(), page.form.fields["credit_code"].focusProxy()
    assert isinstance(line, QLineEdit)
    assert isinstance(code, QLineEdit)
    for other, text in ((page.form.fields["phone"].focusProxy(), "0592-7022222"), (code, "不详")):
        assert isinstance(other, QLineEdit)
        before = other.text()
        other.selectAll()
        commit(other, text)
        commit(line, "9")
        line.undo()
        is_unsaved = page._state.isVisible()
        other.undo()

        assert is_unsaved
        assert other.text() == before
        assert not page._state.isVisible()


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

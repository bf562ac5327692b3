"""Founding the authority, granting with digits typed from paper, stopping a certificate: through the page."""
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTableView, QWidget

from tests.conftest import NOON
from tests.journeys.invented import CHEAP, PASSWORD, district_desk
from tests.ui.pages import show_page
from tests.ui.said import Said
from tests.ui.typing import commit
from ui.certificates.digits import DigitGroups
from ui.certificates.granting import free_path
from ui.certificates.issued import ENDED, ENDING, IN_USE, STOPPED, state_of
from ui.certificates.page import CertificatesPage
from ui.compose import create_book, open_book
from ui.shared.surroundings import Surroundings
from ui.shared.theme import Theme
from xmdesk.clock import frozen
from xmdesk.services.desk import Desk

OTHER = "350212105207"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed district book with its authority, and a request of a village with its digits."""
    folder = tmp_path_factory.mktemp("founded")
    with frozen(NOON - timedelta(hours=1)):
        district = district_desk(folder / "district")
        district.enrolling.init()
        district.upkeep.close()
        other = create_book(folder / "village", code=OTHER, desk="clerk", password=PASSWORD, cost=CHEAP).desk
        asked = other.enrolling.request(folder / "申请.pdf")
        (folder / "digits").write_text(asked.fingerprint)
        other.upkeep.close()
    return folder


@pytest.fixture
def district(founded: Path, tmp_path: Path, noon: object) -> Iterator[Desk]:
    opened = open_book(Path(shutil.copytree(founded / "district", tmp_path / "district")), PASSWORD)
    yield opened
    opened.upkeep.close()


@pytest.fixture
def digits(founded: Path) -> str:
    return (founded / "digits").read_text().replace(" ", "")


def shown(qtbot, desk: Desk, around: Surroundings) -> CertificatesPage:
    return show_page(qtbot, CertificatesPage(desk, around))


def idle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=60_000)


def ask(qtbot, page: CertificatesPage, around: Surroundings, request: Path) -> None:
    page.granting.take([request])
    idle(qtbot, around)
    # New labels are shown by the layout's own pass through the event loop.
    QCoreApplication.sendPostedEvents()


def grant(qtbot, page: CertificatesPage, around: Surroundings, typed: str) -> None:
    commit(page.granting.digits.boxes[0], typed)
    page.granting.grant.click()
    idle(qtbot, around)


def words_on(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_a_new_district_is_offered_one_thing_to_do(qtbot, reviewer: Desk, around) -> None:
    page = shown(qtbot, reviewer, around)

    buttons = [one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()]

    assert buttons == ["建立签发机构"]


def test_founding_shows_the_digits_in_five_groups(qtbot, reviewer: Desk, around) -> None:
    page = shown(qtbot, reviewer, around)

    page.found.click()
    idle(qtbot, around)

    assert page.root.digits.text() == reviewer.holding.root_digits()
    assert [len(one) for one in page.root.digits.text().split()] == [4] * 5
    assert not page.found.isVisible()


def test_the_notice_carries_the_digits_on_paper(qtbot, tmp_path: Path, district: Desk, around, said: Said) -> None:
    page = shown(qtbot, district, around)
    said.answers = [tmp_path / "通知.pdf"]

    page.root.notice.click()
    idle(qtbot, around)

    with pypdfium2.PdfDocument(tmp_path / "通知.pdf") as document:
        text = document[0].get_textpage().get_text_range()
    assert district.holding.root_digits().replace(" ", "") in "".join(text.split())
    assert page.root.done.isVisible()


def test_the_digits_can_be_copied(qtbot, district: Desk, around) -> None:
    page = shown(qtbot, district, around)

    page.root.copy.click()

    assert QGuiApplication.clipboard().text() == district.holding.root_digits()


def test_root_and_list_are_written_for_others(qtbot, tmp_path: Path, district: Desk, around, said: Said) -> None:
    page = shown(qtbot, district, around)
    said.answers = [tmp_path / "out"]

    page.root.export.click()

    assert {one.suffix for one in (tmp_path / "out").iterdir()} == {".cer", ".crl"}


def test_a_request_says_who_asks_and_keeps_its_digits_to_the_paper(qtbot, founded, district, around, digits) -> None:
    page = shown(qtbot, district, around)

    ask(qtbot, page, around, founded / "申请.pdf")

    words = words_on(page.granting)
    assert district.enrolling.issuing.own_name_for(OTHER) in words
    assert OTHER in words
    assert "这是第一次" in words
    assert digits[:4] not in words.replace(OTHER, "")
    assert not page.granting.grant.isEnabled()


def test_wrong_digits_grant_nothing_and_are_said_in_place(
    qtbot, founded, district, around, digits, said: Said, tmp_path
) -> None:
    page = shown(qtbot, district, around)
    ask(qtbot, page, around, founded / "申请.pdf")
    said.answers = [tmp_path]
    last = "0" if digits[-1] != "0" else "1"

    grant(qtbot, page, around, digits[:-1] + last)

    assert page.granting.wrong.isVisible()
    assert not said.told
    assert not district.enrolling.entries()
    assert not list(tmp_path.glob("*.pdf"))


def test_right_digits_write_a_grant_that_the_village_accepts(
    qtbot, founded, district: Desk, around, digits, said: Said, tmp_path, noon
) -> None:
    page = shown(qtbot, district, around)
    ask(qtbot, page, around, founded / "申请.pdf")
    said.answers = [tmp_path]

    grant(qtbot, page, around, digits)

    written = tmp_path / f"开通证书_{OTHER}.pdf"
    village = open_book(Path(shutil.copytree(founded / "village", tmp_path / "village")), PASSWORD)
    with village.closing():
        village.enrolling.accept(written, root_digits_typed=district.holding.root_digits())
        assert village.enrolling.certificate_facts()
    assert [line.cells[0] for line in page.issued.table.lines.lines] == [IN_USE]
    assert "已给" in page.granting.done.words.text()


def test_the_second_request_of_an_office_shows_the_first(
    qtbot, founded, district, around, digits, said, tmp_path
) -> None:
    page = shown(qtbot, district, around)
    said.answers = [tmp_path]
    ask(qtbot, page, around, founded / "申请.pdf")
    grant(qtbot, page, around, digits)

    ask(qtbot, page, around, founded / "申请.pdf")

    assert "发过一张，在用" in words_on(page.granting)


def test_requests_dropped_together_wait_in_line(qtbot, founded, district, around, digits, said, tmp_path) -> None:
    page = shown(qtbot, district, around)
    said.answers = [tmp_path]
    page.granting.take([founded / "申请.pdf", founded / "申请.pdf"])
    idle(qtbot, around)
    waiting = words_on(page.granting)

    grant(qtbot, page, around, digits)
    idle(qtbot, around)

    assert "后面还有 1 份" in waiting
    assert page.granting.applicant is not None
    assert "后面还有" not in words_on(page.granting)


def test_another_file_is_refused_in_words(qtbot, district, around, said: Said, tmp_path) -> None:
    strange = tmp_path / "相片.pdf"
    strange.write_bytes(b"not a sealed document")
    page = shown(qtbot, district, around)

    ask(qtbot, page, around, strange)

    assert "相片.pdf" in said.told[0][1]
    assert page.granting.applicant is None


def test_of_several_files_that_cannot_be_opened_each_is_named(qtbot, district, around, said: Said, tmp_path) -> None:
    strange = [tmp_path / "相片.pdf", tmp_path / "通知.pdf"]
    for one in strange:
        one.write_bytes(b"not a sealed document")
    page = shown(qtbot, district, around)

    page.granting.take(strange)
    qtbot.waitUntil(lambda: len(said.told) == 2, timeout=30_000)

    assert all(one.name in said.told[-1][1] for one in strange)


def test_stopping_tells_what_follows_and_waits_for_yes(
    qtbot, founded, district, around, digits, said, tmp_path
) -> None:
    page = shown(qtbot, district, around)
    said.answers = [tmp_path, False, True]
    ask(qtbot, page, around, founded / "申请.pdf")
    grant(qtbot, page, around, digits)

    page.issued.table.selectRow(0)
    page.issued.stop.click()
    page.issued.strip.yes.click()
    after_no = [one.status for one in district.enrolling.entries()]
    page.issued.strip.yes.click()
    idle(qtbot, around)

    assert "不能恢复" in said.told[0][1]
    assert after_no == [IN_USE]
    assert [one.status for one in district.enrolling.entries()] == [STOPPED]
    assert "密钥遗失" in page.issued.table.lines.lines[0].cells[-1]
    assert not page.issued.stop.isEnabled()


def test_another_reason_has_to_be_written_down(qtbot, founded, district, around, digits, said, tmp_path) -> None:
    page = shown(qtbot, district, around)
    said.answers = [tmp_path]
    ask(qtbot, page, around, founded / "申请.pdf")
    grant(qtbot, page, around, digits)
    page.issued.table.selectRow(0)
    page.issued.stop.click()
    strip = page.issued.strip

    strip.reason.setCurrentIndex(strip.reason.count() - 1)
    strip.yes.click()

    assert strip.more.property("tone") == "wrong"
    assert not said.told


def test_certificates_are_found_by_initials(qtbot, founded, district, around, digits, said, tmp_path) -> None:
    page = shown(qtbot, district, around)
    said.answers = [tmp_path]
    ask(qtbot, page, around, founded / "申请.pdf")
    grant(qtbot, page, around, digits)

    found = []
    for typed in ("dx", "军营"):
        with qtbot.waitSignal(page.issued.search.settled):
            page.issued.search.setText(typed)
        found.append(page.issued.table.lines.rowCount())

    assert found == [1, 0]


def test_a_certificate_is_said_to_end_ninety_days_before(qtbot, founded, district, around, digits, tmp_path) -> None:
    district.enrolling.grant(founded / "申请.pdf", fingerprint=digits, out=tmp_path / "证书.pdf")
    entry = district.enrolling.entries()[0]

    states = [state_of(entry, entry.not_after - timedelta(days=days)) for days in (91, 90, -1)]

    assert states == [IN_USE, ENDING, ENDED]


def test_typing_runs_through_the_boxes(qtbot) -> None:
    groups = DigitGroups("数字", Theme())
    qtbot.addWidget(groups)
    groups.show()
    groups.boxes[0].setFocus()

    for place, digit in enumerate("12345678"):
        QTest.keyClicks(groups.boxes[place // 4], digit)

    assert [box.text() for box in groups.boxes] == ["1234", "5678", "", "", ""]
    assert not groups.is_whole


def test_pasted_and_full_width_digits_are_shared_out(qtbot) -> None:
    groups = DigitGroups("数字", Theme())
    qtbot.addWidget(groups)
    whole: list[bool] = []
    groups.changed.connect(whole.append)

    commit(groups.boxes[0], "１２３４ 5678-9012 3456 7890")

    assert groups.digits == "12345678901234567890"
    assert whole[-1] is True


def test_backspace_in_an_empty_box_goes_back(qtbot) -> None:
    groups = DigitGroups("数字", Theme())
    qtbot.addWidget(groups)
    groups.show()
    groups.activateWindow()
    commit(groups.boxes[0], "1234")

    QTest.keyClick(groups.boxes[1], Qt.Key.Key_Backspace)
    QTest.keyClick(groups.boxes[0], Qt.Key.Key_Backspace)

    assert groups.boxes[0].text() == "123"


def test_a_taken_file_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "开通证书_1.pdf").write_bytes(b"")

    assert free_path(tmp_path, "开通证书_1") == tmp_path / "开通证书_1_2.pdf"


def test_a_township_asks_the_district_instead(qtbot, district: Desk, around, said: Said, tmp_path) -> None:
    township = create_book(tmp_path / "township", code="350212105", password=PASSWORD, cost=CHEAP).desk
    with township.closing():
        page = shown(qtbot, township, around)
        said.answers = [tmp_path / "申请.pdf"]
        page.township.ask.click()
        idle(qtbot, around)
        typed = page.township.digits.text()
        district.enrolling.grant(tmp_path / "申请.pdf", fingerprint=typed, out=tmp_path / "证书.pdf")
        said.answers = [tmp_path / "证书.pdf"]
        page.township.typed.setText(district.holding.root_digits())
        page.township.take.click()
        idle(qtbot, around)

        assert page.root is None
        assert "已开通" in page.township._state.text()
        end = datetime.fromisoformat(township.enrolling.certificate_facts()["not_after"])
        with frozen(end + timedelta(days=3)):
            page.refresh()
            assert page.township._state.text().endswith("已经过期。要继续使用，请重新生成开通申请，再办一次开通。")
            assert page.township._state.property("tone") == "wrong"


def test_every_control_has_a_name_to_be_spoken(qtbot, founded, district, around) -> None:
    page = shown(qtbot, district, around)
    ask(qtbot, page, around, founded / "申请.pdf")

    kinds = (QAbstractButton, QLineEdit, QComboBox, QTableView)
    found = [one for kind in kinds for one in page.findChildren(kind) if one.isVisible()]

    assert len(found) >= 10
    assert not [one for one in found if not one.accessibleName() and "qt_" not in one.objectName()]


def test_a_second_computer_of_an_office_asks_for_a_second_person(
    qtbot, founded, district, around, digits, said, tmp_path
) -> None:
    page = shown(qtbot, district, around)
    said.answers = [tmp_path]
    ask(qtbot, page, around, founded / "申请.pdf")
    grant(qtbot, page, around, digits)
    twin = create_book(tmp_path / "另一台", code=OTHER, desk="clerk", password=PASSWORD, cost=CHEAP).desk
    with twin.closing():
        other = twin.enrolling.request(tmp_path / "另一台.pdf")

    ask(qtbot, page, around, tmp_path / "另一台.pdf")
    commit(page.granting.digits.boxes[0], other.fingerprint.replace(" ", ""))

    assert page.granting.second.isVisible()
    assert not page.granting.grant.isEnabled()
    commit(page.granting.second, "郑小满")
    page.granting.grant.click()
    idle(qtbot, around)
    assert [line.cells[0] for line in page.issued.table.lines.lines] == [IN_USE, IN_USE]

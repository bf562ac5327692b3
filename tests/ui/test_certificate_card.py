"""The village's certificate in its settings: in order, stopped by the district, asked for anew with another key."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.journeys.invented import district_desk, enrol
from tests.ui.pages import show_fresh, show_page
from tests.ui.said import Said
from tests.ui.test_returns_page import ask_for
from ui.certificates.page import CertificatesPage
from ui.returns.page import ReturnsPage
from ui.settings.certificate import certificate_card
from xmdesk.clock import frozen
from xmdesk.periods import Period
from xmdesk.services.desk import Desk


def words(card: QWidget) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel) if not one.isHidden())


@pytest.fixture
def enrolled(desk, tmp_path: Path):
    district = district_desk(tmp_path / "区")
    enrol(desk, district, tmp_path)
    yield district
    district.upkeep.close()


def test_a_certificate_that_the_district_stopped_is_told_as_soon_as_its_list_comes(
    qtbot, desk, enrolled, around, tmp_path: Path
) -> None:
    card = certificate_card(desk, around)
    qtbot.addWidget(card)
    assert "已开通" in words(card)
    period = Period("2026Q4")
    enrolled.enrolling.revoke(desk.office.office().code, reason="电脑被盗")
    task = enrolled.tasks.issue(period, due_on=period.last, out=tmp_path / "任务")
    desk.reviewing.take(task.path)
    around.changes.announce("已收采集任务")
    assert "停用本机的证书" in words(card)


def test_a_new_key_is_made_only_after_a_yes(qtbot, desk, enrolled, around, said: Said, tmp_path: Path) -> None:
    card = certificate_card(desk, around)
    qtbot.addWidget(card)
    keeper = card.property("keeper")
    said.answers = [False]
    keeper.renew.click()
    assert desk.enrolling.signer()
    said.answers = [True, tmp_path / "申请.pdf"]
    keeper.renew.click()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=60_000)
    assert (tmp_path / "申请.pdf").exists()
    assert desk.enrolling.certificate_facts() == {}
    assert "核对数字" in words(card)


def test_a_certificate_that_is_over_is_told_with_the_way_on(qtbot, desk, enrolled, around) -> None:
    end = datetime.fromisoformat(desk.enrolling.certificate_facts()["not_after"])

    with frozen(end + timedelta(days=3)):
        card = certificate_card(desk, around)
        qtbot.addWidget(card)

    assert "已经过期，不能再密封上报" in words(card)
    assert "请重新生成开通申请" in words(card)
    assert "已开通" not in words(card)


def test_a_return_says_above_everything_that_the_certificate_is_over_or_will_be_when_it_is_due(
    qtbot, desk, enrolled, around, said: Said
) -> None:
    end = datetime.fromisoformat(desk.enrolling.certificate_facts()["not_after"])
    told: list[tuple[str, str]] = []
    for days in (3, -20):
        with frozen(end + timedelta(days=days)):
            page = ReturnsPage(desk, around)
            ask_for(desk, page.chosen.text, (end + timedelta(days=days + 40)).date())
            show_fresh(qtbot, page)
            assert page.enrol.isVisible()
            assert not page.seal.seal.isEnabled()
            told.append((page.enrol.words.text(), page.seal._words.text()))

    assert "已经过期，要重新申请才能密封" in told[0][0]
    assert "上报证书已经过期" in told[0][1]
    assert "就过期，这一期截止是" in told[1][0]
    assert "过期" not in told[1][1]
    assert said.told == []


def test_a_district_says_until_when_its_letters_are_taken(qtbot, reviewer: Desk, around) -> None:
    reviewer.enrolling.init()
    page = show_page(qtbot, CertificatesPage(reviewer, around))
    assert page.root is not None
    end = datetime.fromisoformat(reviewer.holding.certificate_facts()["not_after"])
    before = page.root.valid.text(), page.root.valid.property("tone")

    with frozen(end + timedelta(days=3)):
        page.refresh()

    assert before == ("本区发回执和任务用的证书，有效期到 2028年11月22日。", "")
    assert "到 2028年11月22日 已经过期" in page.root.valid.text()
    assert page.root.valid.property("tone") == "wrong"


def test_a_return_says_above_everything_that_the_code_is_another_than_the_certificates(
    qtbot, desk, enrolled, around
) -> None:
    own = desk.office.office().code
    desk.office.save_office(desk.office.office().changed(code="350212105207"))
    went: list[tuple[str, ...]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))

    page = show_fresh(qtbot, ReturnsPage(desk, around))
    told = page.enrol.words.text()
    page.enrol.no.click()  # type: ignore[union-attr]  # it has two answers
    page.enrol.yes.click()
    card = certificate_card(desk, around)
    qtbot.addWidget(card)
    desk.office.save_office(desk.office.office().changed(code=own))
    page.refresh()

    assert f"和上报证书上的 {own} 不一样" in told
    assert [one[0] for one in went] == ["office", "settings"]
    assert "这样不能密封上报" in words(card)
    assert page.enrol.isHidden()


def test_another_certificate_is_asked_for_under_the_code_that_the_office_has_now(
    qtbot, desk, enrolled, around, said: Said, tmp_path: Path
) -> None:
    desk.office.save_office(desk.office.office().changed(code="350212105207"))
    card = certificate_card(desk, around)
    qtbot.addWidget(card)
    said.answers = [True, tmp_path / "申请.pdf"]

    card.property("keeper").renew.click()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=60_000)
    asked = desk.enrolling.request(tmp_path / "同一份.pdf").fingerprint
    granted = enrolled.enrolling.grant(tmp_path / "申请.pdf", fingerprint=asked, out=tmp_path / "新证书.pdf")
    desk.enrolling.accept(tmp_path / "新证书.pdf", root_digits_typed=enrolled.enrolling.root_digits())

    assert granted.code == "350212105207"
    assert desk.enrolling.certificate_facts()["other_code"] == ""
    assert desk.enrolling.signer()

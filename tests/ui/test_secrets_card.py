"""Another password and another recovery code, asked in the settings; the old ones hold until the new ones are kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.journeys.invented import PASSWORD
from tests.ui.said import Said
from ui.compose import prove_password
from ui.settings.page import SettingsPage
from ui.settings.secrets import SecretsCard
from ui.shared.surroundings import Surroundings
from xmdesk.errors import Fault
from xmdesk.services.desk import Desk

NEW = "晒谷场边两棵老龙眼"


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> SettingsPage:
    made = SettingsPage(desk, around)
    made.resize(1160, 900)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def card(page: SettingsPage) -> SecretsCard:
    return page.secrets


def wait(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)


def ask_change(card: SecretsCard, old: str, new: str = NEW) -> None:
    card.change.click()
    card.old.setText(old)
    card.fresh.first.setText(new)
    card.fresh.second.setText(new)


def test_the_settings_open_with_the_cursor_on_the_first_setting(qtbot, page: SettingsPage) -> None:
    page.activateWindow()
    page.begin()

    assert page.focusWidget() is page.sizes[100]


def test_nothing_is_asked_before_somebody_wants_to_change_something(card: SecretsCard) -> None:
    assert not card.old.isVisible()
    assert not card.fresh.first.isVisible()
    assert not card.code.isVisible()


def test_the_password_is_changed_with_the_old_one_and_the_new_one_twice(
    qtbot, card: SecretsCard, desk: Desk, around: Surroundings, said: Said
) -> None:
    ask_change(card, PASSWORD)
    QTest.keyClick(card.fresh.second, Qt.Key.Key_Return)
    wait(qtbot, around)

    prove_password(desk.folder, NEW)
    with pytest.raises(Fault, match="T-PASSWORD-WRONG"):
        prove_password(desk.folder, PASSWORD)
    assert card._banner.isVisible()
    assert card._said.text().startswith("密码已换。")
    assert not card.old.isVisible()
    assert said.told == []


def test_a_wrong_old_password_is_told_beside_its_line(
    qtbot, card: SecretsCard, desk: Desk, around: Surroundings, said: Said
) -> None:
    ask_change(card, "不是这个密码呀呀")
    card.go.click()
    wait(qtbot, around)

    prove_password(desk.folder, PASSWORD)
    assert card.wrong.isVisible()
    assert "密码" in card.wrong.text()
    assert card.fresh.first.text() == NEW
    assert said.told == []


def test_a_weak_or_unlike_new_password_cannot_be_sent(card: SecretsCard) -> None:
    ask_change(card, PASSWORD, "12345678")
    is_weak_sent = card.go.isEnabled()
    card.fresh.first.setText(NEW)
    is_unlike_sent = card.go.isEnabled()

    assert not is_weak_sent
    assert not is_unlike_sent


def test_another_recovery_code_holds_once_its_last_group_was_typed(
    qtbot, card: SecretsCard, desk: Desk, around: Surroundings
) -> None:
    around.preferring.change(unwritten=str(desk.folder))
    card.renew.click()
    card.old.setText(PASSWORD)
    card.go.click()
    wait(qtbot, around)
    shown = card.code._code.text()
    is_ready_before = card.go.isEnabled()
    card.code.typed.setText(shown.rsplit("-", 1)[-1])
    card.go.click()

    assert not is_ready_before
    assert opens(desk, shown)
    assert card._said.text().startswith("恢复码已换。")
    assert around.preferring.current.unwritten == ""


def test_a_code_that_was_not_written_down_does_not_replace_the_old_one(
    qtbot, card: SecretsCard, desk: Desk, around: Surroundings, page: SettingsPage
) -> None:
    card.renew.click()
    card.old.setText(PASSWORD)
    card.go.click()
    wait(qtbot, around)
    shown = card.code._code.text()
    page.hide()
    page.show()

    assert not opens(desk, shown)
    assert card.code._code.text() == ""
    assert not card.code.isVisible()


def opens(desk: Desk, code: str) -> bool:
    from db.book import KEYBOX, read_keybox

    try:
        read_keybox(desk.folder / KEYBOX).open_with_recovery(code)
    except Fault:
        return False
    return True

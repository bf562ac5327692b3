"""Settings: letters only as large as the screen has room for, and the way out of the book."""

import pytest
from PySide6.QtWidgets import QPushButton

from ui.settings.page import SettingsPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, reviewer: Desk, around: Surroundings) -> SettingsPage:
    made = SettingsPage(reviewer, around)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("wide", "offered"), [(1366, [100, 125, 150]), (1360, [100, 125, 150]), (1280, [100, 125]), (1024, [100])]
)
def test_only_letters_that_fit_the_screen_are_offered(page: SettingsPage, wide: int, offered: list[int]) -> None:
    page.offer_sizes(wide)

    assert [percent for percent, one in page.sizes.items() if one.isEnabled()] == offered


def test_why_a_size_is_not_offered_is_said(page: SettingsPage) -> None:
    page.offer_sizes(1366)
    before = page.too_large.isHidden()

    page.offer_sizes(1280)

    assert before
    assert "“特大”" in page.too_large.text()
    assert "“大”" not in page.too_large.text()


def test_the_book_is_locked_from_the_title_line_and_not_from_among_the_backups(page: SettingsPage, around) -> None:
    went = []
    around.travel.wanted.connect(lambda place, *_: went.append(place))

    page.lock.click()

    assert went == ["lock"]
    assert "锁定" not in [one.text() for one in page.backups.findChildren(QPushButton)]


def test_who_is_sent_to_the_certificate_finds_the_cursor_on_it(qtbot, desk: Desk, around: Surroundings) -> None:
    page = SettingsPage(desk, around)
    page.resize(1100, 400)
    qtbot.addWidget(page)
    page.show()

    page.show_record("", "certificate")

    here = page.focusWidget()
    assert isinstance(here, QPushButton)
    assert here.text() == "生成开通申请"


def test_the_practice_book_offers_neither_certificate_nor_password(qtbot, desk: Desk, around: Surroundings) -> None:
    desk.office.set_setting("practice", True, label="练习")
    page = SettingsPage(desk, around)
    qtbot.addWidget(page)

    assert not {"生成开通申请", "换密码"} & {one.text() for one in page.findChildren(QPushButton)}


def test_a_size_that_waits_for_a_larger_screen_is_said_to_be_kept(page: SettingsPage, around: Surroundings) -> None:
    around.preferring.change(percent=150)

    page.offer_sizes(1280)

    assert "换到大屏幕上再打开就恢复" in page.too_large.text()
    assert [percent for percent, one in page.sizes.items() if one.isChecked()] == [100]


def test_clicking_the_size_in_force_leaves_it_chosen(page: SettingsPage) -> None:
    page.sizes[100].click()

    assert [percent for percent, one in page.sizes.items() if one.isChecked()] == [100]

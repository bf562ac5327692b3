"""A forgotten password: the recovery code opens the book, its keys and a new password."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.typing import commit
from ui.compose import change_password, create_book, open_book, recover_book
from ui.shared.surroundings import Surroundings
from ui.start.recover import Recover
from xmdesk.errors import Fault
from xmdesk.services.keyring import SEAL
from xmdesk.trust.argon import FLOOR_COST

OLD, NEW = "Lianhua-2026-old", "Lianhua-2026-new"


@pytest.fixture
def book(tmp_path: Path) -> tuple[Path, str]:
    made = create_book(tmp_path / "book", code="350212105206", password=OLD, cost=FLOOR_COST)
    with made.desk.closing() as desk:
        desk.keyring.make(SEAL)
    return tmp_path / "book", made.recovery_code


def test_the_recovery_code_gives_a_new_password_and_the_same_keys(book: tuple[Path, str]) -> None:
    folder, code = book
    with open_book(folder, OLD).closing() as desk:
        before = desk.keyring.key(SEAL).private_numbers()

    with recover_book(folder, code.lower(), NEW).closing() as desk:
        assert desk.keyring.key(SEAL).private_numbers() == before
    with pytest.raises(Fault, match="T-PASSWORD-WRONG"):
        open_book(folder, OLD)
    open_book(folder, NEW).upkeep.close()


def test_a_changed_password_replaces_the_old_one(book: tuple[Path, str]) -> None:
    folder, _ = book

    change_password(folder, OLD, NEW)

    open_book(folder, NEW).upkeep.close()
    with pytest.raises(Fault, match="T-PASSWORD-WRONG"):
        open_book(folder, OLD)


def test_after_five_wrong_passwords_one_has_to_wait(book: tuple[Path, str]) -> None:
    folder, _ = book
    for _ in range(6):
        with pytest.raises(Fault):
            open_book(folder, "wrong-wrong")

    with pytest.raises(Fault, match="LOGIN-WAIT"):
        open_book(folder, OLD)


def test_the_page_opens_the_book_with_code_and_new_password(
    book: tuple[Path, str], around: Surroundings, qtbot
) -> None:
    folder, code = book
    page = Recover(folder, around)
    qtbot.addWidget(page)
    page.code.setText(code)
    page.passwords.first.setText(NEW)
    page.passwords.second.setText(NEW)
    assert page.renew.isEnabled()

    with qtbot.waitSignal(page.opened, timeout=10_000) as opened:
        page.renew_now()

    opened.args[0].upkeep.close()


def test_enter_goes_from_line_to_line_and_opens_the_book_at_the_end(
    book: tuple[Path, str], around: Surroundings, qtbot
) -> None:
    folder, code = book
    page = Recover(folder, around)
    qtbot.addWidget(page)
    page.show()
    went: list[QWidget | None] = []
    enter = Qt.Key.Key_Return
    page.code.setFocus()
    for line, text in ((page.code, code), (page.passwords.first, NEW)):
        commit(line, text)
        QTest.keyClick(line, enter)
        went.append(page.focusWidget())
    commit(page.passwords.second, NEW)
    with qtbot.waitSignal(page.opened, timeout=10_000) as opened:
        QTest.keyClick(page.passwords.second, enter)

    opened.args[0].upkeep.close()
    assert went == [page.passwords.first, page.passwords.second]


def test_a_wrong_code_is_told_beside_the_field(book: tuple[Path, str], around: Surroundings, qtbot) -> None:
    folder, code = book
    page = Recover(folder, around)
    qtbot.addWidget(page)
    page.code.setText(code[:-1] + ("A" if code[-1] != "A" else "B"))
    page.passwords.first.setText(NEW)
    page.passwords.second.setText(NEW)

    page.renew_now()

    qtbot.waitUntil(lambda: bool(page._words.text()), timeout=10_000)
    open_book(folder, OLD).upkeep.close()

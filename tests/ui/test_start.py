"""The gate: first start in four steps, the password of a book, and what is said when it is wrong."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel

from tests.journeys.invented import CHEAP, PASSWORD
from tests.ui.said import Said
from tests.ui.typing import commit
from ui import compose
from ui.compose import open_book
from ui.notice_bar import NoticeBar
from ui.shared.preferences import read_preferences
from ui.shared.secret_steps import strength
from ui.start.first import FirstStart
from ui.start.gate import Gate
from ui.start.office_step import formal_name
from ui.start.recover import Recover
from ui.start.restoring import Restoring
from ui.start.unlock import Unlock
from ui.window import Window
from xmdesk.divisions import Divisions


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of test books are derived cheaply."""
    make = compose.create_book
    monkeypatch.setattr(compose, "create_book", lambda folder, **about: make(folder, **{**about, "cost": CHEAP}))


def first(window: Window) -> FirstStart:
    found = window.findChild(FirstStart)
    assert isinstance(found, FirstStart)
    return found


def choose_office(start: FirstStart, qtbot, typed: str) -> None:
    commit(start.office.search, typed)
    qtbot.waitUntil(lambda: start.office.chosen is not None)


def three_steps(window: Window, qtbot) -> FirstStart:
    """A clerk's office with a password; its book is being made."""
    start = first(window)
    QTest.mouseClick(start.which.cards["clerk"], Qt.MouseButton.LeftButton)
    choose_office(start, qtbot, "莲花 军营")
    start.forward()
    for line in (start.password.first, start.password.second):
        commit(line, PASSWORD)
    start.forward()
    return start


def test_a_card_leads_on_and_there_is_nothing_to_press_before_one_was_chosen(window: Window) -> None:
    start = first(window)
    offered = start.next.isVisible()

    QTest.keyClick(start.which.cards["clerk"], Qt.Key.Key_Return)
    reached = start.place
    start.backward()

    assert (offered, reached) == (False, 1)
    assert start.next.isVisible()
    assert start.next.isEnabled()


def test_a_clerk_is_ready_after_four_steps(window: Window, said: Said, qtbot) -> None:
    start = three_steps(window, qtbot)
    qtbot.waitUntil(lambda: start.place == 3 or bool(said.told), timeout=20_000)
    assert said.told == []
    assert (start.next.text(), start.next.accessibleName()) == ("开始使用", "开始使用")
    commit(start.recovery.typed, start.recovery._last.lower())
    start.forward()

    assert window.desk is not None
    office = window.desk.office.office()
    assert (office.code, office.name) == ("350212105206", "军营村村民委员会")
    assert window.shell is not None
    assert window.shell.here == "today"
    assert read_preferences().book == str(window.desk.folder)


def test_who_ends_before_the_code_was_written_down_finds_the_book_again_and_is_told(
    window: Window, said: Said, qtbot, qapp
) -> None:
    start = three_steps(window, qtbot)
    qtbot.waitUntil(lambda: start.place == 3, timeout=20_000)

    window.close()
    folder = Path(read_preferences().book)
    again = Window(qapp, read_preferences(), dialogs=said)
    qtbot.addWidget(again)
    again.show()
    asked = again.findChild(Unlock) is not None
    again.open_desk(open_book(folder, PASSWORD))
    bars = [label.text() for bar in again.findChildren(NoticeBar) for label in bar.findChildren(QLabel)]
    again.close_desk()

    assert asked
    assert not any("没有正常" in words for words in bars)
    assert any("恢复码还没有抄下来" in words for words in bars)


def test_a_reviewer_chooses_a_township_or_district(window: Window, qtbot) -> None:
    start = first(window)
    QTest.mouseClick(start.which.cards["reviewer"], Qt.MouseButton.LeftButton)

    choose_office(start, qtbot, "同安")

    assert start.office.chosen is not None
    assert start.office.chosen.code == "350212"


def items(start: FirstStart) -> list[str]:
    found = start.office.found
    return [found.item(place).text() for place in range(found.count())]


def click(start: FirstStart, words: str) -> None:
    found = start.office.found
    item = next(found.item(place) for place in range(found.count()) if found.item(place).text().startswith(words))
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=found.visualItemRect(item).center())


def test_an_office_is_found_without_typing_on_the_way_down_from_the_city(window: Window) -> None:
    start = first(window)
    start.which.choose("clerk")
    before = start.next.isEnabled()

    for name in ("同安区", "莲花镇", "军营村"):
        start.office.found.scrollToTop()
        found = start.office.found
        found.scrollToItem(
            next(found.item(at) for at in range(found.count()) if found.item(at).text().startswith(name))
        )
        click(start, name)

    assert not before
    assert start.office.chosen is not None
    assert start.office.chosen.code == "350212105206"
    assert start.office.name.text() == "军营村村民委员会"
    assert start.next.isEnabled()


def test_the_way_down_leads_up_again_and_offers_a_district_itself_to_a_reviewer(window: Window) -> None:
    start = first(window)
    start.which.choose("reviewer")

    for keys in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(start.office.search, keys)
    inside = items(start)
    start.office.found.setCurrentRow(1)

    assert inside[:2] == ["← 上一级：厦门市", "思明区（就是本级）"]
    assert start.office.chosen is not None
    assert start.office.chosen.code == "350203"
    start.office._open(start.office.found.item(0))
    assert "同安区  →" in items(start)


def test_who_fills_in_and_who_signs_is_asked_once_and_stands_in_the_office(window: Window, said: Said, qtbot) -> None:
    start = first(window)
    start.which.choose("clerk")
    choose_office(start, qtbot, "莲花 军营")
    commit(start.office.people["prepared_by"], "郑小满")
    start.forward()
    for line in (start.password.first, start.password.second):
        commit(line, PASSWORD)
    start.forward()
    qtbot.waitUntil(lambda: start.place == 3 or bool(said.told), timeout=20_000)
    commit(start.recovery.typed, start.recovery._last)
    start.forward()

    assert said.told == []
    assert window.desk is not None
    assert window.desk.store.undoable() is None
    office = window.desk.office.office()
    assert (office.prepared_by, office.signed_off_by) == ("郑小满", "")


def test_a_code_that_is_younger_than_the_list_can_be_used(window: Window, said: Said, qtbot) -> None:
    start = first(window)
    start.which.choose("clerk")
    choose_office(start, qtbot, "350212105999")
    told = start.office.found.currentItem().text()
    before = start.next.isEnabled()

    QTest.keyClick(start.office.search, Qt.Key.Key_Return)
    commit(start.office.name, "新桥村村民委员会")
    start.forward()
    for line in (start.password.first, start.password.second):
        commit(line, PASSWORD)
    start.forward()
    qtbot.waitUntil(lambda: start.place == 3 or bool(said.told), timeout=20_000)
    commit(start.recovery.typed, start.recovery._last)
    start.forward()

    assert not before
    assert "莲花镇 新编的代码 350212105999（2023 年的列表里没有，请逐位核对）" in told
    assert said.told == []
    assert window.desk is not None
    office = window.desk.office.office()
    assert (office.code, office.name) == ("350212105999", "新桥村村民委员会")


@pytest.mark.parametrize("typed", ["35021210599", "350212105", "军营不"])
def test_what_is_no_whole_code_of_a_village_is_not_offered_as_a_new_one(window: Window, typed: str) -> None:
    start = first(window)
    start.which.choose("clerk")
    start.office.search.setText(typed)
    start.office.look()

    assert "新编" not in "".join(start.office.found.item(row).text() for row in range(start.office.found.count()))


def test_the_last_group_of_the_recovery_code_must_be_typed(window: Window) -> None:
    step = first(window).recovery
    step.show_code("AAAAA-BBBBB-CCCCC-DDDDD-EEEEEF")

    commit(step.typed, "EEEEEX")
    wrong = (step.is_ready, step._words.text())
    step.typed.clear()
    commit(step.typed, "eeeeef")

    assert wrong == (False, "和纸上的不一样，请再看一遍")
    assert step.is_ready


def test_two_different_passwords_hold_the_step(window: Window) -> None:
    step = first(window).password
    commit(step.first, PASSWORD)
    commit(step.second, PASSWORD + "!")

    assert not step.is_ready
    assert step._same.text() == "两次输入的不一样"


@pytest.mark.parametrize(
    ("password", "tone"),
    [("", ""), ("短", "wrong"), ("12345678", "wrong"), ("榕树下的石头2", "wrong"), (PASSWORD, "good")],
)
def test_strength_is_said_in_words(password: str, tone: str) -> None:
    said_tone, words = strength(password)

    assert said_tone == tone
    assert bool(words) == bool(password)


def test_the_name_on_the_stamp_is_guessed() -> None:
    divisions = Divisions()
    village = divisions.get("350212105206")
    assert village is not None

    assert formal_name(village) == "军营村村民委员会"


def test_a_wrong_password_is_said_below_the_line(filled_book: Path, around, qtbot) -> None:
    unlock = Unlock(filled_book, around)
    qtbot.addWidget(unlock)
    unlock.show()
    commit(unlock.password, "不是这个密码")

    unlock.open_now()

    qtbot.waitUntil(lambda: unlock._words.text() != "", timeout=20_000)
    assert unlock.password.property("tone") == "wrong"


def test_the_right_password_opens_the_book(filled_book: Path, around, qtbot) -> None:
    unlock = Unlock(filled_book, around)
    qtbot.addWidget(unlock)
    opened: list = []
    unlock.opened.connect(opened.append)
    commit(unlock.password, PASSWORD)

    unlock.open_now()

    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened[0].office.office().name == "榕下村村民委员会"
    opened[0].upkeep.close()


def test_the_gate_asks_for_the_password_of_the_book_opened_last(filled_book: Path, around, qtbot) -> None:
    gate = Gate(str(filled_book), around)
    qtbot.addWidget(gate)

    assert gate.findChild(Unlock) is not None


def test_the_gate_begins_anew_when_the_book_is_gone(tmp_path: Path, around, qtbot) -> None:
    gate = Gate(str(tmp_path / "gone"), around)
    qtbot.addWidget(gate)

    assert gate.findChild(FirstStart) is not None


def test_a_forgotten_password_is_renewed_on_one_page_with_one_title_and_lines_of_one_width(
    tmp_path: Path, around, qtbot
) -> None:
    page = Recover(tmp_path, around)
    qtbot.addWidget(page)
    page.resize(1026, 728)
    page.show()

    titles = [one.text() for one in page.findChildren(QLabel) if one.property("role") == "title"]

    assert titles == ["忘记密码"]
    qtbot.waitUntil(lambda: page.passwords.first.width() == page.passwords.second.width() == page.code.width())
    assert [one.text() for one in page.passwords.findChildren(QLabel) if not one.text()] == []


def test_restoring_stands_in_the_middle(around, qtbot) -> None:
    page = Restoring(around, None)
    qtbot.addWidget(page)
    page.resize(1400, 800)
    page.show()
    (card,) = [one for one in page.findChildren(QFrame) if one.property("role") == "card"]

    qtbot.waitUntil(lambda: abs(card.geometry().center().x() - page.rect().center().x()) <= 1)

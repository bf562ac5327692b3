"""From one problem to the next by F8: the list keeps its place, the form shows the field, nothing stands there twice."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.checked import cursor, looked, opened, settled
from tests.ui.reading import disordered
from tests.ui.typing import commit
from ui.problem_list import ProblemList
from ui.shared.fields.field import Field, field_around
from ui.shell import Shell
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.records.people import LegalHelper
from xmdesk.records.submission import Explanation
from xmdesk.services.desk import Desk

SEVERAL = 4


@pytest.fixture
def shell(window: Window, desk: Desk) -> Shell:
    """A book in which four facilities have no place: four gaps in a row."""
    records = desk.store.all(Facility)[:SEVERAL]
    desk.registers.save_all([one.changed(location="") for one in records], label="修改设施")
    return opened(window, desk)


@pytest.fixture
def panel(qtbot, shell: Shell) -> ProblemList:
    """The gaps in the places of facilities alone, with the cursor in the list."""
    made = looked(qtbot, shell)
    made.places.selectRow([one.key for one in made.places.lines.lines].index("facilities"))
    commit(made.search, "坐落")
    made.search.settle()
    made.focus_list()
    return made


def press(shell: Shell, key: Qt.Key, *, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(cursor(shell) or shell, key, modifier)


def write(shell: Shell, text: str) -> None:
    """Type where the cursor stands."""
    here = cursor(shell)
    assert here is not None
    commit(here, text)


def field_here(shell: Shell) -> Field | None:
    return field_around(cursor(shell))


def page_of(shell: Shell) -> Any:
    return shell.pages[shell.here]


def in_front(shell: Shell) -> tuple[str, str]:
    """The record in the form, and the field with the cursor."""
    field = field_here(shell)
    return page_of(shell).editor.uid, field.spec.name if field is not None else ""


def targets(panel: ProblemList) -> list[tuple[str, str]]:
    return [one.target[1:] for one in panel._shown]


def in_view(field: QWidget, shell: Shell) -> bool:
    port = page_of(shell).editor.form._scroll.viewport()
    return port.rect().contains(QRect(field.mapTo(port, QPoint()), field.size()))


def test_f8_walks_down_the_list_and_shift_f8_up_again(qtbot, shell: Shell, panel: ProblemList) -> None:
    wanted = targets(panel)
    walked = []
    for _ in range(3):
        press(shell, Qt.Key.Key_F8)
        walked.append(in_front(shell))
    press(shell, Qt.Key.Key_F8, shift=True)

    assert len(wanted) == SEVERAL
    assert walked == wanted[:3]
    assert in_front(shell) == wanted[1]


def test_what_was_put_right_leaves_the_list_and_the_next_is_one_key_away(
    qtbot, shell: Shell, desk: Desk, panel: ProblemList
) -> None:
    wanted = targets(panel)
    press(shell, Qt.Key.Key_Return)
    write(shell, "榕下村1号")
    QTest.keyClick(shell.window(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, shell)
    after_saving = (in_front(shell), targets(panel), panel.table.currentIndex().row())

    press(shell, Qt.Key.Key_F8)

    assert after_saving == (wanted[0], wanted[1:], 0)
    assert in_front(shell) == wanted[1]


def test_f8_saves_what_was_typed_and_skips_nothing(qtbot, shell: Shell, desk: Desk, panel: ProblemList) -> None:
    wanted = targets(panel)
    walked = []
    press(shell, Qt.Key.Key_Return)
    for number in range(SEVERAL - 1):
        write(shell, f"榕下村{number}号")
        press(shell, Qt.Key.Key_F8)
        walked.append(in_front(shell))
        if number == 1:  # one list is made anew on the way, others are not
            settled(qtbot, shell)

    assert walked == wanted[1:]
    assert [desk.registers.get("facilities", uid).location for uid, _ in wanted] == [  # type: ignore[union-attr]
        "榕下村0号",
        "榕下村1号",
        "榕下村2号",
        "",
    ]


def test_the_end_of_the_list_is_said_in_the_foot(shell: Shell, panel: ProblemList) -> None:
    for _ in range(SEVERAL):
        press(shell, Qt.Key.Key_F8)
    here = in_front(shell)

    press(shell, Qt.Key.Key_F8)

    assert in_front(shell) == here == targets(panel)[-1]
    assert "后面没有了" in shell.foot._words.text()


def test_f8_opens_the_list_where_it_is_not_open(qtbot, shell: Shell) -> None:
    shell.go("facilities")
    QTest.keyClick(shell.window(), Qt.Key.Key_F8)

    panel = settled(qtbot, shell)

    assert panel.isVisible()
    assert cursor(shell) is panel.table


def test_f8_means_nothing_on_the_reviewers_desk(window: Window, reviewer: Desk) -> None:
    shell = opened(window, reviewer)

    QTest.keyClick(window, Qt.Key.Key_F8)

    assert shell.check is None
    assert shell.here == "inbox"


def test_the_button_goes_on_as_the_key_does(shell: Shell, panel: ProblemList) -> None:
    panel.head.on.click()
    first = in_front(shell)
    panel.head.on.click()

    assert [first, in_front(shell)] == targets(panel)[:2]


def test_the_list_does_not_jump_when_a_line_in_its_middle_is_gone(qtbot, shell: Shell, desk: Desk) -> None:
    panel = looked(qtbot, shell)
    bar = panel.table.verticalScrollBar()
    row = next(row for row, one in enumerate(panel._shown) if row > 10 and one.target[2] == "built_year")
    bar.setValue(row - 2)
    panel.table.selectRow(row)
    following, top = panel._shown[row + 1].key, bar.value()
    _, uid, _ = panel._shown[row].target
    desk.registers.save(desk.registers.get("facilities", uid).changed(built_year=2019))  # type: ignore[union-attr]

    shell._around.changes.announce("")
    qtbot.waitUntil(lambda: panel.current is not None and panel.current.key == following, timeout=10_000)

    assert (panel.table.currentIndex().row(), bar.value()) == (row, top)


def test_a_line_that_was_explained_does_not_take_the_cursor_along(qtbot, shell: Shell, desk: Desk) -> None:
    panel = looked(qtbot, shell)
    row = next(row for row, one in enumerate(panel._shown) if one.sort == "warning")
    following = panel._shown[row + 1].key
    panel.table.selectRow(row)

    press(shell, Qt.Key.Key_F2)
    commit(panel.reason.line, "上级还没有发文")
    press(shell, Qt.Key.Key_Return)
    settled(qtbot, shell)

    assert len(desk.store.all(Explanation)) == 1
    assert panel.current is not None
    assert panel.current.key == following
    assert cursor(shell) is panel.table


def test_the_form_does_not_list_what_stands_below_the_page(qtbot, shell: Shell) -> None:
    shell.go("facilities")
    own = page_of(shell).editor.problems
    before = own.isVisible()

    panel = looked(qtbot, shell)
    meanwhile = own.isVisible()
    shell.go("persons")
    of_a_fresh_page = page_of(shell).editor.problems.isVisible()
    shell.go("office")
    of_the_office = page_of(shell).problems.isVisible()
    panel.closed.emit()
    shell.go("facilities")

    assert (before, meanwhile, of_a_fresh_page, of_the_office) == (True, False, False, False)
    assert own.isVisible()
    assert shell.pages["persons"].editor.problems.isVisibleTo(shell.pages["persons"])  # type: ignore[attr-defined]


def test_a_form_made_anew_without_the_panel_lists_its_own_problems_again(
    qtbot, window: Window, shell: Shell, reviewer: Desk
) -> None:
    looked(qtbot, shell)

    window.open_desk(reviewer)
    assert window.shell is not None
    window.shell.go("office")
    page: Any = window.shell.pages["office"]

    assert page.problems.isVisible()


def test_the_field_the_person_was_led_to_is_in_view_with_its_advice(qtbot, shell: Shell, panel: ProblemList) -> None:
    press(shell, Qt.Key.Key_Return)
    QTest.qWait(30)

    field = field_here(shell)
    assert field is not None
    assert "坐落" in field._label.text()
    assert "待填" in field._mark.text()
    assert field.rule_words
    assert in_view(field, shell)
    assert disordered(field) == []


def test_the_advice_goes_when_the_cursor_goes_on(qtbot, shell: Shell, panel: ProblemList) -> None:
    press(shell, Qt.Key.Key_Return)
    field = field_here(shell)
    assert field is not None

    press(shell, Qt.Key.Key_Return)

    assert field_here(shell) is not field
    assert field.rule_words == ""


def test_after_undo_the_field_that_changed_is_in_view(qtbot, shell: Shell, desk: Desk) -> None:
    shell.go("facilities")
    page = page_of(shell)
    form = page.editor.form
    record = page.editor.record
    desk.registers.save(record.changed(remark="要请会计核对"))
    page.editor.look_again()
    QTest.qWait(30)
    in_view_after_change = in_view(form.fields["remark"], shell)
    form.to_top()
    assert not in_view(form.fields["remark"], shell)

    shell.act("undo")
    QTest.qWait(30)

    assert in_view_after_change
    assert form.fields["remark"].read() == ""
    assert in_view(form.fields["remark"], shell)


def test_a_field_stays_in_view_when_the_room_gets_smaller(qtbot, shell: Shell) -> None:
    shell.go("facilities")
    page = page_of(shell)
    page.editor.form.fields["location"].setFocus()
    QTest.qWait(30)

    looked(qtbot, shell)
    QTest.qWait(30)

    assert in_view(page.editor.form.fields["location"], shell)


def test_who_scrolls_away_is_not_brought_back(qtbot, shell: Shell) -> None:
    shell.go("facilities")
    form = page_of(shell).editor.form
    form.focus_field("location")
    QTest.qWait(30)
    bar = form._scroll.verticalScrollBar()

    bar.triggerAction(bar.SliderAction.SliderToMaximum)
    form.fields["location"].set_findings(())
    QTest.qWait(30)

    assert bar.value() == bar.maximum() > 0


def test_walking_begins_on_the_page_in_front(qtbot, shell: Shell) -> None:
    shell.go("facilities")
    panel = looked(qtbot, shell)
    first = panel.current

    press(shell, Qt.Key.Key_F8)

    assert first is not None
    assert first.target[0] != "facilities"
    assert shell.here == "facilities"
    assert panel.current is not None
    assert panel.current.target[0] == "facilities"


def test_who_goes_to_another_page_goes_on_there(qtbot, shell: Shell) -> None:
    shell.go("facilities")
    looked(qtbot, shell)
    press(shell, Qt.Key.Key_F8)

    shell.go("office")
    press(shell, Qt.Key.Key_F8)

    assert shell.here == "office"


def test_f8_begins_at_the_page_in_front_where_its_problems_do_not_fit_into_the_list(
    qtbot, shell: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.problem_list.MOST", 2)
    (helper,) = desk.store.all(LegalHelper)[:1]
    desk.registers.save(helper.changed(certificate_no=""))
    made = looked(qtbot, shell)
    before = {one.target[0] for one in made._shown}
    shell.go("legal_helpers")
    shell.setFocus()

    press(shell, Qt.Key.Key_F8)

    assert "legal_helpers" not in before
    assert shell.here == "legal_helpers"
    assert {one.target[0] for one in made._shown} == {"legal_helpers"}
    assert made._place == "legal_helpers"

"""Problems from anywhere: F5 on any page, sifted, jumped to, explained in place; counts in the navigation follow."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.checked import QUARTER, cursor, looked, opened, settled
from tests.ui.typing import commit, type_into
from ui.places import CLERK_PLACES
from ui.problem_list import ProblemList
from ui.registers.page import RegisterPage
from ui.shell import Shell
from ui.window import Window
from xmdesk.periods import Period
from xmdesk.problems import Severity
from xmdesk.records.facility import Facility
from xmdesk.records.submission import Explanation
from xmdesk.services.desk import Desk
from xmdesk.services.field_notes import FieldNotes


@pytest.fixture
def shell(window: Window, desk: Desk) -> Shell:
    return opened(window, desk)


def unnamed(desk: Desk) -> Facility:
    """Take the name of the fourth facility away: an error."""
    record = desk.store.all(Facility)[3]
    desk.registers.save(record.changed(name=""))
    return record


def texts(panel: ProblemList) -> list[tuple[str, ...]]:
    return [one.cells for one in panel.table.lines.lines]


def counts(panel: ProblemList) -> dict[str, str]:
    return {sort: made.text() for sort, made in panel.sorts.items()}


def test_every_line_says_by_an_icon_too_what_it_is(qtbot, window: Window, shell: Shell) -> None:
    window.wake()
    panel = looked(qtbot, shell)

    icons = [panel.table.lines.index(row, 0).data(Qt.ItemDataRole.DecorationRole) for row in range(len(texts(panel)))]

    assert len(icons) > 20
    assert not any(icon is None or icon.isNull() for icon in icons)


@pytest.mark.parametrize("place", [one.id for one in CLERK_PLACES])
def test_f5_on_any_page_lists_what_the_checks_find(qtbot, shell: Shell, desk: Desk, place: str) -> None:
    shell.go(place)

    panel = looked(qtbot, shell)

    found = desk.checking.all(QUARTER)
    assert panel.isVisible()
    assert shell.here == place
    assert len(texts(panel)) == len(found) > 20
    assert cursor(shell) is panel.table


def test_enter_goes_to_the_very_field(qtbot, shell: Shell, desk: Desk) -> None:
    record = unnamed(desk)
    panel = looked(qtbot, shell)
    assert texts(panel)[0][:2] == ("设施 · 未命名", "设施名称")
    panel.table.selectRow(0)

    QTest.keyClick(panel.table, Qt.Key.Key_Return)

    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    line: Any = page.editor.form.fields["name"]
    qtbot.waitUntil(lambda: cursor(shell) is line.line)
    assert page.editor.uid == record.uid
    assert panel.isVisible()


def test_a_click_on_a_line_goes_there_too(qtbot, shell: Shell, desk: Desk) -> None:
    panel = looked(qtbot, shell)
    row = next(row for row, cells in enumerate(texts(panel)) if cells[0].startswith("避灾点"))
    panel.table.scrollTo(panel.table.lines.index(row, 0))

    place = panel.table.visualRect(panel.table.lines.index(row, 0)).center()
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert shell.here == "shelters"


def test_errors_alone_and_one_register_alone_can_be_listed(qtbot, shell: Shell, desk: Desk) -> None:
    unnamed(desk)
    panel = looked(qtbot, shell)
    found = desk.checking.all(QUARTER)
    warnings = [one.code for one in found if one.severity is Severity.WARNING]

    panel.sorts["error"].click()
    errors = texts(panel)
    panel.sorts["warning"].click()
    of_all = len(texts(panel))
    panel.sorts["missing"].click()
    places = [one.cells[0] for one in panel.places.lines.lines]
    panel.places.selectRow(places.index("避灾点"))

    assert [cells[1] for cells in errors] == ["设施名称"]
    assert counts(panel)["error"] == "错误 1"
    assert of_all == len(warnings) - warnings.count("C-MISSING")
    assert counts(panel)["missing"] == f"待填 {warnings.count('C-MISSING')}"
    assert {cells[0].partition(" · ")[0] for cells in texts(panel)} == {"避灾点"}
    line = panel.places.lines.lines[places.index("避灾点")]
    assert line.cells[1] == str(len(texts(panel)))
    assert not panel.places.horizontalScrollBar().isVisible()


def test_typing_initials_sifts_the_list(qtbot, shell: Shell) -> None:
    panel = looked(qtbot, shell)

    panel.search.setFocus()
    commit(panel.search, "njsw")
    panel.search.settle()

    assert {cells[0] for cells in texts(panel)} == {"设施 · 农家书屋"}
    commit(panel.search, "zzzz")
    panel.search.settle()
    assert panel.table.nothing.text() == "没有符合的。"


def test_of_very_many_problems_the_most_pressing_are_listed_and_it_says_so(
    qtbot, shell: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.problem_list.MOST", 3)
    unnamed(desk)
    panel = looked(qtbot, shell)

    assert len(texts(panel)) == 3
    assert "设施" in texts(panel)[0][0]
    assert "只列出最要紧的 3 处" in panel.head.when
    assert counts(panel)["error"] == "错误 1"
    commit(panel.search, "zzzz")
    panel.search.settle()
    assert "只列出" not in panel.head.when


def test_a_long_list_is_sifted_beside_what_the_person_does(
    qtbot, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.problem_list.LARGE", 0)
    monkeypatch.setattr("ui.problem_lines.AT_ONCE", 2)
    panel = looked(qtbot, shell)
    qtbot.waitUntil(lambda: len(texts(panel)) > 3)

    commit(panel.search, "njsw")
    panel.search.settle()
    qtbot.waitUntil(lambda: {cells[0] for cells in texts(panel)} == {"设施 · 农家书屋"})


def test_a_warning_is_explained_without_leaving(qtbot, shell: Shell, desk: Desk) -> None:
    shell.go("persons")
    panel = looked(qtbot, shell)
    panel.sorts["warning"].click()
    before, first = len(texts(panel)), texts(panel)[0]

    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    assert cursor(shell) is panel.reason.line
    commit(panel.reason.line, "上级还没有发文")
    QTest.keyClick(panel.reason.line, Qt.Key.Key_Return)
    settled(qtbot, shell)

    assert [one.text for one in desk.store.all(Explanation)] == ["上级还没有发文"]
    assert len(texts(panel)) == before - 1
    assert first not in texts(panel)
    assert counts(panel)["explained"] == "已说明 1"
    assert shell.here == "persons"
    assert cursor(shell) is panel.table
    assert desk.store.undoable().label == "写明原因"  # type: ignore[union-attr]  # just written


def test_a_reason_being_written_survives_a_fresh_look(qtbot, shell: Shell) -> None:
    panel = looked(qtbot, shell)
    panel.sorts["warning"].click()
    panel.write.click()
    commit(panel.reason.line, "还没有")

    assert shell.check is not None
    shell.check.watch.look()
    settled(qtbot, shell)

    assert panel.reason.line.text() == "还没有"


def test_a_reason_that_was_begun_is_there_again_on_the_same_line(qtbot, shell: Shell) -> None:
    panel = looked(qtbot, shell)
    panel.sorts["warning"].click()
    panel.write.click()
    commit(panel.reason.line, "还没有")

    panel.table.selectRow(1)
    panel.write.click()
    on_another = panel.reason.line.text()
    QTest.keyClick(panel.reason.line, Qt.Key.Key_Escape)
    panel.table.selectRow(0)
    panel.write.click()

    assert (on_another, panel.reason.line.text()) == ("", "还没有")
    assert panel.isVisible()


def test_a_reason_is_taken_back_by_an_empty_line(qtbot, shell: Shell, desk: Desk) -> None:
    panel = looked(qtbot, shell)
    panel.sorts["warning"].click()
    key = panel.current.finding.problem  # type: ignore[union-attr]  # the first line
    shell._desk.checking.explain(key, "上级还没有发文")
    panel = looked(qtbot, shell)
    panel.sorts["explained"].click()

    panel.write.click()
    before = panel.reason.line.text()
    panel.reason.line.clear()
    QTest.keyClick(panel.reason.line, Qt.Key.Key_Return)
    settled(qtbot, shell)

    assert before == "上级还没有发文"
    assert [one.text for one in desk.store.all(Explanation) if one.text] == []
    assert counts(panel)["explained"] == "已说明 0"


def test_errors_cannot_be_explained(qtbot, shell: Shell, desk: Desk) -> None:
    unnamed(desk)
    panel = looked(qtbot, shell)

    panel.table.selectRow(0)

    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    assert not panel.reason.isVisible()
    assert not panel.write.isEnabled()
    assert "请补填" in texts(panel)[0][3]


def test_what_was_typed_is_saved_and_checked(qtbot, shell: Shell, desk: Desk) -> None:
    shell.go("facilities")
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    line: Any = page.editor.form.fields["name"]
    line.line.setFocus()
    line.line.selectAll()
    QTest.keyClick(line.line, Qt.Key.Key_Delete)

    panel = looked(qtbot, shell)

    assert not page.editor.is_dirty
    assert counts(panel)["error"] == "错误 1"


def test_notes_are_listed_and_led_to(qtbot, shell: Shell, desk: Desk) -> None:
    record = desk.store.all(Facility)[4]
    FieldNotes(desk.store).write("facilities", record.uid, "location", "门牌待核实")
    panel = looked(qtbot, shell)

    panel.sorts["own"].click()
    listed = texts(panel)
    panel.head.on.click()

    assert listed == [("设施 · 农家书屋", "坐落", "门牌待核实", "核实以后可以去掉批注。")]
    assert not panel.reason.isVisible()
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    assert page.editor.uid == record.uid


def test_escape_closes_the_panel_and_goes_back_to_the_page(qtbot, shell: Shell) -> None:
    shell.go("facilities")
    panel = looked(qtbot, shell)

    QTest.keyClick(panel.table, Qt.Key.Key_Escape)

    assert not panel.isVisible()
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    assert cursor(shell) is page.table


def test_the_line_stays_where_it_was_when_the_list_is_made_anew(qtbot, shell: Shell, desk: Desk) -> None:
    panel = looked(qtbot, shell)
    panel.table.selectRow(7)
    key = panel.current.key  # type: ignore[union-attr]  # just chosen
    unnamed(desk)

    looked(qtbot, shell)

    assert panel.current is not None
    assert panel.current.key == key
    assert panel.table.currentIndex().row() == 8


def chip(shell: Shell, place: str) -> tuple[str, str]:
    made = shell.side._troubles[place]
    return (made.text(), str(made.property("tone"))) if not made.isHidden() else ("", "")


def test_counts_in_the_navigation_follow_a_change_by_themselves(qtbot, shell: Shell, desk: Desk, around) -> None:
    qtbot.waitUntil(lambda: chip(shell, "facilities")[1] == "missing", timeout=10_000)
    before = chip(shell, "facilities")
    unnamed(desk)

    shell._around.changes.announce("")

    qtbot.waitUntil(lambda: chip(shell, "facilities") == ("1", "wrong"), timeout=10_000)
    button = shell.side._buttons["facilities"]
    assert button.accessibleName() == f"公共服务设施，10，1 处错误，{before[0]} 处待填或提醒"
    assert shell.side._errors.text() == "1"
    assert shell.side.sum_up.accessibleName().startswith("问题：1 处错误，")


def test_the_line_below_the_navigation_opens_the_panel_by_mouse(qtbot, shell: Shell) -> None:
    QTest.mouseClick(shell.side.sum_up, Qt.MouseButton.LeftButton)

    assert settled(qtbot, shell).isVisible()


def test_the_return_in_front_is_the_one_looked_at(qtbot, shell: Shell) -> None:
    shell.go("returns")
    page: Any = shell.pages["returns"]
    page.period.setCurrentIndex(page.period.findData("2026"))

    panel = looked(qtbot, shell)

    assert panel.head.when == "2026年度"
    assert len(texts(panel)) == len(shell._desk.checking.all(Period("2026")))


def test_the_list_counts_as_the_navigation_does(qtbot, shell: Shell) -> None:
    panel = looked(qtbot, shell)

    beside = {place: chip.text() for place, chip in shell.side._troubles.items() if chip.text() not in ("", "0")}
    listed = {one.key: one.cells[1].partition("+")[0] for one in panel.places.lines.lines if one.key}
    whole = counts(panel)[""].removeprefix("全部 ")
    wanted, others = whole, len(texts(panel)) - int(whole)
    assert others > 0
    assert "facilities" in beside
    assert {place: listed[place] for place in beside} == beside
    assert wanted == shell.side._warnings.text()
    assert panel.sorts[""].toolTip() == f"要处理的 {wanted} 处，另有已说明的、提示和批注 {others} 处"


def test_locking_stops_the_watch(qtbot, window: Window, shell: Shell) -> None:
    assert shell.check is not None
    shell.check.watch.look()
    watch = shell.check.watch

    window.lock()
    qtbot.wait(50)

    assert not watch.is_looking


def test_the_reviewer_has_no_panel_of_problems(window: Window, reviewer: Desk) -> None:
    window.open_desk(reviewer)
    assert window.shell is not None

    QTest.keyClick(window, Qt.Key.Key_F5)

    assert window.shell.check is None
    assert not window.shell.side.sum_up.isVisible()


def test_a_gap_is_filled_and_the_list_is_shorter(qtbot, shell: Shell, desk: Desk) -> None:
    panel = looked(qtbot, shell)
    before = len(texts(panel))
    row = next(row for row, cells in enumerate(texts(panel)) if cells[:2] == ("设施 · 党群服务中心", "投用日期"))
    panel.table.selectRow(row)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    line: Any = page.editor.form.fields["in_use_on"]
    qtbot.waitUntil(lambda: cursor(shell) is line.line)

    type_into(line.line, "2018.9")
    looked(qtbot, shell)

    assert len(texts(panel)) == before - 1
    assert cursor(shell) is panel.table

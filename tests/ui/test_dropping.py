"""Files dropped on the window: told in one sentence, and nothing happens before a yes."""
# pyright: reportAttributeAccessIssue=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from tests.journeys.invented import enrol
from tests.ui.said import Said
from tests.xmdesk.services.blank_forms import officers_form, simple_form
from ui.shell import Shell
from ui.window import Window
from xmdesk.periods import Period
from xmdesk.services.desk import Desk

LEDGERS = Path(__file__).resolve().parents[1] / "data" / "ledgers"


def settle(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)


def opened(window: Window, desk: Desk) -> Shell:
    window.open_desk(desk)
    assert window.shell is not None
    return window.shell


def drop(qtbot, window: Window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, buttons, keys))
    settle(qtbot, window)


@pytest.fixture
def shell(window: Window, desk: Desk) -> Shell:
    return opened(window, desk)


def test_a_ledger_dropped_before_a_book_is_open_is_looked_at_once_it_is(
    qtbot, window: Window, desk: Desk, said: Said
) -> None:
    drop(qtbot, window, LEDGERS / "设施台账.xlsx")
    told = list(said.told)
    shell = opened(window, desk)
    qtbot.waitUntil(shell.drop.isVisible)
    settle(qtbot, window)

    assert told == [("先打开台账册", "“设施台账.xlsx”要放进台账册里。", "打开以后接着看它，不用再拖一次。")]
    assert "公共服务设施" in shell.drop.words.text()


def test_a_ledger_goes_to_the_import_of_its_register(qtbot, window: Window, shell: Shell, desk: Desk) -> None:
    before = desk.registers.count("facilities")
    drop(qtbot, window, LEDGERS / "设施台账.xlsx")
    words, there = shell.drop.words.text(), shell.here

    shell.drop.go.click()
    settle(qtbot, window)

    assert "公共服务设施" in words
    assert "拖入后" not in words
    assert "打开后先预览" in words
    assert there == "today"
    assert shell.here == "imports"
    assert shell.pages["imports"].preview.register.currentData() == "facilities"
    assert desk.registers.count("facilities") == before
    assert not shell.drop.isVisible()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as text")
def test_a_name_that_is_no_utf8_is_shown_as_it_was_meant(qtbot, window: Window, shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("设施台账.csv".encode("gbk"))
    path.write_text("设施名称,设施类别\n榕下村党群服务中心,党群服务中心\n", "utf-8")

    shell.drop.take([path])
    settle(qtbot, window)

    assert shell.drop._name.text() == "设施台账.csv"
    assert "公共服务设施" in shell.drop.words.text()


def test_escape_leaves_everything_as_it_was(qtbot, window: Window, shell: Shell) -> None:
    drop(qtbot, window, LEDGERS / "设施台账.xlsx")

    qtbot.keyClick(shell.drop.go, Qt.Key.Key_Escape)

    assert not shell.drop.isVisible()
    assert shell.here == "today"


def test_enter_goes_on_with_a_blank_form(qtbot, window: Window, shell: Shell, tmp_path: Path) -> None:
    drop(qtbot, window, officers_form(tmp_path / "灾信员情况表.xlsx"))

    qtbot.keyClick(shell.drop.go, Qt.Key.Key_Return)
    settle(qtbot, window)

    assert shell.here == "filling"
    assert shell.pages["filling"].form.register.currentData() == "disaster_officers"


def test_a_file_can_be_chosen_instead(qtbot, window: Window, shell: Shell, said: Said, tmp_path: Path) -> None:
    strange = tmp_path / "说明.pdf"
    strange.write_bytes(b"%PDF-1.7 nothing")
    said.answers = [strange]

    window.act("open")
    settle(qtbot, window)

    assert shell.drop.isVisible()
    assert "不是本程序密封的文件" in shell.drop.words.text()
    assert not shell.drop.go.isVisible()
    assert said.told == []


def test_a_file_that_is_gone_is_said_in_place(qtbot, window: Window, shell: Shell, said: Said, tmp_path: Path) -> None:
    drop(qtbot, window, tmp_path / "拔掉了.xlsx")

    assert shell.drop.property("tone") == "wrong"
    assert len(shell.drop.words.text()) > 6
    assert said.told == []


def test_a_task_is_taken_in_and_shown(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    enrol(desk, reviewer, tmp_path)
    period = Period.parse("2026-Q4")
    task = reviewer.tasks.issue(period, due_on=period.last, out=tmp_path)
    shell = opened(window, desk)
    path = next(tmp_path.glob("任务_*.pdf"))

    drop(qtbot, window, path)
    shell.drop.go.click()
    settle(qtbot, window)

    assert task
    assert said.told == []
    assert shell.here == "returns"
    assert desk.tasks.due_on(period) == period.last


def test_a_grant_asks_for_the_digits_on_paper(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    reviewer.enrolling.init()
    request = desk.enrolling.request(tmp_path / "开通申请.pdf")
    reviewer.enrolling.grant(tmp_path / "开通申请.pdf", fingerprint=request.fingerprint, out=tmp_path / "证书.pdf")
    shell = opened(window, desk)
    drop(qtbot, window, tmp_path / "证书.pdf")
    shell.drop.go.click()
    asked = shell.drop.digits.property("tone")

    shell.drop.digits.setText(reviewer.enrolling.root_digits())
    shell.drop.go.click()
    settle(qtbot, window)

    assert asked == "wrong"
    assert said.told == []
    assert shell.here == "settings"
    assert desk.enrolling.certificate_facts()


def test_the_wrong_digits_are_refused_in_place(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    reviewer.enrolling.init()
    request = desk.enrolling.request(tmp_path / "开通申请.pdf")
    reviewer.enrolling.grant(tmp_path / "开通申请.pdf", fingerprint=request.fingerprint, out=tmp_path / "证书.pdf")
    shell = opened(window, desk)
    drop(qtbot, window, tmp_path / "证书.pdf")

    shell.drop.digits.setText("12345678")
    shell.drop.go.click()
    settle(qtbot, window)

    assert shell.drop.property("tone") == "wrong"
    assert said.told == []
    assert not desk.enrolling.certificate_facts()
    assert shell.drop.words.text().startswith("键入的数字与文件里的指纹不一致，没有办理。")
    assert (shell.drop.digits.isVisible(), shell.drop.digits.text(), shell.drop.no.text()) == (True, "", "不了")

    shell.drop.digits.setText(reviewer.enrolling.root_digits())
    shell.drop.go.click()
    settle(qtbot, window)

    assert desk.enrolling.certificate_facts()
    assert not shell.drop.isVisible()


def test_returns_dropped_at_the_district_go_to_its_inbox(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    enrol(desk, reviewer, tmp_path)
    sealed = desk.submitting.seal(desk.submitting.draft(Period.parse("2026-Q4")), tmp_path)
    shell = opened(window, reviewer)
    shell.go("settings")

    drop(qtbot, window, sealed.path)
    shell.drop.go.click()
    settle(qtbot, window)

    assert said.told == []
    assert shell.here == "inbox"
    assert len(reviewer.inbox.submissions()) == 1


def test_the_village_does_not_take_returns(qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path) -> None:
    enrol(desk, reviewer, tmp_path)
    sealed = desk.submitting.seal(desk.submitting.draft(Period.parse("2026-Q4")), tmp_path)
    shell = opened(window, desk)

    drop(qtbot, window, sealed.path)

    assert "由区（镇街）接收" in shell.drop.words.text()
    assert "收件箱" not in shell.drop.words.text()
    assert (shell.drop.go.text(), shell.drop.go.accessibleName()) == ("找回台账", "找回台账")
    assert (shell.drop.no.text(), shell.drop.no.accessibleName()) == ("知道了", "知道了")
    assert window.focusWidget() is shell.drop.no


def test_an_own_return_brings_lost_records_back(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    enrol(desk, reviewer, tmp_path)
    sealed = desk.submitting.seal(desk.submitting.draft(Period.parse("2026-Q4")), tmp_path)
    lost = desk.registers.rows("trainings", desk.registers.uids("trainings"))
    with desk.store.change("丢了") as change:
        for one in lost:
            change.remove(one)
    shell = opened(window, desk)
    drop(qtbot, window, sealed.path)

    qtbot.keyClick(shell.drop.go, Qt.Key.Key_Return)
    settle(qtbot, window)

    assert said.told == []
    assert f"找回 {len(lost)} 条" in shell.drop.words.text()
    assert shell.drop.property("tone") == "good"
    assert [one.uid for one in desk.registers.rows("trainings", desk.registers.uids("trainings"))] == [
        one.uid for one in lost
    ]
    assert desk.last_backup()


def test_a_backup_leads_to_its_password(qtbot, window: Window, desk: Desk, tmp_path: Path, said: Said) -> None:
    desk.upkeep.back_up("手动", tmp_path / "U盘")
    (file,) = (tmp_path / "U盘").glob("备份_*.db")
    shell = opened(window, desk)
    drop(qtbot, window, file)
    words = shell.drop.words.text()

    shell.drop.go.click()

    panel = shell.pages["settings"].backups.panel
    assert "另建一个台账册" in words
    assert shell.here == "settings"
    assert panel._key == str(file)
    assert panel.password.hasFocus()


def test_requests_dropped_at_the_district_wait_for_granting(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path
) -> None:
    reviewer.enrolling.init()
    desk.enrolling.request(tmp_path / "开通申请.pdf")
    shell = opened(window, reviewer)

    drop(qtbot, window, tmp_path / "开通申请.pdf")
    shell.drop.go.click()
    settle(qtbot, window)

    assert shell.here == "certificates"
    assert shell.pages["certificates"].granting.applicant is not None


def test_words_of_a_slip_stay_above_the_page_until_the_way_back(shell: Shell, window: Window) -> None:
    window.around.travel.to("facilities", words="区里退回：“请重新量”")
    shown, there = shell.note.isVisible(), shell.here

    shell.note.back.emit()

    assert (shown, there) == (True, "facilities")
    assert (shell.note.isVisible(), shell.here) == (False, "returns")


def test_the_lock_of_an_open_workbook_names_the_file_to_take_instead(
    qtbot, window: Window, shell: Shell, said: Said, tmp_path: Path
) -> None:
    lock = tmp_path / "~$设施台账.xlsx"
    lock.write_bytes(b"\x06admin".ljust(165))

    drop(qtbot, window, lock)

    assert "请改用“设施台账.xlsx”" in shell.drop.words.text()
    assert not shell.drop.go.isVisible()
    assert said.told == []


def test_several_files_are_dealt_with_one_after_the_other(qtbot, window: Window, shell: Shell) -> None:
    drop(qtbot, window, LEDGERS / "设施台账.xlsx", LEDGERS / "管护责任清单.xlsx")
    told = shell.drop.words.text()
    shell.drop.go.click()
    settle(qtbot, window)
    page, strip = shell.pages["imports"], shell.drop._name.text()
    first, working = page.preview._file.text(), page.preview.isAncestorOf(window.focusWidget())

    shell.drop.go.click()
    settle(qtbot, window)
    shell.drop.go.click()
    settle(qtbot, window)

    assert "还有 1 个文件" in told
    assert (first, strip) == ("设施台账.xlsx", "还有 1 个文件，下一个是 管护责任清单.xlsx")
    assert working
    assert page.preview._file.text() == "管护责任清单.xlsx"
    assert not shell.drop.isVisible()


def test_a_file_passed_over_leads_to_the_next(qtbot, window: Window, shell: Shell, tmp_path: Path) -> None:
    drop(qtbot, window, tmp_path / "拔掉了.xlsx", LEDGERS / "管护责任清单.xlsx")
    passing = shell.drop.no.text()

    shell.drop.no.click()
    settle(qtbot, window)
    next_one = shell.drop._name.text()
    qtbot.keyClick(shell.drop.go, Qt.Key.Key_Escape)

    assert passing == "知道了，下一个"
    assert next_one == "管护责任清单.xlsx"
    assert not shell.drop.isVisible()


def test_a_file_dropped_on_work_in_hand_waits_for_a_yes(qtbot, window: Window, shell: Shell) -> None:
    drop(qtbot, window, LEDGERS / "设施台账.xlsx", LEDGERS / "管护责任清单.xlsx")
    shell.drop.go.click()
    settle(qtbot, window)
    page = shell.pages["imports"]
    page.preview.mapped.emit(page.preview.columns.lines[-1].header, "")
    settle(qtbot, window)

    for _ in range(2):
        shell.drop.go.click()
        settle(qtbot, window)
    asked, still = page.preview.asking.isVisible(), page.preview._file.text()
    page.preview.asking.no.click()
    settle(qtbot, window)

    assert asked
    assert still == "设施台账.xlsx"
    assert page.preview._file.text() == "管护责任清单.xlsx"


def test_several_files_over_a_place_for_one_go_to_the_window(window: Window, shell: Shell) -> None:
    shell.go("imports")
    area = shell.pages["imports"]._drop
    taken: list[bool] = []
    for count in (1, 2):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(f"/{at}.xlsx") for at in range(count)])
        event = QDragEnterEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        area.dragEnterEvent(event)
        taken.append(event.isAccepted())

    assert taken == [True, False]


def test_a_table_taken_for_the_other_kind_goes_over_with_one_key_and_back(
    qtbot, window: Window, shell: Shell, tmp_path: Path
) -> None:
    drop(qtbot, window, simple_form(tmp_path / "名册.xlsx", "姓名", "手机号码", A2="郑满", B2="13800000000"))
    qtbot.keyClick(shell.drop.go, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shell.here == "imports"

    qtbot.keyClick(shell.pages["imports"].preview.other, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert shell.here == "filling"
    assert shell.pages["filling"].form.blank.name == "名册.xlsx"

    qtbot.keyClick(shell.pages["filling"].form.other, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert shell.here == "imports"
    assert shell.pages["imports"].preview.preview.file.name == "名册.xlsx"

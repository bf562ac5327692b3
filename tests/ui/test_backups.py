"""Backups in the window: made, proven, and made into a new book, from the settings and before any book is open."""

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from tests.journeys.invented import CHEAP, PASSWORD
from tests.ui.said import Said
from tests.ui.typing import commit
from tests.xmdesk.test_files import needs_root
from ui.compose import create_book, open_book
from ui.settings.page import SettingsPage
from ui.shared.backups_panel import BackupsPanel
from ui.shared.preferences import Preferences, read_preferences
from ui.shared.sticks import Stick
from ui.shared.surroundings import Surroundings
from ui.start.first import FirstStart
from ui.start.gate import Gate
from ui.start.restoring import Restoring
from ui.start.unlock import Unlock
from ui.window import Window
from xmdesk.services.desk import Desk


def settle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=30_000)


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings, tmp_path: Path) -> SettingsPage:
    """The settings of an office with one backup and one stick plugged in."""
    shutil.rmtree(desk.folder / "备份")
    desk.upkeep.back_up("导入前")
    made = SettingsPage(desk, around)
    qtbot.addWidget(made)
    made.resize(1160, 680)
    made.show()
    (tmp_path / "KINGSTON").mkdir()
    made.backups.stick._find = lambda: [Stick(tmp_path / "KINGSTON", "KINGSTON", 1 << 30)]
    return made


def panel_in(page: SettingsPage) -> BackupsPanel:
    return page.backups.panel


def test_the_list_tells_when_why_how_large_and_what_is_in_it(page: SettingsPage) -> None:
    (line,) = panel_in(page).list.lines.lines

    assert line.cells[:2] == ("2026-11-23 12:00", "导入前")
    assert line.cells[2].endswith(("KB", "MB"))
    assert "设施 10" in line.cells[3]


def test_a_backup_goes_to_the_stick_and_is_read_back(qtbot, page: SettingsPage, around, tmp_path: Path) -> None:
    page.backups.stick.click()
    settle(qtbot, around)

    assert len(list((tmp_path / "KINGSTON" / "台账备份").glob("备份_*.db"))) == 1
    assert "现在可以拔出 U 盘" in panel_in(page).said.text()


@needs_root
def test_a_full_and_a_locked_stick_are_said_in_place(
    qtbot, page: SettingsPage, around, said: Said, tmp_path: Path
) -> None:
    stick = tmp_path / "KINGSTON"
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", stick]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    words: list[str] = []
    try:
        for options in ("rw", "ro"):
            subprocess.run(["mount", "-o", f"remount,{options}", stick], check=True)
            page.backups.stick.click()
            settle(qtbot, around)
            words.append(panel_in(page).said.text())
        left = [one.name for one in stick.rglob("*.db")]
    finally:
        subprocess.run(["umount", stick], check=True)

    assert said.told == []
    assert "空间不够" in words[0]
    assert "写保护" in words[1]
    assert left == []


def test_a_stick_with_its_switch_on_is_named_with_the_switch(
    qtbot, page: SettingsPage, around, said: Said, tmp_path: Path
) -> None:
    page.backups.stick._find = lambda: [Stick(tmp_path / "KINGSTON", "KINGSTON", 1 << 30, is_locked=True)]
    said.answers = [tmp_path / "KINGSTON"]
    words: list[str] = []

    for act in (page.backups.stick, page.backups.other):
        act.click()
        settle(qtbot, around)
        words.append(panel_in(page).said.text())

    assert all(one.startswith("“KINGSTON”的写保护开着") and "写保护开关拨到另一边" in one for one in words)
    assert ["再点“备份到 U 盘”" in words[0], "再点“备份到别处”" in words[1]] == [True, True]
    assert list((tmp_path / "KINGSTON").iterdir()) == []


@needs_root
def test_a_backup_goes_into_another_folder_where_the_first_takes_nothing(
    qtbot, desk: Desk, around, said: Said, tmp_path: Path
) -> None:
    (tmp_path / "U盘").mkdir()
    desk.upkeep.back_up("手动", tmp_path / "U盘")
    (file,) = (tmp_path / "U盘").glob("备份_*.db")
    (closed := tmp_path / "closed").mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", closed], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        panel = BackupsPanel(around, closed / "册")
        qtbot.addWidget(panel)
        panel.show()
        panel.take(file)
        commit(panel.password, PASSWORD)
        panel.restore.click()
        settle(qtbot, around)
        told, is_offered = panel.said.text(), panel.elsewhere.isVisible()
        said.answers = [tmp_path / "文档"]

        panel.elsewhere.click()
        settle(qtbot, around)
    finally:
        subprocess.run(["umount", closed], check=True)

    assert said.told == []
    assert is_offered
    assert "“closed”里不能写入" in told
    assert "请换一个文件夹" in told
    assert panel._made == tmp_path / "文档" / "350212105206-恢复20261123"
    assert not panel.elsewhere.isVisible()
    assert "设施 10" in panel.said.text()


def test_a_backup_is_proven_with_its_password(qtbot, page: SettingsPage, around) -> None:
    panel = panel_in(page)
    before = panel.prove.isEnabled()
    commit(panel.password, PASSWORD)

    QTest.keyClick(panel.password, Qt.Key.Key_Return)
    settle(qtbot, around)

    assert not before
    assert "完好" in panel.said.text()
    assert "设施 10" in panel.said.text()


def test_the_recovery_code_opens_a_backup_as_well(qtbot, around, tmp_path: Path) -> None:
    made = create_book(tmp_path / "旧册", code="350212105206", desk="clerk", password=PASSWORD, cost=CHEAP)
    made.desk.upkeep.back_up("手动")
    made.desk.upkeep.close()
    panel = BackupsPanel(around, tmp_path / "旧册")
    qtbot.addWidget(panel)
    panel.refresh()
    commit(panel.password, made.recovery_code.lower())

    panel.restore.click()
    settle(qtbot, around)

    assert panel.said.text().startswith("已恢复成新的台账册")
    with open_book(tmp_path / "350212105206-恢复20261123", PASSWORD).closing() as again:
        assert again.office.office().code == "350212105206"


def test_a_wrong_password_is_said_in_place(qtbot, page: SettingsPage, around, said: Said) -> None:
    panel = panel_in(page)
    commit(panel.password, "不是这个密码")

    panel.restore.click()
    settle(qtbot, around)

    assert said.told == []
    assert panel._banner.property("tone") == "wrong"


def test_a_damaged_backup_is_told_and_makes_no_book(
    qtbot, page: SettingsPage, desk: Desk, around, tmp_path: Path
) -> None:
    (file,) = (desk.folder / "备份").glob("备份_*.db")
    spoilt = bytearray(file.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    file.write_bytes(spoilt)
    panel = panel_in(page)
    commit(panel.password, PASSWORD)

    panel.restore.click()
    settle(qtbot, around)

    assert "损坏" in panel.said.text()
    assert list(tmp_path.glob("*恢复*")) == []


def test_restoring_makes_new_books_and_touches_no_other(
    qtbot, page: SettingsPage, desk: Desk, around, tmp_path: Path
) -> None:
    panel = panel_in(page)
    for _ in range(2):
        commit(panel.password, PASSWORD)
        panel.restore.click()
        settle(qtbot, around)

    made = sorted(one.name for one in tmp_path.glob("*恢复*"))
    assert made == ["350212105206-恢复20261123", "350212105206-恢复20261123-2"]
    assert desk.registers.count("facilities") == 10
    with open_book(tmp_path / made[0], PASSWORD).closing() as again:
        assert again.registers.count("facilities") == 10


def test_a_restored_book_is_opened_from_the_settings(qtbot, window: Window, desk: Desk, said: Said) -> None:
    desk.upkeep.back_up("导入前")
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go("settings")
    settings = window.shell.pages["settings"]
    assert isinstance(settings, SettingsPage)
    commit(settings.backups.panel.password, PASSWORD)
    settings.backups.panel.restore.click()
    settle(qtbot, window.around)

    settings.backups.panel.open.click()

    unlock = window.findChild(Unlock)
    assert isinstance(unlock, Unlock)
    assert unlock._folder.name.startswith("350212105206-恢复")
    assert read_preferences().book == str(unlock._folder)
    assert said.told == []


@pytest.fixture
def damaged(desk: Desk) -> Path:
    """A closed book whose database was overwritten, with one backup."""
    desk.upkeep.back_up("导入前")
    desk.upkeep.close()
    database = desk.folder / "台账.db"
    database.write_bytes(b"\x00" * database.stat().st_size)
    return desk.folder


def test_a_damaged_book_leads_to_its_backups_and_opens_again(qtbot, qapp, damaged: Path, said: Said) -> None:
    window = Window(qapp, Preferences(book=str(damaged)), dialogs=said)
    said.hear(window.work)
    qtbot.addWidget(window)
    window.show()
    unlock = window.findChild(Unlock)
    assert isinstance(unlock, Unlock)
    commit(unlock.password, PASSWORD)
    QTest.keyClick(unlock.password, Qt.Key.Key_Return)
    settle(qtbot, window.around)
    focused = unlock.restore.hasFocus()

    QTest.keyClick(unlock.restore, Qt.Key.Key_Space)
    restoring = window.findChild(Restoring)
    assert isinstance(restoring, Restoring)
    commit(restoring.panel.password, PASSWORD)
    restoring.panel.restore.click()
    settle(qtbot, window.around)
    restoring.panel.open.click()
    fresh = window.findChildren(Unlock)[-1]
    commit(fresh.password, PASSWORD)
    fresh.open_now()
    settle(qtbot, window.around)

    assert focused
    assert said.told == []
    assert window.desk is not None
    assert window.desk.registers.count("facilities") == 10
    window.close_desk()


def test_a_new_computer_takes_a_backup_from_the_stick(
    qtbot, window: Window, desk: Desk, tmp_path: Path, said: Said
) -> None:
    desk.upkeep.back_up("手动", tmp_path / "U盘")
    (file,) = (tmp_path / "U盘").glob("备份_*.db")
    start = window.findChild(FirstStart)
    assert isinstance(start, FirstStart)
    start.restore.click()
    restoring = window.findChild(Restoring)
    assert isinstance(restoring, Restoring)
    said.answers = [file]
    restoring.panel.other.click()
    commit(restoring.panel.password, PASSWORD)

    restoring.panel.restore.click()
    settle(qtbot, window.around)

    assert restoring.panel._made is not None
    assert restoring.panel._made.parent.name == "台账"
    assert "设施 10" in restoring.panel.said.text()


def test_a_backup_dropped_before_a_book_is_open_is_offered(qtbot, window: Window, desk: Desk, tmp_path: Path) -> None:
    desk.upkeep.back_up("手动", tmp_path / "U盘")
    (file,) = (tmp_path / "U盘").glob("备份_*.db")
    strange = tmp_path / "相片.db"
    shutil.copyfile(file, strange)
    for path in (strange, file):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, buttons, keys))

    first, second = window.findChildren(Restoring)
    assert "不是台账册的备份" in first.panel.said.text()
    assert second.panel._key == str(file)


def test_the_way_back_leads_to_the_password(qtbot, filled_book: Path, around) -> None:
    gate = Gate(str(filled_book), around)
    qtbot.addWidget(gate)
    gate.show()

    restoring = gate.show_restoring(filled_book)
    restoring.back.emit()

    assert isinstance(gate._stack.currentWidget(), Unlock)


def test_with_large_letters_a_refusal_lies_on_nothing(
    qtbot, window: Window, desk: Desk, tmp_path: Path, said: Said
) -> None:
    for name in range(7):
        desk.upkeep.back_up(f"第 {name + 1} 次", tmp_path / "U盘")
    window.resize(1366, 768)
    window.preferring.change(percent=150)
    window.show()
    start = window.findChildren(FirstStart)[-1]
    start.restore.click()
    panel = window.findChildren(Restoring)[-1].panel
    for file in sorted((tmp_path / "U盘").glob("备份_*.db")):
        panel.take(file)
    panel.say("这份备份打不开。" * 10, "wrong")
    parts = (panel.list, panel.other, panel.password, panel._banner)
    qtbot.waitUntil(lambda: all(one.isVisible() for one in parts))
    qtbot.waitUntil(lambda: panel._banner.height() >= panel._banner.sizeHint().height())

    places = [one.geometry() for one in parts]
    assert [two.top() > one.bottom() for one, two in pairwise(places)] == [True] * 3
    assert panel.list.height() >= panel.list.minimumHeight()
    assert panel.list.visualRect(panel.list.currentIndex()).bottom() <= panel.list.viewport().height()

"""A dropped file waits in its banner while the page in front asks about what is not written yet."""

from pathlib import Path
from typing import Any

from ui.window import Window
from xmdesk.services.desk import Desk

LEDGER = Path(__file__).resolve().parents[1] / "data" / "ledgers" / "设施台账.xlsx"


def test_a_file_waits_while_the_page_in_front_wants_an_answer(qtbot, window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    shell.go("facilities")
    page: Any = shell.pages["facilities"]
    qtbot.waitUntil(lambda: page.model.rowCount() > 1)
    page.table.selectAll()
    page.act("bulk")
    qtbot.waitUntil(lambda: not window.work.is_busy)
    bulk = page.sides.bulk
    bulk.ticks["location"].setChecked(True)
    shell.drop.take([LEDGER])
    qtbot.waitUntil(lambda: not window.work.is_busy)

    shell.drop.go.click()
    held = (shell.here, shell.drop.isVisible(), bulk.asking.isVisible())
    bulk.asking.no.click()
    shell.drop.go.click()
    qtbot.waitUntil(lambda: not window.work.is_busy)

    assert held == ("facilities", True, True)
    imports: Any = shell.pages["imports"]
    assert (shell.here, shell.drop.isVisible()) == ("imports", False)
    assert imports.preview.register.currentData() == "facilities"


def test_what_waits_in_the_banner_comes_after_what_is_dropped_upon_it(
    qtbot, window: Window, desk: Desk, tmp_path: Path
) -> None:
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    first, second = tmp_path / "一.txt", tmp_path / "二.xlsx"
    first.write_text("不认识的文件", encoding="utf-8")
    second.write_bytes(LEDGER.read_bytes())
    shell.drop.drop([LEDGER, first])
    qtbot.waitUntil(lambda: not window.work.is_busy)
    shell.drop.drop([second, first])
    qtbot.waitUntil(lambda: not window.work.is_busy)

    assert shell.drop.waiting == [second, first, LEDGER]
    assert "还有 2 个文件" in shell.drop.words.text()


def test_a_file_that_is_only_told_about_does_not_come_back(qtbot, window: Window, desk: Desk, tmp_path: Path) -> None:
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    told = tmp_path / "一.txt"
    told.write_text("不认识的文件", encoding="utf-8")
    shell.drop.drop([told])
    qtbot.waitUntil(lambda: not window.work.is_busy)
    shell.drop.drop([LEDGER])
    qtbot.waitUntil(lambda: not window.work.is_busy)

    assert shell.drop.waiting == [LEDGER]

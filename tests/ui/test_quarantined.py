"""The tab of the files that could not come in: its count, the reason in words, and the three acts by keyboard."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.journeys.invented import fill, village_desk
from tests.ui.said import Said
from ui.inbox.page import InboxPage
from ui.inbox.quarantined import QuarantinedPanel
from ui.letters import lettered, targets
from ui.shared.surroundings import Surroundings
from xmdesk.periods import Period
from xmdesk.records.keeping import IssuedCertificate
from xmdesk.records.submission import ReceivedFile
from xmdesk.services.desk import Desk

LARGE = 21 * 1024 * 1024


def idle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=60_000)


@pytest.fixture
def page(qtbot, reviewer: Desk, around: Surroundings) -> InboxPage:
    reviewer.enrolling.init()
    made = InboxPage(reviewer, around)
    made.resize(1160, 680)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def words(around: Surroundings) -> list[str]:
    """What the status line says."""
    said: list[str] = []
    around.changes.changed.connect(said.append)
    return said


def brought(page: InboxPage, qtbot, around: Surroundings, *paths: Path) -> QuarantinedPanel:
    """Take files in and go to the list of those that could not come in, on its first line."""
    page.receive(list(paths))
    idle(qtbot, around)
    page._tabs[2].click()
    page.quarantined.table.selectRow(0)
    return page.quarantined


def photo(folder: Path, name: str = "照片.pdf", content: bytes = b"hello") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def scan(folder: Path) -> Path:
    path = folder / "扫描件.pdf"
    with path.open("wb") as out:
        out.truncate(LARGE)
    return path


def press(qtbot, page: InboxPage, letters: str) -> None:
    """Press the button that has these letters after Alt, with Enter."""
    found = lettered(targets(page))[letters]
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Return)


def test_the_tab_counts_what_was_refused(qtbot, page, around, tmp_path: Path) -> None:
    before = page._tabs[2].text()
    brought(page, qtbot, around, photo(tmp_path), scan(tmp_path))

    assert (before, page._tabs[2].text(), page._tabs[2].accessibleName()) == (
        "隔离的文件",
        "隔离的文件 2",
        "隔离的文件 2",
    )
    assert page.quarantined.isVisible()
    assert not page.grid.isVisible()


def test_a_line_says_when_what_how_large_and_why_and_what_to_do(qtbot, page, around, tmp_path: Path) -> None:
    panel = brought(page, qtbot, around, photo(tmp_path))

    (line,) = panel.table.lines.lines

    assert line.cells[:3] == ("2026-11-23 12:00", "照片.pdf", "1 KB")
    assert "PDF" in line.cells[3]
    assert panel.card.title.text() == "照片.pdf"
    assert panel.card.reason.text() == line.cells[3]
    assert panel.card.often.text() == ""


def test_a_file_that_came_again_is_one_line_that_says_so(qtbot, page, around, tmp_path: Path) -> None:
    brought(page, qtbot, around, photo(tmp_path))
    panel = brought(page, qtbot, around, photo(tmp_path))

    assert len(panel.table.lines.lines) == 1
    assert panel.card.often.text() == "收到过 2 次"


def test_the_answer_to_a_return_is_not_in_the_way_and_comes_back(qtbot, page, around, tmp_path: Path) -> None:
    brought(page, qtbot, around, photo(tmp_path))
    page._tabs[0].click()

    assert page.grid.isVisible()
    assert not page.quarantined.isVisible()


def test_a_file_refused_again_stays_and_is_told(qtbot, page, around, words, tmp_path: Path) -> None:
    panel = brought(page, qtbot, around, photo(tmp_path))

    press(qtbot, page, lettered_as(page, "重新检查"))
    idle(qtbot, around)

    assert words[-1].startswith("照片.pdf：还是不能接收。")
    assert page._tabs[2].text() == "隔离的文件 1"
    assert panel.card.isVisible()


def lettered_as(page: InboxPage, words: str) -> str:
    """The letters over a button."""
    (letters,) = [mark for mark, one in lettered(targets(page)).items() if getattr(one, "text", str)() == words]
    return letters


@pytest.fixture
def late(page: InboxPage, reviewer: Desk, tmp_path: Path) -> Iterator[tuple[Path, IssuedCertificate]]:
    """A return of a village whose certificate is not in the district's register yet, and that certificate."""
    village = village_desk(tmp_path / "village")
    fill(village)
    _enrolled(village, reviewer, tmp_path)
    desk, period = village.submitting, Period("2026Q4")
    empty = [one.name for one in desk.forms(period, []) if not one.count]
    desk.answer_nil(period, empty, is_nil=True, by="郑小满")
    sealed = desk.seal(desk.draft(period), tmp_path, prepared_by="郑小满", signed_off_by="郑建新")
    (certificate,) = reviewer.store.all(IssuedCertificate)
    with reviewer.store.change("撤下证书") as change:
        change.remove(certificate)
    yield sealed.path, certificate
    village.upkeep.close()


def _enrolled(village: Desk, reviewer: Desk, folder: Path) -> None:
    asked = village.enrolling.request(folder / "申请.pdf")
    reviewer.enrolling.grant(folder / "申请.pdf", fingerprint=asked.fingerprint, out=folder / "证书.pdf")
    village.enrolling.accept(folder / "证书.pdf", root_digits_typed=reviewer.holding.root_digits())


def test_a_return_of_a_village_enrolled_since_comes_in(qtbot, page, reviewer, around, words, late) -> None:
    path, certificate = late
    panel = brought(page, qtbot, around, path)
    why = panel.card.reason.text()
    with reviewer.store.change("登记证书") as change:
        change.save(certificate)

    press(qtbot, page, lettered_as(page, "重新检查"))
    idle(qtbot, around)

    assert "未在本区登记" in why
    assert words[-1] == f"{path.name}：已验签并导入。"
    assert (page._tabs[2].text(), panel.card.isVisible()) == ("隔离的文件", False)
    assert [one.office_code for one in reviewer.inbox.submissions()] == ["350212105206"]


def test_a_file_is_written_for_the_township_and_stays(qtbot, page, around, words, said: Said, tmp_path: Path) -> None:
    panel = brought(page, qtbot, around, photo(tmp_path))
    (tmp_path / "KINGSTON").mkdir()
    said.answers = [tmp_path / "KINGSTON"]

    press(qtbot, page, lettered_as(page, "导出给对方"))
    idle(qtbot, around)

    assert (tmp_path / "KINGSTON" / "照片.pdf").read_bytes() == b"hello"
    assert "照片.pdf" in words[-1]
    assert panel.card.isVisible()


def test_nothing_is_written_when_no_folder_is_chosen(qtbot, page, around, said: Said, tmp_path: Path) -> None:
    brought(page, qtbot, around, photo(tmp_path))
    said.answers = [None]

    press(qtbot, page, lettered_as(page, "导出给对方"))

    assert not around.work.is_busy


def test_deleting_asks_once_and_goes_on_to_the_next_file(
    qtbot, page, reviewer, around, words, said: Said, tmp_path: Path
) -> None:
    panel = brought(page, qtbot, around, photo(tmp_path, "甲.pdf", b"a"), photo(tmp_path, "乙.pdf", b"b"))
    first, second = (one.cells[1] for one in panel.table.lines.lines)
    said.answers = [False, True]

    for _ in range(2):
        press(qtbot, page, lettered_as(page, "删除"))
        idle(qtbot, around)

    assert [heading for heading, _, _ in said.told] == [f"删除“{first}”"] * 2
    assert words[-1] == f"已删除 {first}"
    assert panel.card.title.text() == second
    assert [one.file_name for one in reviewer.store.all(ReceivedFile)] == [second]


def test_after_the_last_file_the_cursor_is_in_the_table(qtbot, page, around, said: Said, tmp_path: Path) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    panel = brought(page, qtbot, around, photo(tmp_path))
    said.answers = [True]

    press(qtbot, page, lettered_as(page, "删除"))
    idle(qtbot, around)

    assert not panel.card.isVisible()
    assert panel.table.hasFocus()


def test_a_copy_that_is_gone_is_told_and_can_only_be_deleted(qtbot, page, reviewer, around, tmp_path: Path) -> None:
    panel = brought(page, qtbot, around, scan(tmp_path))
    shutil.rmtree(reviewer.folder / "隔离")

    page.refresh()

    assert "已不在“隔离”文件夹里" in panel.card.reason.text()
    assert [one.isEnabled() for one in (panel.card.check, panel.card.export, panel.card.delete)] == [False, False, True]
    assert panel.table.lines.lines[0].icon == "missing"


def test_every_act_has_letters_and_a_name_to_be_spoken(qtbot, page, around, tmp_path: Path) -> None:
    panel = brought(page, qtbot, around, photo(tmp_path))

    acts = (panel.card.check, panel.card.export, panel.card.delete, page._tabs[2])

    assert all(one.accessibleName() for one in acts)
    assert set(acts) <= set(lettered(targets(page)).values())

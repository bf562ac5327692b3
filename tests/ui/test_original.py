"""The reviewer saves the file of an opened return as it came, whatever became of the return since."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.pages import show_page
from tests.ui.said import Said
from tests.xmdesk.services.stories import Offices, fill, found
from ui.inbox.page import InboxPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.submission import Submission
from xmdesk.services.handing import original_name


@pytest.fixture
def offices(noon: object, tmp_path: Path) -> Iterator[Offices]:
    """A district that has received a return under another name than that of its sealing."""
    (tmp_path / "out").mkdir()
    pair = found(tmp_path)
    fill(pair.village)
    brought = pair.seal().path.rename(tmp_path / "林阿土带来的.pdf")
    pair.receive(brought)
    yield pair
    pair.close()


@pytest.fixture
def page(qtbot, offices: Offices, around: Surroundings) -> InboxPage:
    made = show_page(qtbot, InboxPage(offices.district, around))
    made.open_return(the_one(offices).uid)
    qtbot.waitUntil(lambda: not around.work.is_at_work, timeout=20_000)
    return made


def the_one(offices: Offices) -> Submission:
    (one,) = offices.district.inbox.submissions()
    return one


def save(qtbot, page: InboxPage, around: Surroundings, said: Said, out: Path | None) -> None:
    said.answers = [out]
    page.opened.original.click()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)


def test_the_file_is_saved_as_it_came_also_after_it_was_accepted(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings, said: Said
) -> None:
    announced: list[str] = []
    around.changes.changed.connect(announced.append)
    offices.district.reviewing.accept(the_one(offices), offices.folder / "回执.pdf")
    page.open_return(the_one(offices).uid)
    out = offices.folder / original_name(the_one(offices))
    save(qtbot, page, around, said, out)

    assert out.read_bytes() == (offices.folder / "林阿土带来的.pdf").read_bytes()
    assert announced[-1] == f"已存到 {out.name}，读回核对无误"


def test_the_name_that_is_proposed_is_that_of_the_sealing_and_of_no_person(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings, said: Said, monkeypatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(said, "save_file", lambda title, suggested, pattern: asked.append(suggested))
    page.opened.original.click()
    one = the_one(offices)

    assert asked == [f"上报_350212105206_2026Q4_第1版_{one.payload_sha256[:8]}.pdf"]


def test_no_name_chosen_writes_nothing(qtbot, page: InboxPage, offices, around: Surroundings, said: Said) -> None:
    before = sorted(offices.folder.iterdir())
    save(qtbot, page, around, said, None)

    assert sorted(offices.folder.iterdir()) == before


def test_a_place_where_nothing_can_be_written_is_told(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings, said: Said
) -> None:
    save(qtbot, page, around, said, offices.folder / "没有这个文件夹" / "原件.pdf")

    ((heading, happened, to_do),) = said.told
    assert (heading, happened) == ("找不到文件夹", "文件夹“没有这个文件夹”不在了，没有存成。")
    assert "拷到 U 盘" not in to_do

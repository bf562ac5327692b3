"""Sealing that broke off half-way, or that finds no room, is told and can be done again."""

from pathlib import Path
from typing import Any

import pytest

from tests.ui.pages import show_fresh
from tests.ui.said import Said
from tests.ui.test_returns_page import agree, idle, seal
from tests.ui.test_sending import change
from ui.returns.page import ReturnsPage
from ui.shared.surroundings import Surroundings
from xmdesk.files import make_folder
from xmdesk.records.submission import Submission
from xmdesk.services.approving import Approving
from xmdesk.services.desk import Desk
from xmdesk.services.sealing import seal_document, write_document
from xmdesk.services.submitting import _name_of, sealed_folder
from xmdesk.services.unrecorded import ASIDE

pytestmark = pytest.mark.enrolled


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ReturnsPage:
    """The page of an office that may seal."""
    return show_fresh(qtbot, ReturnsPage(desk, around))


def written_only(desk: Desk, page: ReturnsPage) -> Path:
    """Do what sealing does before it records anything: then the computer went off."""
    submitting: Any = desk.submitting
    draft = submitting.draft(page.chosen)
    yes = Approving(desk.store).standing(draft)
    assert yes is not None
    approval = submitting.approval(prepared_by=yes.prepared_by, signed_off_by=yes.by)
    payload = submitting.checked(draft, approval, yes).payload
    made = seal_document(payload, desk.holding.signer())
    make_folder(sealed_folder(desk))
    return write_document(made, sealed_folder(desk) / f"{_name_of(payload)}_{made.payload_sha256[:8]}.pdf")


def full(desk: Desk, *, is_full: bool) -> None:
    """Let the book grow no more, as on a full disk; or let it."""
    store: Any = desk.store
    writer = store.connections.raw_writer
    (pages,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {pages if is_full else 1_000_000}")


def test_a_file_that_was_written_and_not_recorded_is_in_nobodys_way(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings, said: Said
) -> None:
    agree(qtbot, page, around)
    left = written_only(desk, page)

    page.seal.seal.click()
    idle(qtbot, around)
    idle(qtbot, around)

    (one,) = desk.store.all(Submission)
    assert said.told == []
    assert left.name == one.file_name
    assert left.read_bytes() == desk.store.blob(one.file_sha256)


def test_a_file_of_another_content_that_was_not_recorded_is_moved_aside_before_the_next_is_sealed(
    qtbot, page: ReturnsPage, desk: Desk, reviewer: Desk, around: Surroundings
) -> None:
    agree(qtbot, page, around)
    left = written_only(desk, page)
    change(desk)
    page.refresh()
    agree(qtbot, page, around)
    page.seal.seal.click()
    idle(qtbot, around)
    idle(qtbot, around)

    (one,) = desk.store.all(Submission)
    received = reviewer.inbox.receive([sealed_folder(desk)], compare=False, processes=1)
    assert [path.name for path in sealed_folder(desk).glob("*.pdf")] == [one.file_name]
    assert [path.name for path in (sealed_folder(desk) / ASIDE).iterdir()] == [f"{left.name}.没有记下"]
    assert "1 份同一版移到了“没有记下的”文件夹" in page.hand._said.text()
    assert [each.verdict for each in received] == ["accept"]


def test_no_file_is_left_that_the_book_does_not_know_and_sealing_goes_on_once_there_is_room(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings, said: Said
) -> None:
    agree(qtbot, page, around)
    full(desk, is_full=True)
    page.seal.seal.click()
    idle(qtbot, around)
    full(desk, is_full=False)
    before = (len(said.told), list(sealed_folder(desk).iterdir()), desk.store.all(Submission))

    page.refresh()
    page.seal.seal.click()
    idle(qtbot, around)
    idle(qtbot, around)

    assert before == (1, [], [])
    assert len(said.told) == 1
    assert [one.version for one in desk.store.all(Submission)] == [1]


def test_a_folder_of_returns_that_cannot_be_made_is_told(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings, said: Said
) -> None:
    sealed_folder(desk).write_text("no folder")
    agree(qtbot, page, around)

    page.seal.seal.click()
    idle(qtbot, around)

    assert [one[0] for one in said.told] == ["不是文件夹"]
    assert desk.store.all(Submission) == []


def test_a_folder_of_returns_that_is_gone_and_cannot_be_made_again_is_told(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings, said: Said
) -> None:
    seal(qtbot, page, around)
    sealed_folder(desk).rename(desk.folder / "moved")
    sealed_folder(desk).write_text("no folder")

    page.hand.folder.emit(page.hand.submission)
    idle(qtbot, around)

    assert [one[0] for one in said.told] == ["不是文件夹"]

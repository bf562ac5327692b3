"""A book kept from each shape of the past opens in the program of today with everything in it."""

import shutil
from pathlib import Path

import pytest

from db.backup import BEFORE_MIGRATION, FOLDER, backups_in
from tests.conftest import NOON
from tests.house.tree import ROOT
from tests.journeys.invented import PASSWORD
from ui.compose import doctor, opened
from xmdesk.clock import frozen
from xmdesk.records.submission import Submission

KEPT = ROOT / "tests" / "data" / "databases"
COUNTS = {
    "facilities": 10,
    "duties": 5,
    "inspections": 1,
    "persons": 7,
    "disaster_officers": 2,
    "shelters": 1,
    "legal_helpers": 3,
    "trainings": 1,
    "activities": 1,
}


@pytest.fixture(params=["schema-1"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(KEPT / request.param, tmp_path / "book"))


def test_an_old_book_opens_with_everything_in_it(old: Path) -> None:
    with frozen(NOON), opened(old, PASSWORD) as desk:
        found = {name: desk.registers.count(name) for name in COUNTS}

    assert found == COUNTS
    assert doctor(old, PASSWORD)["ok"]


def test_what_was_done_in_an_old_book_can_still_be_undone(old: Path) -> None:
    with frozen(NOON), opened(old, PASSWORD) as desk:
        last = desk.store.undoable()
        undone = desk.store.undo()

        assert last is not None
        assert undone.restored + undone.removed > 0
        assert desk.store.find(Submission, sent_to="") == []


def test_an_old_book_is_copied_before_it_is_changed(old: Path) -> None:
    with frozen(NOON), opened(old, PASSWORD):
        pass

    assert [one.reason for one in backups_in(old / FOLDER)] == [BEFORE_MIGRATION]

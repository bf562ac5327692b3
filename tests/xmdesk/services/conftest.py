"""A village and a district, enrolled once for the whole run and copied for every test that needs a desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import SqlStore, open_memory
from tests.books import keys_derived_once  # noqa: F401  # a fixture for every test here
from tests.xmdesk.services.due_desk import at_noon
from tests.xmdesk.services.stories import DISTRICT, VILLAGE, Offices, prepare
from xmdesk.records.office import Office
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling


@pytest.fixture
def store() -> Iterator[SqlStore]:
    """A store in memory that holds the office."""
    made = open_memory()
    with made.change("新建") as change:
        change.save(Office(code=VILLAGE, name="军营村民委员会"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Closed books: the district with its authority, the village enrolled and with something in every register."""
    return prepare(tmp_path_factory.mktemp("offices"))


@pytest.fixture
def offices(founded: Path, tmp_path: Path, clock: object) -> Iterator[Offices]:
    """The open books of this test's own, on 23 November 2026."""
    (tmp_path / "out").mkdir()
    pair = Offices.reopened(founded, tmp_path)
    assert pair.district.office.office().code == DISTRICT
    yield pair
    pair.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A village's desk in memory, on 23 November 2026; modules that want more in it have their own."""
    with at_noon(tmp_path) as made:
        yield made


@pytest.fixture
def rolling(desk: Desk) -> Rolling:
    """The yearly lists of that desk."""
    return Rolling(desk)

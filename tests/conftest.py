"""Ground under every test: an own user folder, one shared cache of unpacked fonts, a clock that can be held."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from tests.books import shelved
from xmdesk import clock as program_clock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("plain", deadline=None)  # how long something takes is for ./xm bench
settings.load_profile("plain")

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared_cache(pytestconfig: pytest.Config) -> Path:
    """One cache for all tests and workers, kept between runs: unpacking the fonts costs a second each."""
    given = os.environ.get("XMDESK_CACHE")
    return Path(given) if given else pytestconfig.rootpath / ".pytest_cache" / "xmdesk"


@pytest.fixture(scope="session", autouse=True)
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A place for the books that are made once in a run."""
    with shelved(tmp_path_factory.mktemp("shelf")):
        yield


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test out of the real user's folders and passwords."""
    monkeypatch.setenv("XMDESK_DATA", str(tmp_path / "user-data"))
    monkeypatch.setenv("XMDESK_CACHE", str(shared_cache))
    monkeypatch.delenv("XMDESK_PASSWORD", raising=False)


@pytest.fixture
def clock() -> Iterator[datetime]:
    """Hold the clock at noon of 23 November 2026 in China; the value is that moment in UTC."""
    with program_clock.frozen(NOON):
        yield NOON


def pytest_collection_finish() -> None:
    """What is there before the first test stays: no collection has to look at it again."""
    gc.collect()
    gc.freeze()

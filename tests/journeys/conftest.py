"""The journey of one quarter, told once for all tests that ask about it."""

from pathlib import Path

import pytest

from tests.books import keys_derived_once  # noqa: F401  # a fixture for every test here
from tests.journeys.quarter import Story, tell
from tests.journeys.terminal import Terminal


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Story:
    return tell(Story(Terminal(tmp_path_factory.mktemp("quarter"), shared_cache)))

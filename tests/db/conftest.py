"""A store in memory and books on disk."""

from collections.abc import Iterator

import pytest

from db.store import SqlStore, open_memory


@pytest.fixture
def store() -> Iterator[SqlStore]:
    made = open_memory()
    yield made
    made.close()

"""A store in memory, a book on disk, and the key of an unlocked book."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.book import DATABASE, KEYBOX, NewBook, OpenBook, create_book, open_book, read_keybox
from db.engine import Place
from db.store import SqlStore, open_memory
from xmdesk.trust.argon import FLOOR_COST

PASSWORD = "高山云雾茶2026"
CODE = "350212105201"


@pytest.fixture
def store() -> Iterator[SqlStore]:
    made = open_memory()
    yield made
    made.close()


@pytest.fixture(scope="session")
def finished_book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A closed book to copy from, and its recovery code: deriving keys is the slow part."""
    folder = tmp_path_factory.mktemp("made") / "军营村"
    book, recovery = create_book(folder, NewBook(CODE, "军营村民委员会"), password=PASSWORD, cost=FLOOR_COST)
    book.close()
    return folder, recovery


@pytest.fixture
def folder(finished_book: tuple[Path, str], tmp_path: Path) -> Path:
    """A closed book of this test's own."""
    from shutil import copytree

    return copytree(finished_book[0], tmp_path / "军营村")


@pytest.fixture
def recovery(finished_book: tuple[Path, str]) -> str:
    return finished_book[1]


@pytest.fixture
def key(folder: Path) -> bytes:
    return read_keybox(folder / KEYBOX).open(PASSWORD)


@pytest.fixture
def place(folder: Path, key: bytes) -> Place:
    return Place(folder / DATABASE, key)


@pytest.fixture
def opened(folder: Path) -> Iterator[Callable[[], OpenBook]]:
    """Opens the book of this test; whatever is still open at the end is closed."""
    books: list[OpenBook] = []

    def open_again() -> OpenBook:
        books.append(open_book(folder, password=PASSWORD))
        return books[-1]

    yield open_again
    for book in books:
        book.lock.release()


@pytest.fixture
def book(folder: Path) -> Iterator[OpenBook]:
    with open_book(folder, password=PASSWORD) as made:
        yield made


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes in memory."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    point = tmp_path / "small"
    point.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(point)], check=False)
    if mounted.returncode:
        pytest.skip("this machine does not let us mount a small disk")
    yield point
    subprocess.run(["umount", "-l", str(point)], check=True)

"""Books of tests: each is made once in a run and copied, as files, for every test that wants it as its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from ui.compose import create_book, open_book
from xmdesk import clock
from xmdesk.services.desk import Desk
from xmdesk.trust import keybox
from xmdesk.trust.argon import FLOOR_COST, derive

_made: dict[tuple[str, ...], Path] = {}
_shelves: list[Path] = []
_remembered = cache(derive)


def new_book(folder: Path, *, code: str, name: str = "", desk: str = "", password: str) -> Desk:
    """Open a book in which nothing was done yet, with keys that are cheap to derive.

    Two books of one test are never twins, not even for the same office: what is copied was made for a folder of that name.
    """
    if not _shelves:  # outside a run, where pictures are taken
        return create_book(folder, code=code, name=name, desk=desk, password=password, cost=FLOOR_COST).desk
    about = (folder.name, code, name, desk, password, clock.today().isoformat())
    if about not in _made:
        kept = _shelves[-1] / f"{len(_made)}"
        create_book(kept, code=code, name=name, desk=desk, password=password, cost=FLOOR_COST).desk.upkeep.close()
        _made[about] = kept
    shutil.copytree(_made[about], folder, dirs_exist_ok=True)
    return open_book(folder, password)


@contextmanager
def shelved(shelf: Path) -> Iterator[None]:
    """Keep what is made in a folder, for the length of a run."""
    _shelves.append(shelf)
    yield
    _shelves.remove(shelf)
    _made.clear()


@pytest.fixture(autouse=True)
def keys_derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive no key twice in a run: the same password, salt and cost always give the same (RFC 9106).

    Only for those who import this: tests/xmdesk/trust and tests/db derive everything.
    """
    monkeypatch.setattr(keybox, "derive", _remembered)

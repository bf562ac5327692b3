"""Where a new book may lie, and which books of an office this computer has already."""

import os
from pathlib import Path

from xmdesk.errors import Fault
from xmdesk.files import make_folder, shown_name
from xmdesk.paths import user_data

BOOKS = "台账"


def usual_home() -> Path:
    """Return the folder in which the books of this user lie, unless another one was chosen."""
    return user_data() / BOOKS


def inside(chosen: Path, name: str) -> Path:
    """Return the folder of this name in a chosen one, or the chosen one where it has that name itself."""
    return chosen if chosen.name == name else chosen / name


def make_home(home: Path) -> None:
    """Make the folder in which a book is to lie, and refuse (``Fault``) one that cannot be written into."""
    make_folder(home)
    if not os.access(home, os.W_OK | os.X_OK):
        raise Fault("FILE-NO-WRITING", name=shown_name(home))


def book_folder(home: Path, code: str) -> Path:
    """Return where a new book of an office lies; a second one gets a number."""
    folder = home / code
    number = 2
    while folder.exists():
        folder = home / f"{code}-{number}"
        number += 1
    return folder


def known_book(code: str, last: str) -> Path | None:
    """Return a book of an office that this computer has: the one opened last (``last``), or the one changed last."""
    from ui.compose import code_of

    newest = sorted(usual_home().glob(f"{code}*"), key=lambda one: one.stat().st_mtime, reverse=True)
    found = [*([Path(last)] if last else []), *newest]
    return next((one for one in found if code_of(one) == code), None)

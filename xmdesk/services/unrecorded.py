"""Sealed files that the book does not know: the computer went off between writing and recording.

They are moved aside when the book is opened at the window, and before another of the same version is sealed.
"""

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from xmdesk.errors import Fault
from xmdesk.files import make_folder, move_file, shown_name
from xmdesk.problems import problem
from xmdesk.records.submission import SEALED_FOLDER, Direction, Submission
from xmdesk.services.practising import WATERMARK

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

ASIDE = "没有记下的"
_END = ".没有记下"
_NAME = re.compile(rf"(?:{WATERMARK})?上报_\d{{12}}_[^_]+_第\d+版_[0-9a-f]{{8}}\.pdf")


def set_aside(folder: Path, start: str, known: Collection[Submission]) -> tuple[str, ...]:
    """Move files whose name begins so, and that no submission names, out of the way of what is carried; return their names.

    Nothing is deleted. They lose the ending by which an inbox reads whole folders: two of one version would contradict.
    """
    found = _unknown((one for one in sorted(folder.glob("*.pdf")) if one.name.startswith(start)), known)
    for one in found:
        _move(one)
    return tuple(map(shown_name, found))


def tell_unrecorded(desk: "Desk") -> None:
    """Move aside whatever lies unrecorded among the sealed returns of a book, and let a notice say so.

    For the moment of opening, when nothing is being sealed. Only names that sealing gives are looked at; what cannot be moved
    now is found the next time.
    """
    folder = desk.folder / SEALED_FOLDER
    named = [one for one in sorted(folder.glob("*.pdf")) if _NAME.fullmatch(one.name)]
    known = desk.store.find(Submission, direction=Direction.OWN) if named else []
    count = 0
    for one in _unknown(named, known):
        with suppress(Fault):
            _move(one)
            count += 1
    if count:
        desk.upkeep.notice(problem("SEAL-UNRECORDED", count=count, folder=ASIDE))


def _unknown(files: Iterable[Path], known: Collection[Submission]) -> list[Path]:
    """Return those that no submission names, neither by its file nor by what it says."""
    names = {one.file_name for one in known}
    digests = {one.payload_sha256[:8] for one in known}
    return [one for one in files if one.name not in names and one.stem.rpartition("_")[2] not in digests]


def _move(file: Path) -> None:
    make_folder(file.parent / ASIDE)
    move_file(file, file.parent / ASIDE / f"{file.name}{_END}")

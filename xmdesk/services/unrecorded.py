"""Sealed files that the book does not know: the computer went off between writing and recording, and another was sealed since."""

from collections.abc import Collection
from pathlib import Path

from xmdesk.files import make_folder, move_file, shown_name
from xmdesk.records.submission import Submission

ASIDE = "没有记下的"
_END = ".没有记下"


def set_aside(folder: Path, start: str, known: Collection[Submission]) -> tuple[str, ...]:
    """Move files whose name begins so, and that no submission names, out of the way of what is carried; return their names.

    Nothing is deleted. They lose the ending by which an inbox reads whole folders: two of one version would contradict.
    """
    names = {one.file_name for one in known}
    digests = {one.payload_sha256[:8] for one in known}
    found = [
        one
        for one in sorted(folder.glob("*.pdf"))
        if one.name.startswith(start) and one.name not in names and one.stem.rpartition("_")[2] not in digests
    ]
    if found:
        make_folder(folder / ASIDE)
    for one in found:
        move_file(one, folder / ASIDE / f"{one.name}{_END}")
    return tuple(map(shown_name, found))

"""Where refused files stay: large ones as copies in a folder beside the book with their reason, never opened.

``隔离/2026-11-23/<sha256>.bin`` and ``.json``; kept for half a year and 2 GB, the oldest go first (trust.md §5.7).
"""

import json
import logging
from datetime import timedelta
from pathlib import Path

from xmdesk import clock
from xmdesk.files import atomic_write, copy_hashed, make_folder, remove_file, shown_name
from xmdesk.ports import Change, Store
from xmdesk.problems import Problem
from xmdesk.records.submission import ReceivedFile

FOLDER = "隔离"
LARGEST = 200 * 1024 * 1024
MOST = 2 * 1024 * 1024 * 1024
KEPT = timedelta(days=180)

log = logging.getLogger(__name__)


def keep(book: Path, path: Path, reason: Problem) -> ReceivedFile:
    """Copy a refused file into the quarantine of a book; return what is to be noted of it. Raises ``Fault``."""
    quarantine = book / FOLDER
    folder = quarantine / clock.today().isoformat()
    make_folder(folder)
    for broken_off in quarantine.glob("*/xm-*.part"):
        _remove(broken_off)
    target, sha = copy_hashed(path, folder, LARGEST)
    told = {"file": shown_name(path), "sha256": sha, "received_at": clock.stamp(), **reason.as_json()}
    atomic_write(target.with_suffix(".json"), json.dumps(told, ensure_ascii=False, indent=1).encode(), force=True)
    size = target.stat().st_size
    thin(quarantine, newest=target)
    return ReceivedFile(
        file_name=shown_name(path),
        file_sha256=sha,
        size=size,
        received_at=str(told["received_at"]),
        verdict="refuse",
        code=reason.code,
        text=reason.text,
        to_do=reason.to_do,
        quarantined=True,
    )


def copy_of(book: Path, sha256: str) -> Path | None:
    """Return where the copy with this SHA-256 lies, or None when it is not there (any more)."""
    return next((book / FOLDER).glob(f"*/{sha256}.bin"), None)


def remove(book: Path, sha256: str) -> None:
    """Remove the copies with this SHA-256 and their reasons; raises ``Fault``."""
    for copy in list((book / FOLDER).glob(f"*/{sha256}.bin")):
        remove_file(copy)
        remove_file(copy.with_suffix(".json"))


def release(store: Store, change: Change, sha256: str) -> None:
    """A file that came in after all is no longer among the refused ones."""
    for one in store.find(ReceivedFile, file_sha256=sha256, quarantined=True):
        change.save(one.changed(quarantined=False))


def thin(quarantine: Path, *, newest: Path, most: int = MOST) -> None:
    """Remove older copies of the newest file, copies kept long enough, and the oldest beyond the room there is."""
    oldest_day = (clock.today() - KEPT).isoformat()
    copies = sorted(quarantine.glob("*/*.bin"), key=lambda one: (one.parent.name, one == newest), reverse=True)
    room = most
    for copy in copies:
        room -= copy.stat().st_size
        if copy != newest and (copy.name == newest.name or copy.parent.name < oldest_day or room < 0):
            room += copy.stat().st_size
            _remove(copy)


def _remove(copy: Path) -> None:
    try:
        copy.unlink()
        copy.with_suffix(".json").unlink(missing_ok=True)
        log.info("quarantine: removed %s of %s", copy.stem, copy.parent.name)
    except OSError:
        log.warning("quarantine: %s could not be removed", copy.stem)

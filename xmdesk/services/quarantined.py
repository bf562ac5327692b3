"""The files that were refused, as a list to work through: look again with today's trust, give back, delete.

Files of at most 20 MB are blobs in the book, larger ones copies beside it (``quarantine``). Their bytes are never opened
here but by the child that verifies; half a year and 2 GB are kept, the oldest go first (trust.md §5.7).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from xmdesk import clock
from xmdesk.errors import Fault, Refused, XmError
from xmdesk.files import atomic_write, copy_hashed, remove_file
from xmdesk.jobs import Progress, Silent
from xmdesk.ports import StepKind
from xmdesk.records.submission import CollectionTask, ReceivedFile, Verdict
from xmdesk.services import quarantine

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.inbox import Received

LONGEST_NAME = 60

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptFile:
    """One refused content: when and under which name it came last, how often it came, and why it may not come in.

    ``is_missing``: its copy beside the book is not there any more.
    """

    sha256: str
    name: str
    size: int
    received_at: str
    times: int
    code: str
    text: str
    to_do: str
    is_missing: bool


class Quarantined:
    """Lists what was refused, and does what a reviewer can do about it."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def files(self) -> list[KeptFile]:
        """Return what is kept, newest first; the same content is one file however often it came."""
        found: dict[str, list[ReceivedFile]] = {}
        for one in self.store.find(ReceivedFile, quarantined=True):
            found.setdefault(one.file_sha256, []).append(one)
        kept = [self._kept(records) for records in found.values()]
        return sorted(kept, key=lambda one: (one.received_at, one.sha256), reverse=True)

    def check_again(self, kept: KeptFile, progress: Progress | None = None, *, compare: bool = True) -> "Received":
        """Verify with today's trust: what passes comes in as a fresh file would, else the new reason replaces the old."""
        watch = progress or Silent()
        watch.step(0, 2, f"正在重新检查 {kept.name}…")
        try:
            received = self._taken_in(kept, compare=compare)
        except Refused as trouble:
            return self._refused_again(kept, trouble)
        watch.step(1, 2, "正在整理…")
        # A content that is here already in another file writes nothing: it goes from the list, its bytes with it.
        if self._records(kept.sha256):
            self.delete(kept)
        quarantine.remove(self.desk.folder, kept.sha256)
        return received

    def export(self, kept: KeptFile, folder: Path, progress: Progress | None = None) -> Path:
        """Write the original bytes and the reason beside them, read back; no file is taken over. Raises ``Fault``."""
        watch = progress or Silent()
        target, reason = _free(folder, kept.name)
        watch.step(0, 2, f"正在写 {target.name}…")
        if _is_beside(kept.size):
            self._copy_out(kept, target)
        else:
            atomic_write(target, self.store.blob(kept.sha256))
        watch.step(1, 2, "正在写原因…")
        office = self.desk.office.office().name
        atomic_write(reason, "\r\n".join(_words(kept, target.name, office)).encode("utf-8-sig"))
        return target

    def delete(self, kept: KeptFile) -> None:
        """Forget a file: its lines and its bytes, unless something else in the book has the same bytes. Raises ``Fault``."""
        quarantine.remove(self.desk.folder, kept.sha256)
        records = self._records(kept.sha256)
        with self.store.change("删除隔离的文件", kind=StepKind.SYSTEM) as change:
            for one in records:
                change.remove(one)
            if not any(self._is_own_letter(one) for one in records):
                change.drop_blob(kept.sha256)

    def thin(self, *, most: int = quarantine.MOST) -> None:
        """Delete what was kept long enough, and the oldest beyond the room there is; the newest stays."""
        oldest = clock.stamp(clock.now() - quarantine.KEPT)
        room = most
        for place, one in enumerate(self.files()):
            size = 0 if one.is_missing else one.size
            if place and (one.received_at < oldest or size > room):
                self._let_go(one)
            else:
                room -= size

    def _let_go(self, kept: KeptFile) -> None:
        try:
            self.delete(kept)
            log.info("quarantine: let %s of %s go", kept.sha256, kept.received_at)
        except Fault as trouble:
            log.warning("quarantine: %s could not be removed (%s)", kept.sha256, trouble.code)

    def _kept(self, records: Sequence[ReceivedFile]) -> KeptFile:
        last = max(records, key=lambda one: (one.received_at, one.uid))
        return KeptFile(
            sha256=last.file_sha256,
            name=last.file_name,
            size=last.size,
            received_at=last.received_at,
            times=len(records),
            code=last.code,
            text=last.text,
            to_do=last.to_do,
            is_missing=_is_beside(last.size) and quarantine.copy_of(self.desk.folder, last.file_sha256) is None,
        )

    def _records(self, sha256: str) -> list[ReceivedFile]:
        return self.store.find(ReceivedFile, file_sha256=sha256, quarantined=True)

    def _taken_in(self, kept: KeptFile, *, compare: bool) -> "Received":
        from xmdesk.services.brought import Brought
        from xmdesk.services.opening import verify_bytes

        if _is_beside(kept.size):
            self._copy(kept)
            raise Refused("R-SIZE")
        data = self.store.blob(kept.sha256)
        found = verify_bytes(data, self.desk.holding.trust_store(), compare=compare)
        return self.desk.inbox.take_in(Brought(Path(kept.name), data, found, None), found)

    def _refused_again(self, kept: KeptFile, trouble: XmError) -> "Received":
        from xmdesk.services.inbox import Received

        code, text, to_do = trouble.code, trouble.happened, trouble.to_do
        with self.store.change("重新检查隔离的文件", kind=StepKind.SYSTEM) as change:
            change.save_many([one.changed(code=code, text=text, to_do=to_do) for one in self._records(kept.sha256)])
        return Received(kept.name, "refuse", code, text, to_do)

    def _copy(self, kept: KeptFile) -> Path:
        copy = quarantine.copy_of(self.desk.folder, kept.sha256)
        if copy is None:
            raise Fault("INBOX-MISSING", name=kept.name)
        return copy

    def _copy_out(self, kept: KeptFile, target: Path) -> None:
        _, sha256 = copy_hashed(self._copy(kept), target.parent, quarantine.LARGEST, name=target.name)
        if sha256 != kept.sha256:
            remove_file(target)
            raise Fault("INBOX-CHANGED", name=kept.name)

    def _is_own_letter(self, one: ReceivedFile) -> bool:
        """Whether the file is a task, receipt or slip of this book: nobody names the bytes of these, but they must stay."""
        sha256 = one.payload_sha256
        return bool(sha256) and any(self.store.count(kind, payload_sha256=sha256) for kind in (CollectionTask, Verdict))


def _is_beside(size: int) -> bool:
    """Whether a file of this size is kept as a copy beside the book. Imported late: the window shows an empty list early."""
    from xmdesk.services.opening import LARGEST

    return size > LARGEST


def _free(folder: Path, name: str) -> tuple[Path, Path]:
    """Return where the bytes and their reason go: names like the one they came with that are not taken.

    What is no PDF by name ends in ``.bin``: nothing that runs leaves here under a name by which it would.
    """
    came = Path(name)
    ending = came.suffix if came.suffix.lower() == ".pdf" else f"{came.suffix[:LONGEST_NAME]}.bin"
    stem = came.stem[:LONGEST_NAME]
    names = (stem if number == 1 else f"{stem}({number})" for number in count(1))
    pairs = ((folder / f"{own}{ending}", folder / f"{own}_不能接收的原因.txt") for own in names)
    return next(pair for pair in pairs if not any(one.exists() for one in pair))


def _words(kept: KeptFile, written: str, office: str) -> list[str]:
    return [
        f"{office}不能接收下面这份文件，原样退给你们。",
        "",
        f"文件：{kept.name}" + (f"（退给你们时叫“{written}”）" if written != kept.name else ""),
        f"大小：{kept.size} 字节",
        f"收到：{clock.day_of(kept.received_at)}",
        f"内容摘要：{kept.sha256}",
        f"原因：{kept.text}",
        f"怎么办：{kept.to_do}",
        "",
    ]

"""A sealed return on its way out: copied to a stick and read back, printed, and what became of it until the answer."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from xmdesk import clock
from xmdesk.errors import Fault
from xmdesk.files import atomic_write, read_bytes, shown_name
from xmdesk.jobs import Progress
from xmdesk.ports import StepKind, Store
from xmdesk.records.submission import AGREED_AT, Direction, Submission, SubmissionState, Verdict
from xmdesk.services.drafting import place_of, put_out_of_force
from xmdesk.services.opening import LARGEST


@dataclass(frozen=True)
class Troubles:
    """Codes of what can go wrong where a file is put: the place is gone, it is full, what was read back is different."""

    gone: str
    full: str
    differs: str


STICK = Troubles("HAND-NO-STICK", "HAND-FULL", "HAND-READ-BACK")
FOLDER = Troubles("SAVE-NO-FOLDER", "SAVE-FULL", "SAVE-READ-BACK")


@dataclass(frozen=True)
class Station:
    """One moment in the life of a return: when (ISO 8601, UTC) and what happened."""

    at: str
    words: str


class Handing:
    """What happens to own submissions after sealing, and to the files of received ones."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def own(self, period: str = "") -> list[Submission]:
        """Return the own submissions, the newest first; of one period if asked."""
        found = self.store.find(Submission, direction=Direction.OWN)
        wanted = [one for one in found if not period or one.period == period]
        return sorted(wanted, key=place_of, reverse=True)

    def content(self, submission: Submission) -> bytes:
        """Return the sealed file as it was sealed; the book keeps it, so it can be copied and printed at any time.

        Raises ``Fault``: what came back from a receipt has no file here.
        """
        if not submission.file_sha256:
            raise Fault("HAND-NO-FILE", code=submission.short_code)
        return self.store.blob(submission.file_sha256)

    def copy(
        self, submission: Submission, folder: Path, progress: Progress, *, name: str = "", leaves: bool = True
    ) -> Submission:
        """Copy a sealed file to a stick and prove it there by reading it back; only then it counts as sent.

        A folder of this computer ``leaves`` nothing: the file is proven there, and the return is where it was.
        Raises ``Fault``: full, write-protected, pulled out, or read back different.
        """
        path = folder / (submission.file_name or f"上报_{submission.short_code}.pdf")
        where = name or shown_name(folder)
        if not leaves:
            self._put(submission, path, progress, f"正在存到{where}…", FOLDER)
            return submission
        self._put(submission, path, progress, f"正在拷到{where}，请不要拔…", STICK)
        return self._noted(submission, f"拷贝上报件 {submission.period}", sent_at=clock.stamp(), sent_to=where)

    def save_original(self, submission: Submission, path: Path, progress: Progress) -> Path:
        """Write a file that came in as it came, byte for byte, in the place of what lies there, and prove it by reading it back.

        Raises ``Fault`` as :meth:`copy` to a folder does.
        """
        self._put(submission, path, progress, f"正在存到{shown_name(path.parent)}…", FOLDER)
        return path

    def _put(self, submission: Submission, path: Path, progress: Progress, words: str, troubles: Troubles) -> None:
        content = self.content(submission)
        progress.step(0, 3, words)
        _refuse_full(path, len(content), troubles)
        atomic_write(path, content, force=True)
        progress.step(1, 3, "正在写实…")
        _settle()
        progress.step(2, 3, "正在读回核对…")
        if _hash_on_disk(path, troubles) != submission.file_sha256:
            raise Fault(troubles.differs, name=shown_name(path))

    def printed(self, submission: Submission, *, is_printed: bool = True) -> Submission:
        """Note that the pages were printed, or that they were not."""
        label = f"{'已' if is_printed else '未'}打印上报件 {submission.period}"
        return self._noted(submission, label, printed_at=clock.stamp() if is_printed else "")

    def stations(self, submission: Submission) -> list[Station]:
        """Return what happened to a submission, the oldest first."""
        one = submission
        lines = [
            Station(one.sealed_at, f"密封{_head(one)}"),
            Station(one.sent_at, f"拷到 {one.sent_to}，读回核对无误"),
            Station(one.printed_at, "打印"),
            Station(one.received_at, "区里收到"),
            *(Station(verdict.given_at, _answer(verdict)) for verdict in self._verdicts(one)),
        ]
        return sorted((line for line in lines if line.at), key=lambda line: line.at)

    def _verdicts(self, submission: Submission) -> list[Verdict]:
        return self.store.find(Verdict, direction=Direction.RECEIVED, submission_sha256=submission.payload_sha256)

    def _noted(self, submission: Submission, label: str, **noted: str) -> Submission:
        """Note something about a return as the book has it now: an answer to it may have come since it was looked at."""
        with self.store.change(label, kind=StepKind.SYSTEM) as change:
            one = self.store.get(Submission, submission.uid) or submission
            is_first = "sent_at" in noted and one.state is SubmissionState.SEALED
            done = one.changed(**noted, state=SubmissionState.SENT if is_first else one.state)
            if is_first:
                change.save_many(put_out_of_force(self.store, one))
            change.save(done)
        return done


def original_name(submission: Submission) -> str:
    """Return the file name under which a received return is saved: that of its sealing, whatever the file was called when it came."""
    version, digest = submission.version, submission.payload_sha256[:8]
    return f"上报_{submission.office_code}_{submission.period}_第{version}版_{digest}.pdf"


def _head(one: Submission) -> str:
    """Say who agreed where somebody did; a return sealed by a script, or brought back from its file, only names somebody."""
    if AGREED_AT in one.facts:
        return f"，{one.signed_off_by}同意"
    return f"，负责人写的是{one.signed_off_by}" if one.signed_off_by else ""


def _answer(verdict: Verdict) -> str:
    by = f"，{verdict.given_by}" if verdict.given_by else ""
    return f"{'回执：通过' if verdict.accepted else '退回单'} {verdict.number}{by}"


def _refuse_full(path: Path, size: int, troubles: Troubles) -> None:
    """Say before writing that the place is full or gone; ``atomic_write`` sorts every other trouble."""
    where = shown_name(path.parent)
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        raise Fault(troubles.gone, folder=where) from None
    if free < size:
        raise Fault(troubles.full, folder=where, needed=size // 1024 + 1, free=free // 1024)


def _settle() -> None:
    """Let the system write out what it still holds, so that the stick may be pulled."""
    if hasattr(os, "sync"):
        os.sync()


def _hash_on_disk(path: Path, troubles: Troubles) -> str:
    """Return the SHA-256 of what lies on the stick or disk itself, past the cache where the system allows it."""
    if hasattr(os, "posix_fadvise"):
        try:
            with path.open("rb") as stream:
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        except OSError:
            raise Fault(troubles.gone, folder=shown_name(path.parent)) from None
    return hashlib.sha256(read_bytes(path, LARGEST)).hexdigest()

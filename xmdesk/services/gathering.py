"""Which files of a stick the inbox reads: folders are walked, links never followed, programs left unopened."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xmdesk.problems import Problem, problem

MOST_FILES = 2000
SUSPICIOUS = frozenset({".lnk", ".exe", ".scr", ".bat", ".cmd", ".vbs", ".js", ".inf", ".com", ".pif"})


@dataclass(frozen=True)
class Gathered:
    """What was brought: files to read, suspicious files that stay unopened, and how many files are beyond the quota."""

    files: tuple[Path, ...]
    odd: tuple[Path, ...] = ()
    unread: int = 0

    @property
    def problems(self) -> list[Problem]:
        """What has to be said of the whole: files that nobody has looked at."""
        return [problem("INBOX-TOO-MANY", most=len(self.files), unread=self.unread)] if self.unread else []


def gathered(paths: Sequence[Path]) -> Gathered:
    """Find the PDF files to read (folders walked, links in them never followed, a link that was named is), at most ``MOST_FILES``."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [one for one in inside if one == path or (one.is_file() and not one.is_symlink())]
    named = set(paths)
    odd = tuple(one for one in found if one.suffix.lower() in SUSPICIOUS)
    left_out = set(odd)
    wanted = [
        one
        for one in found
        if one not in left_out and (one.suffix.lower() == ".pdf" or (one in named and not one.is_dir()))
    ]
    return Gathered(tuple(wanted[:MOST_FILES]), odd, unread=max(0, len(wanted) - MOST_FILES))

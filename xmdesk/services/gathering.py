"""Which files of a stick the inbox reads: folders are walked, links never followed, programs left unopened."""

from collections.abc import Sequence
from pathlib import Path

MOST_FILES = 2000
SUSPICIOUS = frozenset({".lnk", ".exe", ".scr", ".bat", ".cmd", ".vbs", ".js", ".inf", ".com", ".pif"})


def gathered(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the PDF files to read (folders walked, links never followed) and suspicious files that stay unopened."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() and not path.is_symlink() else [path]
        found += [one for one in inside if one == path or (one.is_file() and not one.is_symlink())]
    named = set(paths)
    wanted = [one for one in found if one.suffix.lower() == ".pdf" or (one in named and not one.is_dir())]
    odd = [one for one in found if one.suffix.lower() in SUSPICIOUS]
    return [one for one in wanted if one not in odd][:MOST_FILES], odd

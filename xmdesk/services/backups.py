"""Backups as people choose among them: when, why, how large, and what is in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xmdesk.records.registers import REGISTERS

NAME = re.compile(r"备份_\d{8}-\d{6}_m\d{4}_[0-9a-f]{8}\.db")
"""How backups are named; what is called so is shown among them and proven when it is used."""


@dataclass(frozen=True)
class BackupFile:
    """One backup on disk. ``made_at`` is a UTC stamp; ``counts`` are rows by table, empty where only the name is known."""

    path: Path
    made_at: str
    reason: str
    size: int
    counts: Mapping[str, int]

    @property
    def contents(self) -> str:
        """What the registers hold in it, as people say it."""
        return contents_words(self.counts)


@dataclass(frozen=True)
class Restored:
    """A book made of a backup: where it lies, and what was read back from it."""

    folder: Path
    counts: Mapping[str, int]


def contents_words(counts: Mapping[str, int]) -> str:
    """Return the filled registers with their numbers."""
    return "，".join(f"{one.noun} {counts[name]}" for name, one in REGISTERS.items() if counts.get(name))

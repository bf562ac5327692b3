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
        """What is in it, as people say it; only a look inside tells where there are no counts."""
        return contents_words(self.counts) if self.counts else "核对后才知道"


@dataclass(frozen=True)
class Restored:
    """A book made of a backup: where it lies, and what was read back from it."""

    folder: Path
    counts: Mapping[str, int]


def contents_words(counts: Mapping[str, int]) -> str:
    """Return what is filled, with its numbers: the registers, then what an office sent or a district received."""
    nouns = {name: one.noun for name, one in REGISTERS.items()} | {"submissions": "上报件", "roster": "名册单位"}
    return "，".join(f"{noun} {counts[name]}" for name, noun in nouns.items() if counts.get(name)) or "还没有记录"

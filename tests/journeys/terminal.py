"""The command line as a script sees it: one call in this process, its exit code and its two streams."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ui import compose
from ui.cli.__main__ import build
from xmdesk import clock
from xmdesk.trust.argon import FLOOR_COST

LEDGERS = Path(__file__).parents[1] / "data" / "ledgers"
PASSWORD = "Lianhua-2026-ok"
SHEETS = {
    "facilities": ("设施台账.xlsx", 18, 0),
    "duties": ("管护责任清单.xlsx", 10, 5),
    "disaster_officers": ("灾害信息员和避灾点.xlsx", 2, 0),
    "shelters": ("灾害信息员和避灾点.xlsx", 2, 0),
    "legal_helpers": ("法律明白人花名册.xlsx", 4, 0),
}
"""The ledgers of one village: file, rows that go in, rows that are parked, by register."""


@dataclass(frozen=True)
class Answer:
    """What one command left: exit code, standard output, standard error."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output; anything beside it fails here."""
        assert self.out.endswith("\n")
        assert self.out.count("\n") == 1, self.out
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@dataclass
class Terminal:
    """Runs commands in a folder of its own and remembers every word that was printed."""

    folder: Path
    cache: Path
    password: str = PASSWORD
    said: list[Answer] = field(default_factory=list)

    def __call__(self, *words: Any, expect: int = 0, password: str | None = None, plain: bool = False) -> Answer:
        """Run a command with ``--json`` (unless ``plain``) and require its exit code."""
        given = [str(one) for one in words] + ([] if plain else ["--json"])
        environment = {
            "XMDESK_PASSWORD": self.password if password is None else password,
            "XMDESK_DATA": str(self.folder / "user-data"),
            "XMDESK_CACHE": str(self.cache),
        }
        ran = CliRunner().invoke(build(), given, env=environment)
        if ran.exception is not None and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        answer = Answer(tuple(given), ran.exit_code, ran.stdout, ran.stderr)
        self.said.append(answer)
        told = f"{given[:4]} ended with {answer.code}: {answer.out[:400]} {answer.err[:400]}"
        assert answer.code == expect, told
        return answer

    def at(self, name: str) -> Path:
        """A path in this terminal's folder."""
        return self.folder / name


@contextmanager
def cheap_keys() -> Iterator[None]:
    """Let new books use the floor of key derivation; opening them takes what their key box says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compose, "DEFAULT_COST", FLOOR_COST)
        patch.setitem(compose.create_book.__kwdefaults__ or {}, "cost", FLOOR_COST)
        yield


@contextmanager
def on(day: str) -> Iterator[None]:
    """Hold the clock at noon in China of an ISO day."""
    with clock.frozen(datetime.fromisoformat(f"{day}T12:00:00+08:00")):
        yield


def is_problem(told: dict[str, Any]) -> bool:
    """Whether an object is a problem as the contract words it."""
    return (
        set(told) == {"code", "severity", "where", "text", "to_do"}
        and told["severity"] in ("error", "warning", "notice")
        and isinstance(told["where"], dict)
        and bool(told["code"])
        and _is_chinese(told["text"])
        and (not told["to_do"] or _is_chinese(told["to_do"]))
    )


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)

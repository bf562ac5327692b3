"""Days, periods and codes among the words: read whole or refused, before any book is opened."""

from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, is_problem

WORDS = {
    "rows": (("register", "rows", "册", "facilities", "--as-of"), "CLI-DAY"),
    "indicators": (("indicators", "册", "--as-of"), "CLI-DAY"),
    "task": (("task", "issue", "册", "--period", "2026Q4", "--out", "任务", "--due"), "CLI-DAY"),
    "check": (("check", "册", "--period"), "PERIOD-SHAPE"),
    "code": (("verify", "a.pdf", "--root", "a.cer", "--crl", "a.crl", "--code"), "BOOK-CODE"),
}


@pytest.fixture
def terminal(tmp_path: Path, shared_cache: Path) -> Terminal:
    return Terminal(tmp_path, shared_cache)


@pytest.mark.parametrize("typed", ["2026-11-29x", "20261129", "2026-W48-7", "2026-02-30", "２０２６-11-29", "昨天"])
@pytest.mark.parametrize("name", WORDS)
def test_what_only_begins_well_is_wrong_use(terminal: Terminal, name: str, typed: str) -> None:
    words, code = WORDS[name]

    told = terminal(*words, typed, expect=2).json["error"]

    assert told["code"] == code
    assert is_problem(told)
    assert "请" in told["to_do"]

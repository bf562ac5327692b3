"""``book clock``: what the book knows of the time, and a person's word that the clock is right."""

from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, cheap_keys, is_problem, on


@pytest.fixture
def run(tmp_path: Path, shared_cache: Path) -> Terminal:
    made = Terminal(tmp_path, shared_cache)
    with cheap_keys(), on("2026-11-23"):
        made("book", "new", made.at("村"), "--code", "350212105206")
    return made


def test_a_clock_in_order_may_seal(run: Terminal) -> None:
    with on("2026-11-24"):
        told = run("book", "clock", run.at("村")).json
    assert (told["may_seal"], told["problems"], told["now"]) == (True, [], "2026-11-24T04:00:00Z")


def test_a_clock_behind_what_is_known_is_a_finding_until_confirmed(run: Terminal) -> None:
    with on("2025-03-01"):
        told = run("book", "clock", run.at("村"), expect=1).json
        assert not told["may_seal"]
        assert is_problem(told["problems"][0])
        assert run("book", "clock", run.at("村"), "--confirm", "已与手机核对").json["may_seal"]
        assert "可以密封" in run("book", "clock", run.at("村"), plain=True).out


def test_what_was_noticed_in_opening_is_said_beside_the_answer(run: Terminal) -> None:
    with on("2026-05-01"):
        told = run("book", "show", run.at("村"))
    assert "本机时间（2026-05-01）比上次使用（2026-11-23）早 6 个月" in told.err
    assert told.json["office"]["code"] == "350212105206"

"""``inbox lock``: a reviewer locks a period and opens it again with a reason."""

from pathlib import Path

from tests.journeys.terminal import Terminal, cheap_keys


def test_a_period_is_locked_once_and_opened_with_a_reason(tmp_path: Path, shared_cache: Path) -> None:
    run = Terminal(tmp_path, shared_cache)
    with cheap_keys():
        run("book", "new", run.at("区"), "--code", "350212")
        run("book", "new", run.at("村"), "--code", "350212105206")
    locked = run("inbox", "lock", run.at("区"), "--period", "2026Q4").json
    assert (locked["period"], locked["locked"]) == ("2026Q4", True)
    assert run("inbox", "lock", run.at("区"), "--period", "2026Q4").json == locked
    run("inbox", "lock", run.at("区"), "--period", "2026Q4", "--undo", expect=2)
    opened = run("inbox", "lock", run.at("区"), "--period", "2026Q4", "--undo", "--reason", "全区补报").json
    assert opened == {"period": "2026Q4", "locked": False, "locked_at": ""}
    run("inbox", "lock", run.at("村"), "--period", "2026Q4", expect=2)

"""inbox receive on the command line: every file is answered for, also those that are not read."""

from pathlib import Path

import pytest

from tests.journeys.terminal import PASSWORD, Terminal, is_problem
from ui.compose import create_book
from xmdesk.services import gathering
from xmdesk.trust.argon import FLOOR_COST


@pytest.fixture
def terminal(tmp_path: Path, shared_cache: Path) -> Terminal:
    """A terminal beside the book of a district and a stick with three files that are no returns."""
    with create_book(tmp_path / "区", code="350212", password=PASSWORD, cost=FLOOR_COST).desk.closing() as desk:
        desk.enrolling.init()
    made = Terminal(tmp_path, shared_cache)
    made.at("U盘").mkdir()
    for name in "甲乙丙":
        (made.at("U盘") / f"{name}.pdf").write_bytes(name.encode())
    return made


def test_files_beyond_the_quota_are_told_with_the_findings(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_FILES", 2)

    told = terminal("inbox", "receive", terminal.at("区"), terminal.at("U盘"), expect=1).json
    plain = terminal("inbox", "receive", terminal.at("区"), terminal.at("U盘"), plain=True, expect=1)

    assert (told["files"], told["unread"], len(told["results"])) == (2, 1, 2)
    assert [one["code"] for one in told["problems"]] == ["INBOX-TOO-MANY"]
    assert is_problem(told["problems"][0])
    assert "还有 1 份没有读。请" in plain.out.splitlines()[-1]

"""inbox receive on the command line: every file is answered for, also those that are not read."""

import os
import shutil
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, is_problem
from tests.xmdesk.services.stories import PASSWORD
from xmdesk.services import gathering


@pytest.fixture
def terminal(founded: Path, tmp_path: Path, shared_cache: Path) -> Terminal:
    """A terminal beside the book of a district and a stick with three files that are no returns."""
    shutil.copytree(founded / "district", tmp_path / "区")
    made = Terminal(tmp_path, shared_cache, password=PASSWORD)
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


def test_a_link_to_a_folder_is_walked_when_it_was_named(terminal: Terminal) -> None:
    terminal.at("link").symlink_to(terminal.at("U盘"))

    assert terminal("inbox", "receive", terminal.at("区"), terminal.at("link"), expect=1).json["files"] == 3


PIPED = {
    "inbox receive": ("inbox", "receive", "区", "管道"),
    "verify": ("verify", "管道", "--book", "区"),
    "register import": ("register", "import", "区", "facilities", "管道"),
    "receipt take": ("receipt", "take", "区", "管道"),
    "password file": ("book", "show", "区", "--password-file", "管道"),
    "form what": ("form", "what", "管道"),
    "backup verify": ("backup", "verify", "管道"),
    "indicators": ("indicators", "区", "--as-of", "2026-11-29", "--set", "管道"),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
@pytest.mark.parametrize("name", PIPED)
def test_a_pipe_is_refused_and_never_waited_for(terminal: Terminal, name: str) -> None:
    os.mkfifo(terminal.at("管道"))
    given = [terminal.at(one) if one in ("区", "管道") else one for one in PIPED[name]]

    told = terminal(*given, expect=3).json["error"]

    assert "“管道”" in told["text"]
    assert is_problem(told)

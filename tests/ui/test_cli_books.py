"""book new on the command line: the place and the name are judged before anything is made."""

from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, cheap_keys, is_problem

WRONG = {
    "no folder around it": ("无/册", (), 3, "“无”不是文件夹，或不存在"),
    "a file around it": ("文件/册", (), 3, "“文件”不是文件夹，或不存在"),
    "a file": ("文件", (), 3, "“文件”是一个文件"),
    "a folder with files": ("满", (), 3, "“满”里已有文件"),
    "too long a folder": ("长" * 200, (), 3, "太长"),
    "too long a name": ("册", ("--name", "村" * 61), 2, "最多 60 "),
}


@pytest.fixture
def terminal(tmp_path: Path, shared_cache: Path) -> Terminal:
    made = Terminal(tmp_path, shared_cache)
    made.at("文件").write_text("x")
    made.at("满").mkdir()
    (made.at("满") / "x").write_text("x")
    return made


@pytest.mark.parametrize("name", WRONG)
def test_a_book_that_cannot_be_made_is_told_and_leaves_nothing_behind(terminal: Terminal, name: str) -> None:
    place, more, code, said = WRONG[name]
    before = sorted(terminal.folder.rglob("*"))

    told = terminal("book", "new", terminal.at(place), "--code", "350212105206", *more, expect=code).json["error"]

    assert said in told["text"]
    assert is_problem(told)
    assert sorted(terminal.folder.rglob("*")) == before


@pytest.mark.parametrize(("typed", "kept"), [("村" * 60, "村" * 60), ("  ", "军营村委会"), (" 军营\n村 ", "军营村")])
def test_a_name_is_kept_as_the_office_keeps_it(terminal: Terminal, typed: str, kept: str) -> None:
    with cheap_keys():
        made = terminal("book", "new", terminal.at("册"), "--code", "350212105206", "--name", typed)

    assert made.json["name"] == kept

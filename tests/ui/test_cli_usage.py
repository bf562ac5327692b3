"""Words the command line cannot read, and its help pages: Chinese throughout, standard output clean."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tests.journeys.terminal import Terminal, is_problem
from ui.cli.__main__ import build

WRONG = {
    "unknown command": (("regster",), "CLI-NO-SUCH-COMMAND", "“regster”", "register"),
    "unknown command of a group": (("register", "row"), "CLI-NO-SUCH-COMMAND", "“register”没有“row”", "undo-import"),
    "unknown option": (("register", "rows", "--fo", "a", "b"), "CLI-NO-SUCH-OPTION", "“--fo”", "--search"),
    "missing argument": (("register", "rows"), "CLI-MISSING", "book（台账册文件夹）", "补上"),
    "missing option": (("register", "template", "persons"), "CLI-MISSING", "--out", "补上"),
    "option left empty": (("register", "template", "persons", "--out"), "CLI-OPTION-EMPTY", "--out", "补上内容"),
    "switch with content": (("book", "show", "a", "--json=1"), "CLI-OPTION-FILLED", "--json", "去掉"),
    "word too many": (("register", "rows", "a", "b", "c"), "CLI-TOO-MANY", "c", "去掉"),
    "too small": (("register", "rows", "a", "b", "--limit", "-1"), "CLI-VALUE", "--limit", "不小于 0 的整数"),
    "not a number": (("register", "rows", "a", "b", "--limit", "x"), "CLI-VALUE", "--limit", "不小于 0 的整数"),
}


@pytest.fixture
def terminal(tmp_path: Path, shared_cache: Path) -> Terminal:
    return Terminal(tmp_path, shared_cache)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_words_are_told_in_chinese_on_standard_error_alone(terminal: Terminal, name: str) -> None:
    words, _, said, to_do = WRONG[name]

    told = terminal(*words, expect=2, plain=True)

    assert told.out == ""
    assert said in told.err
    assert to_do in told.err
    assert told.err.count("\n") == 1
    assert not re.search(r"Error|Usage|Try|No such|Missing|Invalid", told.err)


@pytest.mark.parametrize("name", [one for one in WRONG if not one.startswith(("option left", "switch"))])
def test_wrong_words_are_one_json_object_where_it_is_wanted(terminal: Terminal, name: str) -> None:
    words, code, said, _ = WRONG[name]

    told = terminal(*words, expect=2).json

    assert told["ok"] is False
    assert told["problems"] == [told["error"]]
    assert is_problem(told["error"])
    assert told["error"]["code"] == code
    assert said in told["error"]["text"]


def commands(group: Any, *words: str) -> Iterator[tuple[str, ...]]:
    """Every command of the tree as it is typed."""
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from commands(one, *words, name)
        else:
            yield (*words, name)


def test_every_command_tells_a_missing_word_and_an_unknown_option_in_one_json_object(terminal: Terminal) -> None:
    every = list(commands(get_command(build())))

    told = {(words, more): terminal(*words, *more, expect=2) for words in every for more in ((), ("--nope",))}

    assert len(every) > 30
    assert {(words, more) for (words, more), one in told.items() if not is_problem(one.json["error"])} == set()
    assert [one.err for one in told.values() if re.search(r"[A-Z][a-z]+ [a-z]+", one.err)] == []


def test_numbers_of_persons_among_the_words_are_not_repeated(terminal: Terminal) -> None:
    told = terminal("register", "rows", "a", "b", "11010519491231002X", "138-0013-8000", expect=2)

    assert "1949" not in told.out + told.err
    assert "8000" not in told.out + told.err


@pytest.mark.parametrize("words", [(), ("register",), ("trust", "--")])
def test_a_group_without_a_command_is_wrong_use_and_leaves_standard_output_clean(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    told = terminal(*words, expect=2, plain=True)

    assert told.out == ""
    assert "请写上其中一个命令" in told.err.splitlines()[-1]


@pytest.mark.parametrize("words", [(), ("register",), ("register", "rows")])
def test_help_has_chinese_headings(terminal: Terminal, words: tuple[str, ...]) -> None:
    told = terminal(*words, "--help", plain=True)

    assert told.err == ""
    assert "用法：" in told.out
    assert "选项" in told.out
    assert not re.search(r"Usage|Options|Commands|Arguments|required|default|Show this", told.out)

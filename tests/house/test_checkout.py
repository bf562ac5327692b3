"""What is committed can be cloned anywhere: no machine's paths, no index addresses, one door for every command."""

import re
import shutil
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType

import pytest

from tests.house.tree import ROOT, shown, tracked_files, tracked_texts

MACHINE_PATHS = [re.compile(rf"(?<![\w.]){path}/") for path in ("/work", "/root", "/opt", "/home/\\w+", r"\.\./shared")]
INDEX = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|//[\w.-]*(?:pypi|pythonhosted|npmjs|deb\.debian)\.", re.I
)
KEYS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")


@pytest.fixture(scope="module")
def xm() -> ModuleType:
    """The command file as a module."""
    loader = SourceFileLoader("xm", str(ROOT / "xm"))
    spec = spec_from_loader("xm", loader)
    assert spec is not None
    module, written = module_from_spec(spec), sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = written
    return module


def lines_matching(*patterns: re.Pattern[str]) -> list[str]:
    return [
        shown(path, number)
        for path, text in tracked_texts()
        if shown(path) != "tests/house/test_checkout.py"
        for number, line in enumerate(text.splitlines(), 1)
        if any(pattern.search(line) for pattern in patterns)
    ]


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert lines_matching(*MACHINE_PATHS) == []


def test_no_file_names_a_package_index() -> None:
    assert lines_matching(INDEX) == []


def test_no_private_key_is_committed() -> None:
    assert lines_matching(KEYS) == []


def test_every_command_is_explained_to_newcomers(xm: ModuleType) -> None:
    guide = (ROOT / "README.md").read_text("utf-8") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert [name for name in xm.COMMANDS if f"./xm {name}" not in guide] == []
    assert [name for name in xm.COMMANDS if f"./xm {name}" not in xm.usage()] == []


def test_the_guides_name_only_commands_that_exist(xm: ModuleType) -> None:
    guides = [text for path, text in tracked_texts() if path.suffix == ".md"]

    assert set(re.findall(r"\./xm ([a-z]+)", "\n".join(guides))) - set(xm.COMMANDS) == set()


def test_the_guides_name_only_files_that_exist() -> None:
    """Names with an ellipsis or a number to fill in are patterns, not files."""
    named = re.compile(r"\b(?:xmdesk|db|ui|tests|resources)/[\w./-]*\.(?:py|toml|sql|png|json|md)\b(?!…)")
    guides = [(path, text) for path, text in tracked_texts() if path.parent == ROOT and path.suffix == ".md"]
    missing = {
        f"{shown(path)} names {name}"
        for path, text in guides
        for name in named.findall(re.sub(r"<!--.*?-->", "", text))
        if not (ROOT / name).exists()
    }

    assert missing == set()


def test_an_unknown_command_is_wrong_usage(xm: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert xm.main(["publish"]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_every_command_says_what_it_may_be_given_and_does_nothing(xm: ModuleType, monkeypatch, capsys, asked) -> None:
    monkeypatch.setattr(xm, "ready", lambda **_: pytest.fail("it began to install"))
    for name in set(xm.COMMANDS) - {"cli"}:
        assert xm.main([name, asked]) == 0
        told = capsys.readouterr().out
        assert told.startswith(f"./xm {name}")
        assert xm.COMMANDS[name].__doc__ in told


def test_the_command_line_is_asked_for_its_own_help(xm: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    assert xm.main(["cli", "--help"]) == 0
    assert "register" in capfd.readouterr().out


@pytest.mark.parametrize("name", ["demo", "check", "fix", "shots", "bench"])
def test_an_option_that_a_command_does_not_know_is_refused(xm: ModuleType, monkeypatch, capsys, name: str) -> None:
    monkeypatch.setattr(xm, "ready", lambda **_: pytest.fail("it began to install"))

    assert xm.main([name, "--wrong"]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert f"xm: {name} does not know --wrong" in told.err


def test_a_step_that_check_does_not_know_is_refused(xm: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert xm.main(["check", "spelling"]) == 2
    assert "ruff format types imports sizes" in capsys.readouterr().err


def test_a_child_gives_its_exit_code_through(xm: ModuleType) -> None:
    assert xm.run([sys.executable, "-c", "raise SystemExit(4)"]) == 4


def test_a_step_is_done_again_only_when_its_files_changed(xm: ModuleType, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(xm, "ROOT", tmp_path)
    monkeypatch.setattr(xm, "VENV", tmp_path)
    monkeypatch.setattr(xm, "PYTHON", sys.executable)
    listing = tmp_path / "listing.txt"
    listing.write_text("one", "ascii")

    xm.once("pip", ["listing.txt"], ["--help"])
    after_once = xm.done_before("pip", ["listing.txt"])[2]
    listing.write_text("two", "ascii")

    assert after_once
    assert not xm.done_before("pip", ["listing.txt"])[2]


def test_ci_calls_check_and_test_and_nothing_else() -> None:
    script = (ROOT / ".ci" / "run").read_text("ascii")

    assert re.findall(r"^\./xm (\w+)", script, re.M) == ["check", "test"]
    assert re.findall(r"^(?!#|set |cd |failed=0|exit |\./xm )\S.*", script, re.M) == []


def test_programs_are_executable_and_documents_are_not() -> None:
    runnable = [shown(path) for path in tracked_files() if path.stat().st_mode & 0o111]

    assert sorted(runnable) == [".ci/run", "xm"]


def test_texts_end_with_a_line_end_and_hold_no_carriage_returns() -> None:
    sources = [(path, text) for path, text in tracked_texts() if path.suffix in {".py", ".toml", ".md", ".in"}]

    assert [shown(path) for path, text in sources if text and (not text.endswith("\n") or "\r" in text)] == []


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no Xvfb on this system")
def test_pictures_are_taken_on_a_screen_of_our_own(xm: ModuleType) -> None:
    server, display = xm.own_screen()
    try:
        assert re.fullmatch(r":\d+", display)
        assert server.poll() is None
    finally:
        server.terminate()
        server.communicate()

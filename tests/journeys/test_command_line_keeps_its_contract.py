"""Keys, exit codes and standard output as contracts.md promises them, over the answers of one whole journey."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.quarter import VILLAGE, numbers_in_ledgers
from tests.journeys.terminal import is_problem

ROOT = Path(__file__).parents[2]

KEYS = {
    "book new": {"book", "code", "name", "desk"},
    "book show": {"office", "registers", "certificate", "returns"},
    "book doctor": {"ok", "checks"},
    "register list": {"registers"},
    "register rows": {"rows", "total"},
    "template": {"path"},
    "export": {"path", "rows"},
    "import facilities": {"batch", "new", "changed", "same", "parked", "skipped", "problems", "mapping"},
    "undo kept": {"removed", "restored", "kept"},
    "check": {"errors", "warnings", "problems"},
    "trust init": {"fingerprint", "serial", "not_after"},
    "trust request": {"path", "fingerprint"},
    "trust grant": {"path", "fingerprint", "serial", "not_after"},
    "trust accept": {"fingerprint", "serial", "not_after"},
    "trust revoke": {"serial"},
    "trust export": {"root", "crl", "fingerprint"},
    "task issue": {"task", "offices", "path"},
    "return seal": {"path", "short_code", "payload_sha256", "pages", "version", "replaces"},
    "verify book": {"verdict", "code", "text", "to_do", "facts"},
    "receive": {"files", "accepted", "held", "refused", "duplicates", "results"},
    "inbox list": {"expected", "states", "offices"},
    "review accept": {"path"},
    "send-back": {"path"},
    "take slip": {"kind", "applied", "points"},
    "consolidate": {"expected", "included", "missing", "totals", "digest"},
    "indicators": {"indicators"},
    "print": {"path", "pages", "missing_glyphs"},
    "backup make": {"path", "counts", "ok"},
    "backup verify": {"path", "counts", "ok"},
    "backup restore": {"path", "counts", "ok"},
}
"""The main JSON keys of contracts.md, by a step that shows them."""


@pytest.mark.parametrize("step", KEYS)
def test_an_answer_has_the_keys_of_the_contract(story, step):
    assert KEYS[step] <= set(story.told[step].json)


def test_every_answer_is_one_json_object_and_nothing_else(story):
    spoken = [one for one in story.run.said if "--json" in one.words]
    assert len(spoken) > 60
    assert all(isinstance(one.json, dict) for one in spoken)


def test_progress_is_silent_where_nobody_watches(story):
    assert "\r" not in "".join(one.err for one in story.run.said)


def test_every_error_is_a_problem_in_chinese_with_something_to_do(story):
    failed = [one for one in story.run.said if one.code > 1 and "verify" not in one.words]
    assert len(failed) >= 7
    for one in failed:
        assert is_problem(one.json["error"]), one.out
        assert one.json["error"]["to_do"]
        assert one.json["error"]["text"] in one.err


def test_every_problem_has_the_shape_of_the_contract(story):
    problems = [two for one in story.run.said if "--json" in one.words for two in one.json.get("problems", ())]
    assert len(problems) > 100
    assert [one for one in problems if not is_problem(one)] == []


def test_no_message_holds_a_whole_identity_number_or_phone(story):
    secrets = numbers_in_ledgers()
    assert len(secrets) > 20
    spoken = "".join(one.out + one.err for one in story.run.said)
    assert [one for one in secrets if one in spoken] == []


WRITERS = (
    ("book new", "book", "new", "村", "--code", VILLAGE),
    ("template", "register", "template", "persons", "--out", "人员表.xlsx"),
    ("export", "register", "export", "村", "persons", "--out", "人员.xlsx"),
    ("trust request", "trust", "request", "村", "--out", "申请.pdf"),
    ("print", "print", "村", "facilities", "--out", "设施.pdf"),
)


@pytest.mark.parametrize("words", WRITERS, ids=lambda words: words[0])
def test_nothing_is_overwritten_without_force(story, words):
    names = {"村", "人员表.xlsx", "人员.xlsx", "申请.pdf", "设施.pdf"}
    given = [story.at(one) if one in names else one for one in words[1:]]
    target = given[-1] if isinstance(given[-1], Path) else story.at("村") / "book.keybox"
    before = target.read_bytes()
    told = story.run(*given, expect=3)
    assert told.json["error"]["to_do"]
    assert target.read_bytes() == before


def test_force_overwrites(story):
    path = story.at("人员表.xlsx")
    path.write_bytes(b"old")
    story.run("register", "template", "persons", "--out", path, "--force")
    assert path.read_bytes()[:2] == b"PK"


FILES = {"村", "区", "没有这个册", "新册", "任务"}

TROUBLES = {
    "wrong password": (3, ("book", "show", "村")),
    "missing book": (3, ("book", "show", "没有这个册")),
    "missing file": (3, ("register", "import", "村", "facilities", "没有.xlsx")),
    "hostile file": (4, ("register", "import", "村", "facilities", "炸弹.xlsx")),
    "unknown register": (2, ("register", "rows", "村", "ships")),
    "bad period": (2, ("check", "村", "--period", "2026Q9")),
    "bad day": (2, ("register", "rows", "村", "facilities", "--as-of", "昨天")),
    "bad code": (2, ("book", "new", "新册", "--code", "12")),
    "unknown ending": (2, ("register", "export", "村", "facilities", "--out", "x.docx")),
    "authority at a clerk's desk": (2, ("trust", "init", "村")),
    "inbox at a clerk's desk": (2, ("inbox", "receive", "村", "申请.pdf")),
    "tasks at a clerk's desk": (2, ("task", "issue", "村", "--period", "2026", "--due", "2026-12-31", "--out", "任务")),
    "missing map": (3, ("register", "import", "村", "facilities", "人员.xlsx", "--map", "没有.json")),
    "missing indicator set": (3, ("indicators", "区", "--as-of", "2026-12-31", "--set", "没有.toml")),
    "missing password file": (3, ("book", "show", "村", "--password-file", "没有.txt")),
    "missing backup": (3, ("backup", "verify", "没有.db")),
    "a file where a folder is wanted": (3, ("return", "seal", "村", "--period", "2026Q4", "--out", "申请.pdf")),
    "a return as an enrolment request": (
        4,
        ("trust", "grant", "区", "任务.pdf", "--fingerprint", "1", "--out", "x.pdf"),
    ),
    "no trust given": (2, ("verify", "申请.pdf")),
    "no such submission": (3, ("review", "accept", "区", "ZZZZ-ZZZZ", "--out", "x.pdf")),
    "not a document": (4, ("receipt", "take", "村", "更正.json")),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_ends_with_its_exit_code_and_one_json_object(story, name):
    code, words = TROUBLES[name]
    story.at("炸弹.xlsx").write_bytes(_macro_book(story.at("人员.xlsx")))
    shutil.copyfile(next(story.at("任务").glob("*.pdf")), story.at("任务.pdf"))
    given = [story.at(one) if one in FILES or Path(one).suffix else one for one in words]
    told = story.run(*given, expect=code, password="错的口令" if name == "wrong password" else None)
    assert is_problem(told.json["error"]), told.out
    assert told.json["error"]["to_do"]


def _macro_book(path: Path) -> bytes:
    import zipfile
    from io import BytesIO

    content = BytesIO(path.read_bytes())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return content.getvalue()


def test_a_password_may_stand_in_a_file(story):
    story.at("口令.txt").write_text(story.run.password + "\n", "utf-8")
    told = story.run("register", "list", story.at("村"), "--password-file", story.at("口令.txt"), password="")
    assert len(told.json["registers"]) == 9


PAGE = 4096
"""Bytes of a page of a book; which table stands on which of them is SQLite's affair."""


def damaged(story, tmp_path: Path, part: slice) -> Path:
    """A copy of the restored book with zeros where these pages were."""
    broken = tmp_path / "坏册"
    shutil.copytree(story.at("还原"), broken)
    base = broken / "台账.db"
    content = bytearray(base.read_bytes())
    content[part] = bytes(len(content[part]))
    base.write_bytes(content)
    return broken


def test_a_book_damaged_beyond_opening_is_told_as_such(story, tmp_path):
    told = story.run("book", "doctor", damaged(story, tmp_path, slice(PAGE, None)), expect=3)
    assert is_problem(told.json["error"])


def test_a_book_damaged_in_one_page_is_told_by_its_checks(story, tmp_path):
    told = story.run("book", "doctor", damaged(story, tmp_path, slice(-PAGE, None)), expect=1)
    assert told.json["ok"] is False
    assert is_problem(next(one["problem"] for one in told.json["checks"] if one["name"] == "pages"))


def spoken(*words: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a program of its own, where nobody watches and no password is at hand."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XMDESK_DATA": str(cwd / "data")}
    environment.pop("XMDESK_PASSWORD", None)
    command = [sys.executable, "-m", "ui.cli", *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False)


PROGRAMS = {
    "done": (0, ("register", "template", "persons", "--out", "表.xlsx", "--json")),
    "wrong option": (2, ("register", "template", "persons", "--json")),
    "wrong register": (2, ("register", "template", "ships", "--out", "x.xlsx", "--json")),
    "negative limit": (2, ("register", "rows", "册", "persons", "--limit", "-1", "--json")),
    "no password": (2, ("book", "show", "册", "--json")),
    "hostile": (4, ("verify", "坏.pdf", "--root", "坏.pdf", "--crl", "坏.pdf", "--json")),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_program_says_one_json_object_in_utf8_and_ends_with_the_code(tmp_path, name):
    code, words = PROGRAMS[name]
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 nothing more")
    ran = spoken(*words, cwd=tmp_path)
    assert ran.returncode == code, ran.stderr.decode()
    told = json.loads(ran.stdout.decode("utf-8"))
    assert ran.stdout.count(b"\n") == 1
    assert name == "done" or is_problem(told["error"])


def test_help_is_no_error(tmp_path):
    ran = spoken("--help", cwd=tmp_path)
    assert ran.returncode == 0
    assert "台账" in ran.stdout.decode("utf-8")


def broken_off(trouble: str, *, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command in which something happens that no command answers for."""
    program = (
        "from ui.cli import registers, __main__\n"
        f"def broken(*_, **__): {trouble}\n"
        "registers.atomic_write = broken\n"
        "__main__.main()"
    )
    words = ["register", "template", "persons", "--out", "表.xlsx", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XMDESK_DATA": str(cwd / "data")}
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False)


def test_an_interrupted_command_ends_with_one_json_object(tmp_path):
    ran = broken_off("raise KeyboardInterrupt", cwd=tmp_path)
    assert ran.returncode == 130
    assert json.loads(ran.stdout)["error"]["code"] == "CLI-STOPPED"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_an_answer_that_cannot_be_written_is_told_and_ends_with_the_code_of_the_surroundings(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XMDESK_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "ui.cli", "register", "template", "persons", "--out", "表.xlsx"]
    for more in ((), ("--json", "--force")):
        with Path("/dev/full").open("wb") as full:
            ran = subprocess.run(
                [*command, *more], cwd=tmp_path, env=environment, stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert ran.returncode == 3
        assert ran.stderr.decode().startswith("结果没有显示出来")
        assert ran.stderr.count(b"\n") == 1
    assert (tmp_path / "表.xlsx").exists()


def test_a_mistake_of_ours_ends_with_one_json_object_and_a_diagnosis(tmp_path):
    ran = broken_off("1 // 0", cwd=tmp_path)
    assert ran.returncode == 3
    assert json.loads(ran.stdout)["error"]["code"] == "CLI-PROGRAM-FAULT"
    assert b"ZeroDivisionError" in ran.stderr
    assert "ZeroDivisionError" in (tmp_path / "data" / "logs" / "xmdesk.log").read_text("utf-8")


def test_of_two_files_none_is_written_when_one_is_taken(story, tmp_path):
    taken = tmp_path / "汇总.pdf"
    taken.write_bytes(b"old")
    words = ("consolidate", story.at("区"), "--period", "2026Q4", "--out", tmp_path / "汇总.xlsx", "--pdf", taken)
    assert story.run(*words, expect=3).json["error"]["code"] == "FILE-EXISTS"
    assert [one.name for one in tmp_path.iterdir()] == ["汇总.pdf"]

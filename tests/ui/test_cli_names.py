"""Names that are no UTF-8, as GBK sticks have them: the command line reads and writes such files and shows their names."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.books import new_book
from tests.journeys.terminal import PASSWORD, Terminal
from ui.compose import create_book, opened
from xmdesk.records.submission import ReceivedFile
from xmdesk.trust.argon import FLOOR_COST

ROOT = Path(__file__).parents[2]
LEDGER = "设施名称,设施类别\n榕下村党群服务中心,党群服务中心\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as text")


def gbk(name: str) -> str:
    """A name as Python gives it when its bytes are GBK."""
    return os.fsdecode(name.encode("gbk"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / gbk("上报件")
    made.mkdir()
    (made / gbk("白云村上报.pdf")).write_bytes(b"hello")
    (made / gbk("设施台账.csv")).write_text(LEDGER, "utf-8")
    return made


@pytest.fixture
def terminal(tmp_path: Path, shared_cache: Path) -> Terminal:
    made = Terminal(tmp_path, shared_cache)
    for name, code in (("district", "350212"), ("village", "350212105206")):
        with new_book(tmp_path / name, code=code, password=PASSWORD).closing() as desk:
            if name == "district":
                desk.enrolling.init()
    return made


def test_a_folder_of_such_names_is_received_and_every_file_answered_for(terminal: Terminal, stick: Path) -> None:
    (stick / "坏.pdf").write_bytes(b"hello")

    told = terminal("inbox", "receive", terminal.at("district"), stick, expect=1)

    assert sorted(one["file"] for one in told.json["results"]) == ["坏.pdf", "白云村上报.pdf"]
    with opened(terminal.at("district"), PASSWORD) as desk:
        kept = sorted(one.file_name for one in desk.store.all(ReceivedFile))
    assert kept == ["坏.pdf", "白云村上报.pdf"]


def test_a_sheet_with_such_a_name_is_imported(terminal: Terminal, stick: Path) -> None:
    told = terminal("register", "import", terminal.at("village"), "facilities", stick / gbk("设施台账.csv"))

    assert told.json["new"] == 1


def test_a_sheet_is_written_under_such_a_name(terminal: Terminal, stick: Path) -> None:
    out = stick / gbk("导出.csv")

    told = terminal("register", "export", terminal.at("village"), "facilities", "--out", out)
    again = terminal("register", "export", terminal.at("village"), "facilities", "--out", out, plain=True, expect=3)

    assert out.exists()
    assert told.json["path"].endswith("/上报件/导出.csv")
    assert "“导出.csv”已经存在" in again.err


def test_a_missing_file_with_such_a_name_is_named(terminal: Terminal, stick: Path) -> None:
    words = ("verify", stick / gbk("没有.pdf"), "--book", terminal.at("district"))

    assert "“没有.pdf”" in terminal(*words, expect=3).json["error"]["text"]


def test_a_book_may_lie_in_such_a_folder_and_be_backed_up(terminal: Terminal, stick: Path) -> None:
    book = stick / gbk("台账册")
    create_book(book, code="350212105206", password=PASSWORD, cost=FLOOR_COST).desk.upkeep.close()

    made = terminal("backup", "make", book).json

    assert "/上报件/台账册/备份/" in made["path"]
    assert terminal("book", "doctor", book).json["ok"]


def test_other_words_of_such_bytes_are_read_as_they_were_meant(terminal: Terminal, stick: Path) -> None:
    terminal("register", "import", terminal.at("village"), "facilities", stick / gbk("设施台账.csv"))

    found = terminal("register", "rows", terminal.at("village"), "facilities", "--search", gbk("党群")).json

    assert found["total"] == 1


def test_the_program_itself_says_one_json_object_of_a_name_that_is_no_encoding_at_all(tmp_path: Path) -> None:
    strange = os.fsdecode(b"a\xff.pdf")
    words = ["verify", strange, "--root", strange, "--crl", strange, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XMDESK_DATA": str(tmp_path)}

    ran = subprocess.run(
        [sys.executable, "-m", "ui.cli", *words], cwd=tmp_path, env=environment, capture_output=True, check=False
    )

    assert ran.returncode == 3
    assert "a\ufffd.pdf" in json.loads(ran.stdout)["error"]["text"]
    assert "a\ufffd.pdf" in ran.stderr.decode("utf-8")

"""Every measurement runs at a tiny size and prints its rows; nothing is timed here."""

import pytest

from tests.bench import __main__ as bench
from tests.bench.printing import Aim, Row, judge, show

ROWS = {
    "sealing": ("5 rows: ReportLab draws the same text", "20 rows: sealed", "LibreOffice"),
    "receiving": ("pyHanko loop", "floor: read, hash, one ECDSA verify", "inbox, with re-rendering, 2 processes"),
    "sheets": ("pandas reads 40 rows (calamine)", "ours: preview and write", "40 new, 0 parked"),
    "history": ("300 saves", "one save a step, 95 % faster than"),
    "tables": ("a letter typed into the search of 300 rows", "longest stand-still: save a record", "a frame while"),
    "painting": ("bare PySide6 window", "xmdesk window"),
    "keys": ("Key",),
    "killing": ("1 kills", "acknowledged changes lost: 0"),
}


@pytest.mark.parametrize("word", ROWS)
def test_a_measurement_runs_at_a_tiny_size_and_prints_its_rows(word: str, capfd: pytest.CaptureFixture[str]):
    assert bench.main(["--quick", word]) == 0
    printed = capfd.readouterr().out
    assert [row for row in ROWS[word] if row not in printed] == []


def test_every_measurement_is_tried_here():
    assert set(ROWS) == set(bench.BENCHES)


def test_an_unknown_word_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]):
    assert bench.main(["selaing"]) == 2
    assert "sealing" in capsys.readouterr().out


def test_a_missed_aim_is_said_and_fails_the_run(capsys: pytest.CaptureFixture[str]):
    assert not judge([Aim("sealing", 1.0, 2), Aim("receiving", 3.1, 2)])
    assert "MISSED  receiving: 3.10 x" in capsys.readouterr().out


def test_a_denominator_has_no_ratio(capsys: pytest.CaptureFixture[str]):
    show("Title", [Row("base", 2.0), Row("ours", 3.0, 1.5, 100)])
    lines = capsys.readouterr().out.splitlines()
    assert "1.50" not in lines[3]
    assert "1.50" in lines[4]

"""The demonstration clears what an earlier one left and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT


@pytest.mark.parametrize("words", [["--help"], ["a", "b"], ["occupied"]])
def test_a_folder_with_other_things_in_it_and_odd_words_are_left_alone(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "occupied").mkdir()
    (tmp_path / "occupied" / "家里的照片.txt").write_text("x", "utf-8")
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "ui.cli.demo", *words],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 1
    assert "没有动它" in ran.stderr or "用法" in ran.stderr
    assert [one.name for one in tmp_path.rglob("*")] == ["occupied", "家里的照片.txt"]

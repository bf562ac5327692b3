"""Sharp at twice the pixels; and where a scale leaves the window no room, a smaller one is used."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize

from tests.house.tree import ROOT
from tests.journeys.large_screen import offscreen
from ui.scaling import lowered
from ui.shared.theme import Theme


def walked(folder: Path, *, screen: tuple[int, int], scale: str, percent: int = 100) -> Any:
    """Walk through the window on a screen of so many pixels, in a process of its own (tests/ui/sharp.py)."""
    more = {"QT_QPA_PLATFORM": offscreen(folder, screen), "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "tests.ui.sharp", str(percent)],
        env={**os.environ, **more, "PYTHONUTF8": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout)


@pytest.mark.parametrize("percent", [100, 150])
def test_at_twice_the_pixels_nothing_is_cut_and_every_icon_is_sharp(tmp_path: Path, percent: int) -> None:
    told = walked(tmp_path, screen=(2732, 1536), scale="2", percent=percent)

    assert (told["ratio"], told["window"]) == (2, [1366, 728])
    assert len(told["stops"]) > 20
    assert told["cut"] == {}
    assert told["blunt"] == {}
    assert told["coarse"], "an icon without the pixels of the screen was not noticed"


def test_twice_the_scale_on_a_small_screen_is_lowered_until_everything_is_in_reach(tmp_path: Path) -> None:
    told = walked(tmp_path, screen=(1366, 768), scale="2")

    least = list(Theme().least_window)
    assert 1 < told["ratio"] < 2
    assert all(least[side] <= told["window"][side] <= told["screen"][side] for side in (0, 1))
    assert told["cut"] == {}


@pytest.mark.parametrize(
    ("room", "ratio", "factor"),
    [
        (QSize(1366, 768), 1, 1),
        (QSize(1366, 768), 2, 1),
        (QSize(683, 384), 2, 384 / 632),
        (QSize(480, 640), 2, 0.5),
        (QSize(400, 300), 2, 0.5),
        (QSize(800, 600), 1, 1),
        (QSize(910, 512), 1.5, 512 / 632),
    ],
)
def test_a_scale_is_lowered_as_far_as_needed_but_never_below_one_pixel_for_one(
    room: QSize, ratio: float, factor: float
) -> None:
    assert lowered(room, ratio) == pytest.approx(factor)

"""Qt's offscreen screen is 800×800, less than any desktop has; here it gets another size."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SIZE = (2732, 1536)
"""An office screen of 1366×768 with four pixels for each one."""


def offscreen(folder: Path, size: tuple[int, int] = SIZE) -> str:
    """Return the name of the platform that has one screen of this size, in pixels; its description goes into the folder."""
    wide, high = size
    path = folder / f"screen-{wide}x{high}.json"
    screen = {"name": "screen", "x": 0, "y": 0, "width": wide, "height": high, "logicalDpi": 96, "dpr": 1}
    path.write_text(json.dumps({"screens": [screen]}), "utf-8")
    return f"offscreen:configfile={path}"


@contextmanager
def widened() -> Iterator[None]:
    """Let an application that is made meanwhile have a screen on which a scaled window finds room."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if os.environ.get("QT_QPA_PLATFORM") == "offscreen" and "QT_SCALE_FACTOR" in os.environ:
            patch.setenv("QT_QPA_PLATFORM", offscreen(Path(folder)))
        yield

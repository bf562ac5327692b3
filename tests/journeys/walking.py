"""The program as a process of its own on a screen of its own, and the ways through it that every journey needs."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from tests.house.tree import ROOT
from tests.journeys.invented import CHEAP
from tests.journeys.screen import Screen, running
from ui.compose import create_book
from ui.shared.preferences import Preferences, keep_preferences
from xmdesk.records.facility import Facility

NAME = "厦门村居台账"
PASSWORD = "banyan tree third stone"
"""For books that are opened with the keyboard."""
NO_PIPES = MappingProxyType({"stdout": subprocess.DEVNULL})


def closed_book(folder: Path, *facilities: Facility) -> Path:
    """Make the book of a clerk with these facilities alone, and close it."""
    about = {"code": "350212105206", "name": "Rongxia", "desk": "clerk", "password": PASSWORD}
    with create_book(folder, **about, cost=CHEAP).desk.closing() as desk:
        if facilities:
            desk.registers.save_all(facilities, label="新增设施")
    return folder


@contextmanager
def program(
    screen: Screen, *, cwd: Path = ROOT, module: str = "ui", pipes: Mapping[str, int] = NO_PIPES
) -> Iterator[subprocess.Popen[str]]:
    """Start the window; it uses the data folder of this test."""
    environment = {**screen.environment, "XMDESK_DATA": os.environ["XMDESK_DATA"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", module]
    with running(command, env=environment, cwd=cwd, **pipes) as process:
        screen.watched = process.pid
        screen.wait_for(NAME)
        screen.settle()
        yield process


@contextmanager
def opened(book: Path, password: str, *, screen: Screen, cwd: Path = ROOT) -> Iterator[subprocess.Popen[str]]:
    """Start the window at a closed book and type its password."""
    keep_preferences(Preferences(book=str(book)))
    with program(screen, cwd=cwd) as process:
        screen.type(password)
        screen.keys("Return")
        screen.wait_title(" - ", NAME)
        yield process


def leave(screen: Screen, process: "subprocess.Popen[str]") -> None:
    """Close the window with the keyboard and wait until the program has let go of the book."""
    screen.keys("alt+F4")
    process.wait(20)

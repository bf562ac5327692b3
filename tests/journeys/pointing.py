"""A hand that finds by name what it clicks on, and eyes that read it: where things stand is asked of tests/journeys/told.py."""

import json
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.screen import Screen
from tests.journeys.walking import NAME, program
from ui.shared.preferences import Preferences, keep_preferences

LONGEST = 30
BUTTON, TICK, RADIO, LINE, TEXT = "Button", "CheckBox", "RadioButton", "EditableText", "StaticText"
TABLE, HEAD, CELL = "Table", "ColumnHeader", "Cell"


@dataclass(frozen=True)
class Thing:
    """One thing in view, as it is told to a person who cannot see it."""

    role: str
    name: str
    value: str
    place: tuple[int, int, int, int]
    has_cursor: bool
    is_off: bool

    @property
    def middle(self) -> tuple[int, int]:
        """Where a hand would click."""
        left, top, wide, high = self.place
        return left + wide // 2, top + high // 2


class Pointer:
    """Clicks on things in the window in front, once they are there, can be used and have stopped moving."""

    def __init__(self, screen: Screen, process: "subprocess.Popen[str]") -> None:
        self.screen = screen
        self.process = process

    def things(self) -> list[Thing]:
        """Everything in view in the window in front, in reading order."""
        ask, answer = self.process.stdin, self.process.stdout
        assert ask is not None
        assert answer is not None
        print(file=ask, flush=True)
        assert select.select([answer], [], [], LONGEST)[0], "the program does not answer"
        return [Thing(**{**one, "place": tuple(one["place"])}) for one in json.loads(answer.readline())]

    def seen(self, name: str, role: str) -> list[Thing]:
        """What is called so; if nothing is, what begins so (公共服务设施，3)."""
        some = [one for one in self.things() if one.role == role]
        return [one for one in some if one.name == name] or [one for one in some if one.name.startswith(name)]

    def find(self, name: str, role: str) -> Thing:
        """Wait for the one thing that is called so, at rest and fit for use."""
        before: list[Thing] = []

        def stands() -> bool:
            nonlocal before
            now = self.seen(name, role)
            is_same, before = now == before, now
            return is_same and len(now) == 1 and not now[0].is_off

        self.screen.until(stands, f"one {role} {name}")
        return before[0]

    def click(self, name: str, role: str = BUTTON, *, times: int = 1) -> None:
        """Click on the one thing that is called so, and let the program act."""
        self.screen.click(*self.find(name, role).middle, times=times)
        self.screen.settle()

    def roll_to(self, name: str, role: str, *, over: str) -> None:
        """Turn the wheel over a table until something comes into view."""
        middle = self.find(over, TABLE).middle

        def is_seen() -> bool:
            found = self.seen(name, role)
            if not found:
                self.screen.wheel(*middle)
                self.screen.settle()
            return bool(found)

        self.screen.until(is_seen, f"{role} {name} in {over}")

    def rows(self, table: str) -> list[tuple[str, ...]]:
        """What stands in the lines of a table that are in view."""
        left, top, wide, high = self.find(table, TABLE).place
        lines: dict[int, list[str]] = {}
        for one in self.things():
            if one.role == CELL and left <= one.place[0] < left + wide and top <= one.place[1] < top + high:
                lines.setdefault(one.place[1], []).append(one.name)
        return [tuple(lines[at]) for at in sorted(lines)]

    def write(self, name: str, text: str) -> None:
        """Click into a line and type."""
        self.click(name, LINE)
        self.wait_cursor(name)
        self.screen.type(text)
        self.screen.settle()

    def wait_cursor(self, name: str) -> None:
        """Wait until the cursor stands in a line of this name."""
        self.screen.until(lambda: self.here(name), f"the cursor in {name}")

    def here(self, name: str) -> list[Thing]:
        """The line of this name if the cursor stands in it."""
        return [one for one in self.seen(name, LINE) if one.has_cursor]


@contextmanager
def pointed(screen: Screen) -> Iterator[Pointer]:
    """Start the program with a reader beside it."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with program(screen, module="tests.journeys.told", pipes=pipes) as process:
        yield Pointer(screen, process)


@contextmanager
def opened_by_keys(book: Path, password: str, *, screen: Screen) -> Iterator[Pointer]:
    """Start the window at a closed book and type its password; the pointer need only read."""
    keep_preferences(Preferences(book=str(book)))
    with pointed(screen) as pointer:
        screen.type(password)
        screen.keys("Return")
        screen.wait_title(" - ", NAME)
        screen.settle()
        yield pointer


@contextmanager
def opened_by_hand(book: Path, password: str, *, screen: Screen) -> Iterator[Pointer]:
    """Start the window at a closed book, click into the line, type the password and click 打开."""
    keep_preferences(Preferences(book=str(book)))
    with pointed(screen) as pointer:
        pointer.write("密码", password)
        pointer.click("打开")
        screen.wait_title(" - ", NAME)
        screen.settle()
        yield pointer

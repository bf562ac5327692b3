"""A screen of our own with a window manager, and keys and clicks sent by xdotool to the window in front.

What is read back is what a person could see: titles of windows and pixels.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageGrab

from tests.journeys.keymap import teach

NEEDED = ("Xvfb", "openbox", "xdotool")
# Longer than the pauses after which the program looks something up (120 ms after the last letter of a search).
REST_LOOKS, REST_PAUSE = 20, 0.009
# A blinking cursor is some forty pixels; how much brighter or darker one must be to count.
ANOTHER_VIEW, SEEN = 500, 24


def can_show() -> bool:
    """Whether this machine can show a real window."""
    return all(shutil.which(name) for name in NEEDED)


@contextmanager
def running(command: list[str], **more: object) -> Iterator[subprocess.Popen[str]]:
    """Run a program in its own session and end it, only it, when the block ends."""
    quiet = {"stderr": subprocess.DEVNULL, "text": True, "start_new_session": True}
    process = subprocess.Popen(command, **{**quiet, **more})  # type: ignore[call-overload]  # options of Popen
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def states(process: int) -> list[str]:
    """What the threads of a process and of its children do now: S sleeps, R runs, D waits for the disk."""
    found: list[str] = []
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            found.append((task / "stat").read_text().rpartition(")")[2].split()[0])
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            found.extend(states(int(child)))
    return found


def changed(before: Image.Image, after: Image.Image) -> int:
    """Return how many pixels differ."""
    return sum(ImageChops.difference(before, after).convert("L").histogram()[SEEN:])


class Screen:
    """Keyboard and mouse of one display; ``pressed``, ``typed`` and ``clicked`` count the events that were sent.

    ``watched`` is the process that answers to them.
    """

    def __init__(self, display: str) -> None:
        self.display = display
        self.pressed = self.typed = self.clicked = 0
        self.watched = 0
        self.bearers: tuple[int, ...] = ()
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "compose"}

    def _xdotool(self, *words: str) -> str:
        ran = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        return ran.stdout.strip()

    def wait_for(self, title: str, *, seconds: float = 30) -> str:
        """Wait for a window whose title holds these words and return its number."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self._xdotool("search", "--onlyvisible", "--name", title)
            if found:
                number = found.splitlines()[-1]
                self._xdotool("windowactivate", "--sync", number)
                return number
            time.sleep(0.1)
        raise AssertionError(f"no window named {title}")

    @property
    def title(self) -> str:
        """Title of the window in front."""
        return self._xdotool("getactivewindow", "getwindowname")

    def until(self, is_right: Callable[[], Any], words: str, *, seconds: float = 30) -> None:
        """Wait until something that can be observed is so."""
        end = time.monotonic() + seconds
        while not is_right():
            if time.monotonic() > end:
                kept = Path(tempfile.gettempdir()) / "xmdesk-screen.png"
                self.picture().save(kept)
                raise AssertionError(f"{words}: not in {seconds} s; the title is {self.title!r}, the screen in {kept}")
            time.sleep(0.04)

    def wait_title(self, *parts: str, seconds: float = 30) -> None:
        """Wait until the window in front names all of this, and no act is running in it."""
        self.until(
            lambda: (title := self.title) and all(one in title for one in parts) and "…" not in title,
            f"a window named {parts}",
            seconds=seconds,
        )

    def picture(self) -> Image.Image:
        """What the screen shows now."""
        return ImageGrab.grab(xdisplay=self.display)

    def settle(self, *, seconds: float = 30) -> None:
        """Wait until the program, and what brings it the keys, has nothing left to do: all of it sleeps, no act is running."""
        self.until(lambda: self._is_at_rest() and "…" not in self.title, "a program at rest", seconds=seconds)

    def _is_at_rest(self) -> bool:
        for _ in range(REST_LOOKS):
            if any(state not in "SIt" for one in (self.watched, *self.bearers) for state in states(one)):
                return False
            time.sleep(REST_PAUSE)
        return True

    def keys(self, *keys: str, times: int = 1) -> None:
        """Press keys one after the other; a chord (``ctrl+s``) counts once for each of its keys."""
        wanted = list(keys) * times
        self.pressed += sum(one.count("+") + 1 for one in wanted)
        self._xdotool("key", "--delay", "12", *wanted)

    def turn(self, *keys: str) -> None:
        """Press keys that bring another view, and wait until it is there: a program that sleeps may not have begun yet."""
        before = self.picture()
        self.keys(*keys)
        self.until(lambda: changed(before, self.picture()) > ANOTHER_VIEW, "another view")
        self.settle()

    def letters(self, mark: str) -> None:
        """Press Alt and the letters that stand on a control."""
        self.keys("alt", *mark.lower())

    def type(self, text: str) -> None:
        """Type a text; Chinese comes as the input method would deliver it."""
        self.typed += len(text)
        self._xdotool("type", "--delay", "12", text)

    def click(self, x: int, y: int, *, times: int = 1) -> None:
        """Click with the left button, twice for a double click."""
        self.clicked += times
        self._at(x, y, "click", "--repeat", str(times), "--delay", "60", "1")

    def wheel(self, x: int, y: int) -> None:
        """Turn the wheel over a place one notch towards the end."""
        self._at(x, y, "click", "5")

    def _at(self, x: int, y: int, *words: str) -> None:
        """Do something with the mouse at a place; its events arrive in order, and --sync would wait where the mouse is already."""
        self._xdotool("mousemove", str(x), str(y), *words)

    def choose(self, title: str, path: Path, *, seconds: float = 30) -> None:
        """Type a path into a box that asks for a file or a folder."""
        self.wait_title(title, seconds=seconds)
        self.settle()
        self.type(str(path))
        self.keys("Return")
        self.until(lambda: title not in self.title, f"the box {title} closed", seconds=seconds)
        self.settle()


@contextmanager
def own_screen(characters: str = "") -> Iterator[Screen]:
    """Start a display and a window manager for the length of a block; its keyboard has keys for these characters."""
    with ExitStack() as stack:
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
        server = stack.enter_context(running(command, stdout=subprocess.PIPE))
        assert server.stdout is not None
        screen = Screen(f":{server.stdout.readline().strip()}")
        teach(screen.display, characters)
        manager = stack.enter_context(running(["openbox"], env=screen.environment, stdout=subprocess.DEVNULL))
        screen.bearers = server.pid, manager.pid
        yield screen

"""A screen of our own with a window manager, and keys typed by xdotool into the window in front."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

NEEDED = ("Xvfb", "openbox", "xdotool")


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
        if process.stdout is not None:
            process.stdout.close()


class Screen:
    """Keyboard of one display."""

    def __init__(self, display: str) -> None:
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "compose"}

    def _xdotool(self, *words: str) -> str:
        ran = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False, timeout=20
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

    def keys(self, *keys: str) -> None:
        """Press keys one after the other."""
        self._xdotool("key", "--delay", "40", *keys)

    def type(self, text: str) -> None:
        """Type plain letters."""
        self._xdotool("type", "--delay", "25", text)


@contextmanager
def own_screen() -> Iterator[Screen]:
    """Start a display and a window manager for the length of a block."""
    with ExitStack() as stack:
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        server = stack.enter_context(running(command, stdout=subprocess.PIPE))
        assert server.stdout is not None
        screen = Screen(f":{server.stdout.readline().strip()}")
        stack.enter_context(running(["openbox"], env=screen.environment, stdout=subprocess.DEVNULL))
        yield screen

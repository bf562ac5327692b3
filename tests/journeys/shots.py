"""Take pictures of every page of the program, with an invented village.

``./xm shots`` takes those of the manual (light and dark, 1366×728) and writes more into ``shots/``, which is not kept: every
page and panel at 150 % text, the smallest window, sharp screens, and a real screen with the frame of a window manager.
``python -m tests.journeys.shots FOLDER [set …]`` writes the chosen sets (manual, large, small, sharp, screen) elsewhere.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.house.tree import ROOT
from tests.journeys import screen, tour
from tests.journeys.invented import district_desk, enrol, fill, village_desk
from tests.journeys.large_screen import widened
from tests.ui.said import Said
from ui.app import make_application
from ui.shared.preferences import Preferences
from ui.shared.theme import DARK, LIGHT
from ui.window import Window
from xmdesk.clock import frozen

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
OFFICE_SCREEN, SMALLEST = (1366, 728), (960, 600)
COLOURS = 180
# The few pixels of a coloured icon would lose their colour to many greys: colours of the themes are always kept.
THEMES = [part for one in {*LIGHT, *DARK} for part in bytes.fromhex(one[1:])]
SETS = ("manual", "panels", "large", "small", "sharp", "screen")
SHARP = ("1.25", "1.5", "2")
ON_SCREEN = frozenset(("start-desk", "unlock", "today", "facilities", "returns", "inbox"))


@dataclass(frozen=True)
class Sitting:
    """One walk past all pages: how the program looks, how large its window is, and where the pictures go."""

    folder: Path
    suffix: str = ""
    is_dark: bool = False
    percent: int = 100
    size: tuple[int, int] = OFFICE_SCREEN
    only: frozenset[str] = frozenset()
    is_real: bool = False


class Camera:
    """Writes small PNG files of what stands in front."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self.window: Window | None = None
        sitting.folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str) -> None:
        """Take one picture without a blinking cursor, unless nobody wants it."""
        if self.window is None or (self._sitting.only and name not in self._sitting.only):
            return
        tour.pause(60)
        focus = QApplication.focusWidget()
        if focus is not None and not self._sitting.is_real:
            focus.clearFocus()
        tour.pause(20)
        _write(self._grab(self.window), self._sitting.folder / f"{name}{self._sitting.suffix}.png")

    def _grab(self, window: Window) -> object:
        if self._sitting.is_real:
            return window.screen().grabWindow(0).toImage()
        return window.grab().toImage()


def _write(image: object, target: Path) -> None:
    from PIL import Image
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    row = bytes(plain.constBits())[: plain.sizeInBytes()]
    picture = Image.frombytes("RGB", (plain.width(), plain.height()), row, "raw", "RGB", plain.bytesPerLine())
    colours = picture.quantize(COLOURS, dither=Image.Dither.NONE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*THEMES, *colours][: 3 * 256])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(target, optimize=True)


def opened(application: QApplication, sitting: Sitting, said: Said) -> Window:
    """Return a window of the size and look asked for."""
    window = Window(application, Preferences(is_dark=sitting.is_dark), dialogs=said)
    window.resize(*sitting.size)
    # The offscreen screen is too narrow for large letters; the window itself is wide enough.
    window.preferring.change(percent=sitting.percent)
    window.show_gate()
    window.show()
    window.wake()
    tour.pause(300 if sitting.is_real else 50)
    return window


@contextmanager
def _neat_folder() -> Iterator[Path]:
    """A folder for the invented books whose name looks well in a picture; one that exists is left alone, for another."""
    folder = Path(tempfile.gettempdir()) / "台账"
    try:
        folder.mkdir()
    except FileExistsError:
        folder = Path(tempfile.mkdtemp(prefix="台账-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def shoot(application: QApplication, sitting: Sitting) -> None:
    """All pictures of one sitting."""
    said, camera = Said(), Camera(sitting)
    with _neat_folder() as scratch:
        os.environ["XMDESK_DATA"] = str(scratch / "user-data")
        desk, reviewer = village_desk(scratch / "军营村"), district_desk(scratch / "同安区")
        fill(desk)
        enrol(desk, reviewer, scratch)
        for reason in ("导入前", "定时", "退出时"):
            desk.upkeep.back_up(reason)
        sealed: list[Path] = []

        def clerk(window: Window) -> None:
            window.open_desk(desk)
            tour.walk_pages(window, camera.take)
            tour.walk_panels(window, camera.take)
            sealed.append(tour.walk_work(window, desk, camera.take, said))

        def reviewing(window: Window) -> None:
            window.open_desk(reviewer)
            tour.walk_inbox(window, sealed[0], camera.take)
            tour.walk_refused(window, scratch, camera.take)
            tour.walk_pages(window, lambda name: camera.take(name) if name != "inbox" else None)

        acts = [
            lambda window: tour.walk_start(window, camera.take),
            lambda window: tour.walk_gate(window, desk.folder, camera.take),
            clerk,
            reviewing,
        ]
        for act in acts:
            camera.window = window = opened(application, sitting, said)
            act(window)
            window.close()
            window.deleteLater()
            tour.pause(10)
            window.collector.clear_up()


def sittings(name: str, folder: Path) -> list[Sitting]:
    """Return the sittings of one set."""
    if name == "large":
        here = folder / "150"
        return [Sitting(here, percent=150), Sitting(here, "-dark", is_dark=True, percent=150)]
    if name == "small":
        return [Sitting(folder / "small", size=SMALLEST)]  # here large letters are not worn
    if name == "sharp":
        return [Sitting(folder / f"scale-{os.environ['QT_SCALE_FACTOR']}", only=ON_SCREEN)]
    if name == "screen":
        return [Sitting(folder / "screen", only=ON_SCREEN, is_real=True)]
    if name == "panels":
        return [Sitting(folder), Sitting(folder, "-dark", is_dark=True)]
    return [Sitting(folder, only=tour.MANUAL), Sitting(folder, "-dark", is_dark=True, only=tour.MANUAL)]


def take(folder: Path, names: Sequence[str]) -> None:
    """Take the sets named."""
    with widened():
        application = make_application(["xmdesk"])
    with frozen(NOON):
        for name in names:
            for sitting in sittings(name, folder):
                shoot(application, sitting)


def take_elsewhere(folder: Path) -> None:
    """Take what needs another screen or scale: each in a process of its own."""
    command = [sys.executable, "-m", "tests.journeys.shots", str(folder)]
    for factor in SHARP:
        subprocess.run([*command, "sharp"], cwd=ROOT, env={**os.environ, "QT_SCALE_FACTOR": factor}, check=True)
    if screen.can_show():
        with screen.own_screen() as real:
            subprocess.run([*command, "screen"], cwd=ROOT, env=real.environment, check=True)


def main() -> None:
    """Take the sets named on the command line, or those of the manual and then all others."""
    folder, names = (Path(sys.argv[1]), sys.argv[2:]) if len(sys.argv) > 1 else (None, [])
    if not set(names) <= set(SETS):
        sys.exit(f"there are the sets {' '.join(SETS)}")
    if folder is None or not names:
        take(folder or ROOT / "resources" / "help" / "images", ["manual"])
    if names:
        take(folder or ROOT, names)
    elif folder is None:
        here = ROOT / "shots"
        command = [sys.executable, "-m", "tests.journeys.shots", str(here), "panels", "large", "small"]
        subprocess.run(command, cwd=ROOT, check=True)
        take_elsewhere(here)


if __name__ == "__main__":
    main()

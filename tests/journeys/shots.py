"""Take the pictures of the manual: every page of the program, light and dark, with an invented village.

Run by ``./xm shots``; ``python -m tests.journeys.shots FOLDER`` writes them elsewhere.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.house.tree import ROOT
from tests.journeys.invented import PASSWORD, district_desk, enrol, fill, village_desk
from tests.ui.said import Said
from tests.ui.typing import commit
from tests.xmdesk.services.blank_forms import officers_form
from ui.app import make_application
from ui.registers.page import RegisterPage
from ui.shared.preferences import Preferences
from ui.shared.theme import DARK, LIGHT
from ui.shell import Shell
from ui.start.first import FirstStart
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.ports import Condition, Op
from xmdesk.services.desk import Desk
from xmdesk.services.finding import Filter
from xmdesk.services.past import read_moment

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LEDGER = ROOT / "tests" / "data" / "ledgers" / "管护责任清单.xlsx"
COLOURS = 180
# The few pixels of a coloured icon would lose their colour to many greys: colours of the themes are always kept.
THEMES = [part for one in {*LIGHT, *DARK} for part in bytes.fromhex(one[1:])]


def pause(milliseconds: int) -> None:
    """Let the window settle."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait(window: Window) -> None:
    """Wait for a long act and its redrawing."""
    pause(50)
    while window.work.is_busy:
        pause(20)
    pause(450)


class Camera:
    """Writes small PNG files."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self._folder = folder
        self._suffix = suffix

    def take(self, window: Window, name: str) -> None:
        """Take one picture without a blinking cursor."""
        from PIL import Image

        pause(60)
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()
        pause(20)
        image = window.grab().toImage().convertToFormat(window.grab().toImage().Format.Format_RGB888)
        size = (image.width(), image.height())
        row = bytes(image.constBits())[: image.sizeInBytes()]
        picture = Image.frombytes("RGB", size, row, "raw", "RGB", image.bytesPerLine())
        target = self._folder / f"{name}{self._suffix}.png"
        colours = picture.quantize(COLOURS, dither=Image.Dither.NONE).getpalette() or []
        palette = Image.new("P", (1, 1))
        palette.putpalette([*THEMES, *colours][: 3 * 256])
        picture.quantize(palette=palette, dither=Image.Dither.NONE).save(target, optimize=True)


def opened(application: QApplication, preferences: Preferences, said: Said) -> Window:
    """Return a window at the size of a small office screen."""
    window = Window(application, preferences, dialogs=said)
    window.resize(1366, 728)
    window.show()
    window.wake()
    pause(50)
    return window


def shoot_start(window: Window, camera: Camera) -> None:
    """The four steps of the first start."""
    start = window.findChild(FirstStart)
    assert isinstance(start, FirstStart)
    camera.take(window, "start-desk")
    start.which.choose("clerk")
    commit(start.office.search, "莲花 军y")
    pause(1500)
    camera.take(window, "start-office")
    start.forward()
    for line in (start.password.first, start.password.second):
        commit(line, PASSWORD)
    camera.take(window, "start-password")
    start.recovery.show_code("7Q2MX-0RT4K-9HWZA-B3C8D-EJ5NPV")
    start._go(3)
    camera.take(window, "start-recovery")


def shoot_clerk(window: Window, desk: Desk, camera: Camera, said: Said) -> Path:
    """Every page of the clerk's desk; returns the sealed file."""
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    for place in shell._places:
        shell.go(place)
        wait(window)
        camera.take(window, place)
    shoot_past(shell, camera, window)
    shell.act("check")
    wait(window)
    camera.take(window, "problems")
    assert shell.check is not None
    shell.check.close()
    shoot_register(window, camera)
    imports, returns = shell.pages["imports"], shell.pages["returns"]
    shell.go("imports")
    imports.open_file(LEDGER)  # type: ignore[attr-defined]  # the page of imports
    wait(window)
    imports.preview._tabs[1].click()  # type: ignore[attr-defined]  # the rows put aside
    camera.take(window, "imports-preview")
    imports.open_file(_repeated(desk.folder.parent), "facilities")  # type: ignore[attr-defined]  # the page of imports
    wait(window)
    camera.take(window, "imports-pairs")
    shell.go("filling")
    form = officers_form(desk.folder.parent / "灾害信息员情况表.xlsx")
    shell.pages["filling"].open_file(form)  # type: ignore[attr-defined]  # the page of blank forms
    wait(window)
    camera.take(window, "filling-form")
    shell.go("returns")
    returns.seal.yes.click()  # type: ignore[attr-defined]  # the page of returns
    wait(window)
    returns.seal.seal.click()  # type: ignore[attr-defined]  # the page of returns
    wait(window)
    wait(window)
    camera.take(window, "returns-sealed")
    return returns.sending.on_disk(returns.hand.submission)  # type: ignore[attr-defined]  # where the file is


def shoot_past(shell: Shell, camera: Camera, window: Window) -> None:
    """A register as it was at the end of a day."""
    shell.go("facilities")
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    page.back.go(read_moment("2026.11.23"))
    wait(window)
    camera.take(window, "facilities-past")
    page.back.come_back()


def _repeated(folder: Path) -> Path:
    """A sheet with facilities that stand in the book already, and one that it names twice."""
    rows = (
        "设施名称,设施类型,坐落,建筑面积(㎡)",
        "党群服务中心,党群服务中心,榕下村90号,640",
        "村卫生室,卫生室,榕下村88号,96",
        "农家书屋,农家书屋,榕下村66号,75",
        "健身广场,健身设施,村口,300",
        "健身广场,健身设施,村口,320",
    )
    path = folder / "设施2026.csv"
    path.write_text("\n".join(rows), "utf-8-sig")
    return path


def shoot_restoring(window: Window, camera: Camera, desk: Desk) -> None:
    """The backups of a book before it is open."""
    from ui.start.gate import Gate

    gate = window.findChild(Gate)
    assert isinstance(gate, Gate)
    gate.show_restoring(desk.folder)
    camera.take(window, "start-restoring")


def shoot_register(window: Window, camera: Camera) -> None:
    """A register in groups, and asked two conditions."""
    shell = window.shell
    assert shell is not None
    shell.go("facilities")
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    page.group_by("kind")
    camera.take(window, "facilities-groups")
    page.group_by("")
    conditions = (Condition("name", Op.CONTAINS, "村"), Condition("built_year", Op.MORE, "2015"))
    page.look_through(Filter("facilities", "", conditions, is_any=True))
    page.open_filters()
    wait(window)
    camera.take(window, "facilities-filter")
    page.look_through(None)
    page.sides.to_form()


def shoot_reviewer(window: Window, reviewer: Desk, camera: Camera, sealed: Path) -> None:
    """The inbox with a received return, the district's own pages, and the settings."""
    window.open_desk(reviewer)
    shell = window.shell
    assert shell is not None
    shell.pages["inbox"].receive([sealed])  # type: ignore[attr-defined]  # the inbox
    wait(window)
    shell.pages["inbox"].results.selectRow(0)  # type: ignore[attr-defined]  # the inbox
    camera.take(window, "inbox")
    for place in ("tasks", "consolidation", "certificates"):
        shell.go(place)
        wait(window)
        camera.take(window, place)
    shell.go("settings")
    camera.take(window, "settings-reviewer")


def shoot(application: QApplication, folder: Path, *, is_dark: bool) -> None:
    """All pictures in one theme."""
    said, camera = Said(), Camera(folder, "-dark" if is_dark else "")
    look = Preferences(is_dark=is_dark)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XMDESK_DATA"] = str(Path(scratch) / "user-data")
        desk, reviewer = village_desk(Path(scratch) / "village"), district_desk(Path(scratch) / "district")
        fill(desk)
        enrol(desk, reviewer, Path(scratch))
        acts: list[Callable[[Window], object]] = [lambda window: shoot_start(window, camera)]
        sealed: list[Path] = []
        for reason in ("导入前", "定时", "退出时"):
            desk.upkeep.back_up(reason)
        acts.append(lambda window: shoot_restoring(window, camera, desk))
        acts.append(lambda window: sealed.append(shoot_clerk(window, desk, camera, said)))
        acts.append(lambda window: shoot_reviewer(window, reviewer, camera, sealed[0]))
        for act in acts:
            window = opened(application, look, said)
            act(window)
            window.close()
            window.deleteLater()
            pause(10)


def main() -> None:
    """Take all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "help" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application(["xmdesk"])
    with frozen(NOON):
        for is_dark in (False, True):
            shoot(application, folder, is_dark=is_dark)
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")


if __name__ == "__main__":
    main()

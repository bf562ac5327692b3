"""USB sticks that are plugged in now, and a button that takes something to one of them."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QStorageInfo, Signal
from PySide6.QtWidgets import QMenu

from ui.shared.words import Button
from xmdesk.files import shown_name

DEVICES = Path("/sys/class/block")
MOUNTS = ("/media/", "/run/media/", "/mnt/usb")
REMOVABLE_DRIVE = 2
"""What Windows calls a drive whose medium can be taken out (DRIVE_REMOVABLE)."""


@dataclass(frozen=True)
class Stick:
    """One plugged stick: where it is mounted, what people call it, how many bytes are free, and whether it is locked."""

    root: Path
    name: str
    free: int
    is_locked: bool = False

    @property
    def title(self) -> str:
        """Name, place and room."""
        where = str(self.root) if len(str(self.root)) <= 4 else shown_name(self.root)
        place = f"（{where.rstrip(chr(92))}）" if where not in ("", self.name) else ""
        room = "，有写保护" if self.is_locked else f"，剩 {size_words(self.free)}"
        return f"{self.name or 'U 盘'}{place}{room}"


def size_words(size: int) -> str:
    """Return a number of bytes as people say it."""
    if size >= 1 << 30:
        return f"{size / (1 << 30):.1f} GB"
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{max(1, size >> 10)} KB"


def sticks() -> list[Stick]:
    """Return the sticks that are plugged in and ready, in the order of their places."""
    found: list[Stick] = []
    for one in QStorageInfo.mountedVolumes():
        if (
            one.isValid()
            and one.isReady()
            and is_removable(bytes(one.device().data()).decode("utf-8", "replace"), one.rootPath())
        ):
            name = one.name() or one.displayName() or "U 盘"
            found.append(Stick(Path(one.rootPath()), Path(name).name or name, one.bytesAvailable(), one.isReadOnly()))
    return sorted(found, key=lambda one: str(one.root))


def is_removable(device: str, root: str, *, devices: Path = DEVICES) -> bool:
    """Tell whether a volume can be pulled out: as the kernel says of its disk, or mounted where desktops put sticks."""
    if sys.platform == "win32":
        import ctypes

        return ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")) == REMOVABLE_DRIVE
    if not device.startswith("/dev/"):
        return False
    place = (devices / Path(device).name).resolve()
    told = next((one for one in (place / "removable", place.parent / "removable") if one.is_file()), None)
    return (told is not None and told.read_text().strip() == "1") or root.startswith(MOUNTS)


class StickButton(Button):
    """``chosen`` carries a stick: at once where one is plugged in, after a menu where there are several.

    ``absent`` tells that there is none.
    """

    chosen = Signal(object)
    absent = Signal()

    def __init__(self, text: str, role: str = "", *, find: Callable[[], Sequence[Stick]] = sticks) -> None:
        super().__init__(text)
        self._find = find
        self.menu_ = QMenu(self)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        if role:
            self.setProperty("role", role)
        self.clicked.connect(self._look)

    def holding(self, folder: Path) -> Stick | None:
        """Return the stick on which a folder lies."""
        there = [one for one in self._find() if folder.is_relative_to(one.root)]
        return max(there, key=lambda one: len(str(one.root)), default=None)

    def _look(self) -> None:
        found = self._find()
        if not found:
            self.absent.emit()
        elif len(found) == 1:
            self.chosen.emit(found[0])
        else:
            self._offer(found)

    def _offer(self, found: Sequence[Stick]) -> None:
        self.menu_.clear()
        for one in found:
            self.menu_.addAction(one.title, lambda one=one: self.chosen.emit(one))
        self.menu_.setActiveAction(self.menu_.actions()[0])
        self.menu_.popup(self.mapToGlobal(QPoint(0, self.height())))

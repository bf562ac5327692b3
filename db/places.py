"""Where a folder lies: on a fixed disk of this machine, on something that can be pulled out, or on a network share."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Final

from xmdesk.errors import Fault

NETWORK_KINDS: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "fuse.sshfs"})


class Ground(StrEnum):
    """What a folder stands on; what cannot be found out counts as fixed."""

    FIXED = "fixed"
    REMOVABLE = "removable"
    NETWORK = "network"


def check_ground(folder: Path) -> None:
    """Refuse (``Fault``) to work where a pulled plug or a lost network would damage the database."""
    ground = ground_of(folder.resolve())
    if ground is Ground.NETWORK:
        raise Fault("DB-PLACE-NETWORK")
    if ground is Ground.REMOVABLE:
        raise Fault("DB-PLACE-REMOVABLE")


def ground_from_mounts(folder: Path, mounts: str, devices: Path) -> Ground:
    """Judge by the text of ``/proc/self/mountinfo`` (proc(5)) and the tree of ``/sys/dev/block``."""
    best, device, kind = Path("/"), "", ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        point = Path(fields[4].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, device, kind = point, fields[2], right.split(" ")[0]
    if kind in NETWORK_KINDS:
        return Ground.NETWORK
    return Ground.REMOVABLE if _can_be_pulled(devices / device) else Ground.FIXED


def _can_be_pulled(device: Path) -> bool:
    if not device.exists():
        return False
    real = device.resolve()
    flags = (one / "removable" for one in (real, real.parent))
    return "/usb" in str(real) or any(flag.is_file() and flag.read_text().strip() == "1" for flag in flags)


if sys.platform == "win32":
    import ctypes

    _KINDS = {2: Ground.REMOVABLE, 4: Ground.NETWORK, 5: Ground.REMOVABLE}

    def ground_of(folder: Path) -> Ground:
        """Ask Windows (GetDriveTypeW: 2 removable, 4 remote, 5 optical); ``\\\\server\\share`` is a network place."""
        if folder.drive.startswith("\\\\"):
            return Ground.NETWORK
        return _KINDS.get(ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\"), Ground.FIXED)

else:

    def ground_of(folder: Path) -> Ground:
        """Ask the Linux kernel."""
        try:
            mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")  # sticks may have other names
        except OSError:
            return Ground.FIXED
        return ground_from_mounts(folder, mounts, Path("/sys/dev/block"))

"""The practice book of this computer: made when first asked for, opened with a password that is no secret."""

from pathlib import Path
from typing import TYPE_CHECKING

from ui.start.places import inside, make_home
from xmdesk.jobs import Progress
from xmdesk.paths import user_data

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

FOLDER = "练习册"
# Nothing in it is true and nothing leaves it with a signature (xmdesk.services.practising), so nobody has to know this.
PASSWORD = "练习册里都是编造的内容"  # noqa: S105 - guards invented data only


def practice_folder(chosen: Path | None = None) -> Path:
    """Return where the practice book lies: in the user's own folder, or in a chosen one where that cannot be written."""
    return inside(chosen or user_data(), FOLDER)


def open_practice(progress: Progress, chosen: Path | None = None) -> "Desk":
    """Open the practice book; made and filled first where there is none, half-made ones anew. Raises ``Fault``."""
    from ui.compose import create_book, open_book
    from xmdesk.services.practising import PRACTICE_CODE, PRACTICE_NAME, Practising, is_practice
    from xmdesk.trust.argon import FLOOR_COST

    progress.step(0, 1, "正在准备练习册…")
    folder = practice_folder(chosen)
    make_home(folder.parent)
    if folder.is_dir():
        desk = open_book(folder, PASSWORD)
        if not is_practice(desk):
            Practising(desk).furnish()
        return desk
    about = {"code": PRACTICE_CODE, "name": PRACTICE_NAME, "desk": "clerk", "password": PASSWORD}
    desk = create_book(folder, **about, cost=FLOOR_COST).desk
    Practising(desk).furnish()
    return desk

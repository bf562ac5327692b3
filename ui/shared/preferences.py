"""What this user of this computer prefers: text size, colours, and the book opened last. Readable JSON."""

import json
import logging
from dataclasses import asdict, dataclass, field, fields, replace
from errno import errorcode
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from xmdesk.paths import user_data

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """``percent`` is the text size, ``book`` the folder opened last, ``tables`` what each table shows and how wide,
    ``window`` its shape as Qt writes it, ``spots`` where the person was in each book (ui/remembering.py), ``problem_lines`` how
    many problems are to be in view (0 when nobody chose), ``unwritten`` a book whose recovery code nobody has on paper yet.
    """

    percent: int = 100
    is_dark: bool = False
    book: str = ""
    tables: dict[str, Any] = field(default_factory=dict)
    window: str = ""
    spots: dict[str, Any] = field(default_factory=dict)
    problem_lines: int = 0
    unwritten: str = ""


def _path() -> Path:
    return user_data() / "preferences.json"


def read_preferences() -> Preferences:
    """Return what was kept; anything unreadable or unknown falls back to the defaults."""
    try:
        kept = json.loads(_path().read_text("utf-8", "surrogatepass"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(kept, dict):
        return Preferences()
    usual = Preferences()
    names = [one.name for one in fields(Preferences)]
    known = {name: kept[name] for name in names if isinstance(kept.get(name), type(getattr(usual, name)))}
    return Preferences(**known)


def keep_preferences(preferences: Preferences) -> None:
    """Write them beside the old file, then replace it; the folder of a book may have a name that is no text."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(preferences), ensure_ascii=False, indent=1), "utf-8", "surrogatepass")
    part.replace(path)


class Preferring(QObject):
    """The preferences in force; ``looks_changed`` when colours or text size did."""

    looks_changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = preferences
        self.is_kept = True
        """Whether what was changed last is on disk: without the right to write it holds until the program ends."""

    def change(self, **values: Any) -> None:
        """Change some and keep them."""
        before, self.current = self.current, replace(self.current, **values)
        if before == self.current:
            return
        try:
            keep_preferences(self.current)
            self.is_kept = True
        except OSError as trouble:
            self.is_kept = False
            log.warning("preferences could not be kept: %s", errorcode.get(trouble.errno or 0, "unknown"))
        if (before.is_dark, before.percent) != (self.current.is_dark, self.current.percent):
            self.looks_changed.emit()

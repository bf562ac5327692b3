"""What this user of this computer prefers: text size, colours, and the book opened last. Readable JSON."""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from xmdesk.paths import user_data


@dataclass(frozen=True)
class Preferences:
    """``percent`` is the text size; ``book`` the folder opened last."""

    percent: int = 100
    is_dark: bool = False
    book: str = ""


def _path() -> Path:
    return user_data() / "preferences.json"


def read_preferences() -> Preferences:
    """Return what was kept; anything unreadable or unknown falls back to the defaults."""
    try:
        kept = json.loads(_path().read_text("utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(kept, dict):
        return Preferences()
    known = {one.name: kept[one.name] for one in fields(Preferences) if isinstance(kept.get(one.name), type(one.default))}
    return Preferences(**known)


def keep_preferences(preferences: Preferences) -> None:
    """Write them beside the old file, then replace it."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(preferences), ensure_ascii=False, indent=1), "utf-8")
    os.replace(part, path)

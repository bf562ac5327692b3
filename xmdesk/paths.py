"""Where shipped resources and the user's own folders are."""

import os
import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a shipped, read-only resource file."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[1]
    return root.joinpath("resources", *parts)


def user_data() -> Path:
    """Folder for books, logs and settings of this user; ``XMDESK_DATA`` overrides it."""
    chosen = os.environ.get("XMDESK_DATA")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("xmdesk", appauthor=False)


def user_cache() -> Path:
    """Folder for things that can be made again (unpacked fonts); ``XMDESK_CACHE`` overrides it."""
    chosen = os.environ.get("XMDESK_CACHE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("xmdesk", appauthor=False)

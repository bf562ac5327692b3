"""Layout files: which fields stand in which section of a form, and which columns a table shows. Names only."""

import tomllib
from dataclasses import dataclass
from functools import cache

from xmdesk.paths import resource


@dataclass(frozen=True)
class Section:
    """One titled group of fields."""

    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """What ``resources/forms/<name>.toml`` says."""

    columns: tuple[str, ...]
    sections: tuple[Section, ...]


@cache
def layout_of(name: str) -> Layout:
    """Return the layout of a register or of ``office``."""
    text = resource("forms", f"{name}.toml").read_text("utf-8")
    found = tomllib.loads(text)
    sections = tuple(Section(one["title"], tuple(one["fields"])) for one in found["section"])
    return Layout(tuple(found["columns"]), sections)

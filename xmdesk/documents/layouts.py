"""Page layouts of the registers (``resources/pages/*.toml``): titles, notes and columns in order, nothing else."""

import tomllib
from dataclasses import dataclass
from functools import cache

from xmdesk.paths import resource


@dataclass(frozen=True)
class PageColumn:
    """A column on paper: its path of heads and the field it shows; ``person.name`` follows a reference."""

    heads: tuple[str, ...]
    field: str
    merged: bool = False


@dataclass(frozen=True)
class PageLayout:
    """How a register stands on paper."""

    title: str
    unit: str
    notes: tuple[str, ...]
    columns: tuple[PageColumn, ...]


@cache
def page_layout(register: str) -> PageLayout:
    """Return the layout of a register's page."""
    entry = tomllib.loads(resource("pages", f"{register}.toml").read_text("utf-8"))
    columns = tuple(
        PageColumn(tuple(one["heads"]), one["field"], bool(one.get("merged", False))) for one in entry["column"]
    )
    return PageLayout(entry["title"], entry["unit"], tuple(entry["notes"]), columns)

"""Every sentence the program says about trouble, read from ``resources/wording/*.toml``.

One table per code: ``severity`` (problems only), ``heading`` (errors only), ``text`` (where and what), ``to_do``, ``command`` (errors only: what the command line adds).
``{name}`` places are filled with facts; facts never hold a full ID number or phone.
"""

import tomllib
from dataclasses import dataclass
from functools import cache

from xmdesk.paths import resource


@dataclass(frozen=True)
class Sentence:
    """The words for one code, with open places."""

    code: str
    severity: str
    heading: str
    text: str
    to_do: str
    command: str = ""
    """What is typed at the command line for it; no window says this."""


@cache
def _all() -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for path in sorted(resource("wording").glob("*.toml")):
        for code, entry in tomllib.loads(path.read_text("utf-8")).items():
            if code in found:
                raise ValueError(f"code {code} stands twice in resources/wording")
            found[code] = Sentence(
                code,
                entry.get("severity", "error"),
                entry.get("heading", ""),
                entry["text"],
                entry.get("to_do", ""),
                entry.get("command", ""),
            )
    return found


def codes() -> list[str]:
    """All known codes, sorted."""
    return sorted(_all())


def sentence(code: str) -> Sentence:
    """Return the words for a code; an unknown code is our bug (``KeyError``)."""
    return _all()[code]

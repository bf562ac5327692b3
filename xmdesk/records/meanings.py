"""What belongs into every field, in one sentence for F1: ``resources/help/fields.toml``, by class and field."""

import tomllib
from functools import cache

from xmdesk.paths import resource
from xmdesk.records.base import FieldSpec


@cache
def meanings() -> dict[str, dict[str, str]]:
    """Return all sentences."""
    return tomllib.loads(resource("help", "fields.toml").read_text("utf-8"))


def meaning_of(spec: FieldSpec) -> str:
    """Return the sentence about a field; nothing about what only a table shows."""
    return meanings().get(spec.asked_in, {}).get(spec.name, "")

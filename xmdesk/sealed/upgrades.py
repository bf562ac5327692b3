"""From the schema of an older program to that of today: one pure function from dictionary to dictionary per step.

The bytes that were signed are never touched; upgrading is done each time they are read. A payload of a newer schema is
refused by ``verify`` (``R-NEWER``) and, read from the book, here.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from xmdesk.errors import Refused
from xmdesk.sealed.payload import SCHEMA

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: dict[int, Step] = {}
"""By the number that a step starts from; schema 1 is the first, so there is none yet."""

_log = logging.getLogger(__name__)


def upgrade(start: int, steps: dict[int, Step] | None = None) -> Callable[[Step], Step]:
    """Register the step from schema ``start`` to the next. Its docstring tells what changed; ``schema`` is set for it."""
    known = STEPS if steps is None else steps

    def registered(step: Step) -> Step:
        if start in known or not step.__doc__:
            raise ValueError(f"step {start} is known already or does not tell what it changes")
        known[start] = step
        return step

    return registered


def upgraded(
    payload: dict[str, Any], steps: Mapping[int, Step] | None = None, *, newest: int = SCHEMA
) -> dict[str, Any]:
    """Return the payload under the newest schema; one of today's comes back as it is, the one given is never changed."""
    known = STEPS if steps is None else steps
    start = payload.get("schema")
    if type(start) is not int or start < 1:
        raise Refused("R-SCHEMA", part="文件头")
    if start > newest:
        raise Refused("R-NEWER", found=start, known=newest)
    for number in range(start, newest):
        step = known[number]
        _log.info("payload upgraded from schema %d: %s", number, step.__doc__)
        payload = {**step(payload), "schema": number + 1}
    return payload

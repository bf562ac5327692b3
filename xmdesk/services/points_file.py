"""POINTS.json: what is to be corrected, as a script of the district writes it down."""

import json
from pathlib import Path
from typing import Any, cast

from xmdesk.errors import WrongUse
from xmdesk.files import read_bytes
from xmdesk.records.registers import OFFICE, REGISTERS
from xmdesk.services.reviewing import Point


def read_points(path: Path) -> list[Point]:
    """Read POINTS.json: a list of objects with register (or form), uid or row (1-based), field, reason."""
    try:
        entries = json.loads(read_bytes(path, 1024 * 1024).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise WrongUse("REVIEW-POINTS-SHAPE") from None
    if isinstance(entries, dict):
        entries = cast("dict[str, Any]", entries).get("points")
    if not isinstance(entries, list):
        raise WrongUse("REVIEW-POINTS-SHAPE")
    return [_point(one) for one in cast("list[Any]", entries)]


def _point(one: Any) -> Point:
    if not isinstance(one, dict):
        raise WrongUse("REVIEW-POINTS-SHAPE")
    told = cast("dict[str, Any]", one)
    register = str(told.get("register") or told.get("form") or "")
    reason = str(told.get("reason") or "").strip()
    row = told.get("row_no") or told.get("row") or 0
    if (register and register not in (OFFICE, *REGISTERS)) or not reason or not isinstance(row, int):
        raise WrongUse("REVIEW-POINTS-SHAPE")
    return Point(register, str(told.get("uid") or ""), str(told.get("field") or ""), reason, row_no=row)

"""What a receipt or slip writes into a book: the judgement, the points of a slip, and the state of the return."""

from collections.abc import Mapping
from typing import Any

from xmdesk.records.submission import CorrectionPoint, Direction, Verdict


def decision(letter: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an answer of the district writes into the submission it is about, but for the state."""
    told = {name: letter[name] for name in ("received_at", "decided_at", "decided_by")}
    return {**told, "receipt_no": letter["number"]}


def verdict_of(letter: Mapping[str, Any], sha256: str, *, direction: Direction, accepted: bool) -> Verdict:
    """Return what a receipt or slip says, as both desks keep it."""
    return Verdict(
        direction=direction,
        number=letter["number"],
        accepted=accepted,
        submission_sha256=letter["submission_sha256"],
        office_code=letter["to"]["code"],
        period=letter["period"],
        version=letter["version"],
        given_at=letter["decided_at"],
        given_by=letter["decided_by"],
        note=letter["note"],
        payload_sha256=sha256,
    )


def points_of(verdict: Verdict, letter: Mapping[str, Any]) -> list[CorrectionPoint]:
    """Return the points of a slip as both desks keep them."""
    return [
        CorrectionPoint(
            verdict=verdict.uid,
            register=one["register"],
            record=one["uid"],
            record_title=one["title"],
            row_no=one["row_no"],
            field=one["field"],
            label=one["label"],
            reason=one["reason"],
        )
        for one in letter.get("points", [])
    ]


def asked(point: CorrectionPoint) -> tuple[str, str, str, str]:
    """Return what a point asks for; another slip may ask the same."""
    return point.register, point.record, point.field, point.reason

"""Slips as they lie in a book once they were taken in."""

from xmdesk.records.submission import CorrectionPoint, Direction, Verdict
from xmdesk.services.desk import Desk


def slip_taken(desk: Desk, *points: CorrectionPoint, period: str = "2026Q4") -> list[CorrectionPoint]:
    """Put a slip with these points into a book and return them as they are stored."""
    verdict = Verdict(direction=Direction.RECEIVED, accepted=False, number="350212-1", period=period, version=1)
    kept = [one.changed(verdict=verdict.uid) for one in points]
    with desk.store.change("收下退回单") as change:
        change.save(verdict)
        change.save_many(kept)
    return kept

"""Yearly lists of a desk in memory: last year's items in one line, and what a list is finalised with."""

from datetime import date
from typing import Any

from tests.xmdesk.services.due_desk import duty, saved
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling

HELD = {
    "reviewed_by": "叶美澄",
    "meeting_on": date(2026, 11, 10),
    "first": date(2026, 11, 1),
    "last": date(2026, 11, 8),
}


def last_year(desk: Desk, *subjects: str, **values: Any) -> list[MaintenanceDuty]:
    said = {"confirmed": True, "confirmed_by": "郑小满", "noticed_on": date(2025, 5, 1), "year": 2025, **values}
    return saved(desk, *(duty(subject, **said) for subject in subjects))


def by_subject(rolling: Rolling, year: int = 2026) -> dict[str, MaintenanceDuty]:
    return {one.subject: one for one in rolling.items(year)}

"""Each matter stands once on the page: where the work is begun best.

Below (需要处理) stands what the checks find: there it can also be given a reason. Above (近期要办) stands what has a day, and
what is done for many records on a page of its own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.shared.findings import Finding

if TYPE_CHECKING:
    from xmdesk.services.reminding import Reminder

OFFICERS = "C-TARGET-OFFICERS"
SAID_BELOW = {
    "DUE-HELPERS": "C-TARGET-HELPERS",
    "DUE-SHELTERS": "C-TARGET-SHELTERS",
    "DUE-NO-FIRST": OFFICERS,
    "DUE-NO-DEPUTY": OFFICERS,
}
"""Vacancies, by the finding that says the same of the office as a whole."""
REPAIR_OVERDUE = "C-INSPECTION-OVERDUE"
"""Said of the day by the checks, of the state by the reminder: that is what changes."""
SAID_ABOVE = {
    REPAIR_OVERDUE: "DUE-REPAIR",
    "C-DUTY-EXPIRED": "DUE-TERM",
    "C-DUTY-EXPIRES": "DUE-TERM",
    "C-SHELTER-CHECK": "DUE-SHELTER",
    "C-SHELTER-EXPIRED": "DUE-SUPPLY",
    "C-OFFICER-CONFIRM": "DUE-OFFICER",
}
"""Findings in one record, by the reminder that says the same of it with a day."""
SAID_OF_ALL = {"C-DUTY-UNCONFIRMED": "DUE-CONFIRM"}
"""Findings that one line above says of all records together."""
YEARLY = frozenset({"DUE-SHELTER", "DUE-OFFICER"})
"""Reminders about a day that was not filled in yet."""


def above(reminders: "Sequence[Reminder]", found: Sequence[Finding] | None) -> "list[Reminder]":
    """Return the reminders that no finding says as well; None: as long as nobody has looked, those that one may say wait."""
    codes = {one.problem.code for one in found if one.is_open} if found is not None else {*SAID_BELOW.values()}
    return [one for one in reminders if SAID_BELOW.get(one.code) not in codes]


def below(found: Sequence[Finding], reminders: "Sequence[Reminder]") -> list[Finding]:
    """Return the findings that no reminder says as well; what keeps the return from being sealed always stays."""
    codes = {one.code for one in reminders}
    places = {(one.code, one.uid, one.field) for one in reminders}
    return [one for one in found if one.tone == "wrong" or not _is_above(one, codes, places)]


def _is_above(one: Finding, codes: set[str], places: set[tuple[str, str, str]]) -> bool:
    code, where = one.problem.code, one.problem.where
    if SAID_OF_ALL.get(code, "-") in codes:
        return True
    field = "state" if code == REPAIR_OVERDUE else where.field
    wanted = YEARLY if one.is_gap else {SAID_ABOVE.get(code, "-")}
    return any((name, where.uid, field) in places for name in wanted)

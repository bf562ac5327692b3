"""Who owns, operates and manages a thing (plan 3-3-(四): fix all three rights)."""

from collections.abc import Iterator

from xmdesk.checks.about import About
from xmdesk.problems import Problem
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility

SAME_AS_OWNER = "同所有权人"
NOBODY = "无"


def check_rights(about: About[Facility] | About[MaintenanceDuty]) -> Iterator[Problem]:
    """The owner cannot be "the same as the owner", and what nobody owns cannot be operated by its owner."""
    record = about.record
    if record.owner == SAME_AS_OWNER:
        yield about.problem("C-OWNER-SAME", "owner")
    for field in ("operator", "manager"):
        if record.owner == NOBODY and getattr(record, field) == SAME_AS_OWNER:
            yield about.problem("C-RIGHT-OF-NOBODY", field)
    if record.owner == NOBODY and record.owner_code:
        yield about.problem("C-OWNER-CODE-OF-NOBODY", "owner_code")

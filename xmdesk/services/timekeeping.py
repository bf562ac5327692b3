"""The time a book signs by. The office owns its computer's clock; what the district has dated is known for certain.

Sealing stops while the clock shows an earlier moment than the newest one known, or leaps more than 400 days past it, until
the clock is put right or somebody who is responsible says that it is right (trust.md TM7, 5.5).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.ports import StepKind
from xmdesk.records.submission import CollectionTask, Verdict
from xmdesk.records.values.dates import show_moment
from xmdesk.trust.anchors import TrustedMoment, trusted_moment

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

CONFIRMED = "clock_confirmed"
ODDITIES = ("T-CLOCK-SLOW", "T-CLOCK-FAST")


class Timekeeping:
    """Compares the computer's clock with what the book knows."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def floor(self) -> datetime:
        """Return the newest moment known for certain: this release, the revocation list, tasks, receipts and slips."""
        return max(self._known())

    def trusted(self) -> TrustedMoment:
        """Return the time to judge by, never before the floor, and what is odd about the clock."""
        return trusted_moment(clock.now(), floor=self.floor())

    def signing_moment(self) -> datetime:
        """Return the time to put into a signature; ``Fault`` (``T-CLOCK-SLOW``, ``T-CLOCK-FAST``) while it is in doubt."""
        floor = self.floor()
        found = trusted_moment(clock.now(), floor=floor)
        if found.oddity and self.desk.office.setting(CONFIRMED, "") != clock.stamp(floor):
            raise Fault(found.oddity, now=show_moment(clock.now()), known=show_moment(floor))
        return found.moment

    def as_json(self) -> dict[str, Any]:
        """Return both times (UTC), whether sealing is allowed, and the problem that keeps it."""
        try:
            self.signing_moment()
            problems = list[dict[str, object]]()
        except Fault as trouble:
            problems = [trouble.as_json()]
        times = {"now": clock.stamp(), "known": clock.stamp(self.floor())}
        return {**times, "may_seal": not problems, "problems": problems}

    def confirm(self, reason: str) -> None:
        """Note that somebody responsible looked at the clock; holds until something newer than today's floor is known."""
        if not reason.strip():
            raise WrongUse("CLOCK-REASON")
        words = f"确认本机时间 {show_moment(clock.now())}：{reason.strip()[:60]}"
        with self.store.change(words, kind=StepKind.SYSTEM) as change:
            change.save(self.desk.office.setting_record(CONFIRMED, clock.stamp(self.floor())))

    def _known(self) -> Iterator[datetime]:
        yield clock.BUILT
        crl = self.desk.holding.revocations()
        if crl is not None:
            yield crl.issued_at
        for record, field in ((CollectionTask, "issued_at"), (Verdict, "given_at")):
            newest = max(self.store.values(record, field).values(), default="")
            if newest:
                yield datetime.fromisoformat(newest)

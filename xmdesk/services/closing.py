"""Locking a period at the district: what comes in afterwards waits for a person and a reason (trust.md TM8, BC13)."""

from typing import TYPE_CHECKING

from xmdesk import clock
from xmdesk.errors import WrongUse
from xmdesk.periods import Period
from xmdesk.ports import StepKind

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

LOCKED = "locked_periods"


class Closing:
    """Keeps which periods are locked, and since when."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def locked(self) -> dict[str, str]:
        """Return the locked periods with the moment of locking (ISO 8601, UTC)."""
        return dict(self.desk.office.setting(LOCKED, {}))

    def lock(self, period: Period) -> None:
        """Lock a period; ``Fault`` while the clock is in doubt (trust.md 5.5)."""
        self.desk.office.need_reviewer()
        self.desk.time.signing_moment()
        if period.text not in self.locked():
            self._keep(f"锁定 {period.text}", {**self.locked(), period.text: clock.stamp()})

    def unlock(self, period: Period, reason: str) -> None:
        """Open a locked period again; the reason stands in the history."""
        self.desk.office.need_reviewer()
        if not reason.strip():
            raise WrongUse("UNLOCK-REASON")
        rest = {text: at for text, at in self.locked().items() if text != period.text}
        if len(rest) < len(self.locked()):
            self._keep(f"解除锁定 {period.text}：{reason.strip()[:60]}", rest)

    def _keep(self, words: str, locked: dict[str, str]) -> None:
        with self.store.change(words, kind=StepKind.SYSTEM) as change:
            change.save(self.desk.office.setting_record(LOCKED, locked))

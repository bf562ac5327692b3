"""How long a person waits after wrong passwords: five free tries, then 30 s, 1, 5 and 15 minutes."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

FREE_TRIES = 5
WAITS = (timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))


@dataclass(frozen=True)
class LoginDelay:
    """Wrong passwords in a row and the moment of the last one (UTC); kept beside the key container."""

    failures: int = 0
    last_failed_at: datetime | None = None

    def failed(self, moment: datetime) -> "LoginDelay":
        """Count one more wrong password."""
        return LoginDelay(self.failures + 1, moment)

    def succeeded(self) -> "LoginDelay":
        """Forget the failures after a right password."""
        return LoginDelay()

    def wait(self, moment: datetime) -> timedelta:
        """Time still to wait; a clock set back before the last failure starts the wait anew."""
        over = self.failures - FREE_TRIES
        if over < 0 or self.last_failed_at is None:
            return timedelta(0)
        full = WAITS[min(over, len(WAITS) - 1)]
        passed = moment - self.last_failed_at
        return full if passed < timedelta(0) else max(timedelta(0), full - passed)

    def to_json(self) -> str:
        """Text for the side file."""
        at = self.last_failed_at
        return json.dumps({"failures": self.failures, "last_failed_at": at.isoformat() if at else ""})

    @classmethod
    def from_json(cls, text: str) -> "LoginDelay":
        """Read the side file; a damaged one counts as the longest wait never begun, so nobody is locked out by it."""
        try:
            kept: dict[str, Any] = json.loads(text)
            failures, at = int(kept["failures"]), str(kept["last_failed_at"])
            moment = datetime.fromisoformat(at).astimezone(UTC) if at else None
        except (ValueError, KeyError, TypeError, OverflowError):
            return cls()
        return cls(max(0, failures), moment)

"""Reporting periods as the contract writes them: 2026, 2026H1, 2026Q4, 2026-11."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xmdesk.errors import WrongUse

_SHAPE = re.compile(r"^(?P<year>20[0-9]{2})(?:(?P<half>H[12])|-?(?P<quarter>Q[1-4])|-(?P<month>0[1-9]|1[0-2]))?$")


class PeriodKind(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True, order=True)
class Period:
    """A reporting period; ``text`` is the contract's form and sorts within a kind."""

    text: str

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period; full-width letters and figures and lower case are tidied; anything else is ``WrongUse``."""
        tidy = unicodedata.normalize("NFKC", text).strip().upper()
        found = _SHAPE.match(tidy)
        if not found:
            raise WrongUse("PERIOD-SHAPE", text=text[:20])
        return cls(tidy.replace("-Q", "Q"))

    @classmethod
    def containing(cls, day: date) -> "Period":
        """Return the quarter in which a day lies."""
        return cls(f"{day.year}Q{(day.month + 2) // 3}")

    @property
    def year(self) -> int:
        """Calendar year."""
        return int(self.text[:4])

    @property
    def kind(self) -> PeriodKind:
        """Year, half-year, quarter or month."""
        tail = self.text[4:]
        if not tail:
            return PeriodKind.YEAR
        return {"H": PeriodKind.HALF, "Q": PeriodKind.QUARTER, "-": PeriodKind.MONTH}[tail[0]]

    def _months(self) -> tuple[int, int]:
        tail = self.text[4:]
        if not tail:
            return 1, 12
        number = int(tail[1:])
        length = {"H": 6, "Q": 3, "-": 1}[tail[0]]
        return (number - 1) * length + 1, number * length

    @property
    def first(self) -> date:
        """First day."""
        return date(self.year, self._months()[0], 1)

    @property
    def last(self) -> date:
        """Last day: the cut-off."""
        month = self._months()[1]
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def words(self) -> str:
        """The period in Chinese: 2026年第四季度."""
        tail = self.text[4:]
        if not tail:
            return f"{self.year}年度"
        number = int(tail[1:])
        if tail[0] == "H":
            return f"{self.year}年{'上' if number == 1 else '下'}半年"
        if tail[0] == "Q":
            return f"{self.year}年第{'一二三四'[number - 1]}季度"
        return f"{self.year}年{number}月"

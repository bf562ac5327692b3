"""Choosing a period from those that may be meant today."""

from datetime import timedelta

from PySide6.QtWidgets import QComboBox

from xmdesk import clock
from xmdesk.periods import Period

BEFORE, AFTER = 3, 1


class PeriodChoice(QComboBox):
    """Quarters around today, then halves and years; this quarter is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("报送期")
        for one in offered():
            self.addItem(one.words, one.text)
        self.setCurrentIndex(BEFORE)

    @property
    def chosen(self) -> Period:
        """The period in front."""
        return Period.parse(self.currentData())


def offered() -> list[Period]:
    """Return three quarters back, this one and the next, both halves of the year, last year and this."""
    here = Period.containing(clock.today())
    quarters = [here]
    for _ in range(BEFORE):
        quarters.insert(0, Period.containing(quarters[0].first - timedelta(days=1)))
    for _ in range(AFTER):
        quarters.append(Period.containing(quarters[-1].last + timedelta(days=1)))
    year = clock.today().year
    longer = (f"{year}H1", f"{year}H2", f"{year - 1}", f"{year}")
    return [*quarters, *(Period.parse(one) for one in longer)]

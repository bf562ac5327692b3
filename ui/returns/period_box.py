"""Which return is in front: the periods around today, and every one that was asked for or reported, however long it is."""

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from xmdesk.periods import Period


class PeriodBox(QComboBox):
    """The one that was in front stays in front when others come."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("报送期")

    @property
    def chosen(self) -> Period:
        """The period in front."""
        return Period.parse(self.currentData())

    def offer(self, more: Iterable[Period], today: date) -> None:
        """Offer what may be meant today, and these."""
        kept = {self.chosen} if self.count() else set[Period]()
        periods = sorted({*around(today), *more, *kept}, key=lambda one: (one.last, one.first, one.text))
        if [one.text for one in periods] == [self.itemData(place) for place in range(self.count())]:
            return
        with QSignalBlocker(self):
            self.clear()
            for one in periods:
                self.addItem(one.words, one.text)
            self.choose(next(iter(kept), Period.containing(today)))

    def choose(self, period: Period) -> None:
        """Put a period in front, if it is offered."""
        self.setCurrentIndex(max(self.findData(period.text), 0))


def around(day: date) -> list[Period]:
    """Return the quarters before, of and after a day, the year, and the year before, which is reported in January."""
    here = Period.containing(day)
    before = Period.containing(here.first - timedelta(days=1))
    after = Period.containing(here.last + timedelta(days=1))
    return [before, here, after, Period(str(day.year - 1)), Period(str(day.year))]

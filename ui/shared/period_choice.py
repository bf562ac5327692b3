"""Choosing one of the periods that are offered; the one in front stays there when others come."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from xmdesk.periods import Period


class PeriodChoice(QComboBox):
    """Nothing is in it until something is offered."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("报送期")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def chosen(self) -> Period:
        """The period in front."""
        return Period.parse(self.currentData())

    def offer(self, periods: Iterable[Period], first: Period) -> None:
        """Offer these in this order; ``first`` comes in front as long as nothing was."""
        wanted = self.chosen if self.count() else first
        listed = list(periods)
        if [one.text for one in listed] == [self.itemData(place) for place in range(self.count())]:
            return
        with QSignalBlocker(self):
            self.clear()
            for one in listed:
                self.addItem(one.words, one.text)
            self.setCurrentIndex(max(self.findData(wanted.text), 0))

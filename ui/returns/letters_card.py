"""What came back from the district: who sent the return back, when and why, and the points to correct."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.returns.points_card import PointsCard
from ui.shared.due import said_time
from ui.shared.icons import Icons
from ui.shared.words import label, set_tone

if TYPE_CHECKING:
    from xmdesk.services.correcting import Slip


class LettersCard(QFrame):
    """Hidden while nothing was sent back; the signals are those of the points."""

    asked = Signal(object)
    answered = Signal(str, str)
    reopened = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._count = label("", "chip")
        self._about = label("", "muted", wraps=True)
        self.points = PointsCard(icons)
        self.points.asked.connect(self.asked)
        self.points.answered.connect(self.answered)
        self.points.reopened.connect(self.reopened)
        head = QHBoxLayout()
        head.addWidget(label("区里退回，要改这些", "heading"))
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addWidget(self.points)
        self.hide()

    def show_slips(self, slips: Sequence["Slip"]) -> None:
        """Show the slips about the version sent back last whole, and of older ones what is still open."""
        self.setVisible(bool(slips))
        if not slips:
            return
        newest = slips[0].verdict
        version = (newest.period, newest.version)
        points: list[Any] = [
            one
            for slip in slips
            for one in (slip.points if (slip.verdict.period, slip.verdict.version) == version else slip.open_points)
        ]
        waiting = sum(1 for one in points if not one.is_done)
        by = f"{newest.given_by}，" if newest.given_by else ""
        note = f"：{newest.note}" if newest.note else ""
        self._about.setText(f"{by}{said_time(newest.given_at)}，退回单 {newest.number}{note}")
        self._count.setText(f"还有 {waiting} 条" if waiting else "都答复了，可以再密封一版")
        set_tone(self._count, "missing" if waiting else "good")
        self.points.show_points(points)

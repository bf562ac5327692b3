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
        asked: list[tuple[Slip, tuple[Any, ...]]] = [
            (one, one.points if (one.verdict.period, one.verdict.version) == version else one.open_points)
            for one in slips
        ]
        points = [point for _, some in asked for point in some]
        waiting = sum(1 for one in points if not one.is_done)
        self._about.setText("\n".join(_about(one) for one, some in asked if some or one is slips[0]))
        self._count.setText(f"还有 {waiting} 条" if waiting else "都答复了，可以再密封一版")
        set_tone(self._count, "missing" if waiting else "good")
        self.points.show_points(points)


def _about(slip: "Slip") -> str:
    """Who sent it, when, its number and what stands above its points."""
    verdict = slip.verdict
    by = f"{verdict.given_by}，" if verdict.given_by else ""
    note = f"：{verdict.note}" if verdict.note else ""
    return f"{by}{said_time(verdict.given_at)}，退回单 {verdict.number}{note}"

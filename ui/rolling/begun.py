"""What was begun in 滚动管理 and not done: ticks and a reason, days for each year. A lock or a crash loses nothing of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from ui.rolling.page import RollingPage


class RollingTexts(QObject):
    """The page as its draft sees it; ``typed`` fires with each letter and tick."""

    typed = Signal()

    def __init__(self, page: "RollingPage") -> None:
        super().__init__(page)
        self._page = page
        page.confirm.touched.connect(self.typed)
        page.final.touched.connect(self.typed)

    @property
    def texts(self) -> Mapping[str, Any]:
        """The year in front with what was begun in it, and the days begun in each; nothing where nothing was."""
        confirm, final = self._page.confirm.begun, self._page.final.begun
        return {"year": self._page.year, "confirm": confirm, "final": final} if confirm or final else {}

    def put_back(self, texts: Mapping[str, Any]) -> None:
        """Let all of it stand there again once the year is shown."""
        self._page.year = texts["year"]
        self._page.final.put_back(texts["final"])
        self._page.confirm.put_back(texts["confirm"])

"""What was half typed into a card survives a lock, a crash and other colours: it stands in its lines again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer

from ui.shared.drafts import KEEP_EVERY_MS
from ui.shared.work import Work

if TYPE_CHECKING:
    from xmdesk.ports import Store


class Typing(Protocol):
    """A card that is typed into; its signal ``typed`` fires with each letter."""

    typed: Any

    @property
    def texts(self) -> Mapping[str, Any]:
        """What was typed and is in no record yet, by its place in the card; as JSON."""
        ...

    def put_back(self, texts: Mapping[str, Any]) -> None:
        """Let it stand there again."""
        ...


class TextsDraft(QObject):
    """Written at most every three seconds while something is typed; ``place`` names the card."""

    def __init__(self, card: Typing, place: str, store: "Store", work: Work, parent: QObject) -> None:
        super().__init__(parent)
        from xmdesk.services.drafts import Drafts

        self._card, self._place, self._work = card, place, work
        self._drafts = Drafts(store)
        self._pause = QTimer(self, singleShot=True, interval=KEEP_EVERY_MS)
        self._pause.timeout.connect(self._keep_soon)
        for one in self._drafts.left_behind(place):
            card.put_back(one.content["texts"])
        card.typed.connect(self._pause.start)
        work.rested.connect(self._pause.stop)

    def _keep_soon(self) -> None:
        if self._work.is_busy:
            self._pause.start()
        else:
            self.keep()

    def keep(self) -> None:
        """Write to the book what stands there now; what was given is forgotten."""
        from xmdesk.services.drafts import Draft

        self._pause.stop()
        texts = dict(self._card.texts)
        if texts:
            self._work.now(lambda: self._drafts.keep(self._place, Draft(self._place, {"texts": texts})))
        else:
            self._work.now(lambda: self._drafts.drop(self._place, self._place))

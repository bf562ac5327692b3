"""What is done with the draft in front of a seal card: its pages are shown, and once the office head agreed it is sealed."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.returns.period_box import PeriodBox
from ui.returns.seal_card import SealCard
from ui.returns.sending import Sending
from ui.shared.clock_doubt import dated
from ui.shared.pdf_view import page_images
from ui.shared.surroundings import Surroundings
from xmdesk.files import make_folder, shown_name
from xmdesk.services.approving import Approving
from xmdesk.services.submitting import sealed_folder
from xmdesk.services.unrecorded import ASIDE

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.drafting import Draft


class Sealing(QObject):
    """``sealed`` fires when a new version lies there."""

    sealed = Signal()

    def __init__(self, desk: "Desk", around: Surroundings, card: SealCard, sending: Sending, period: PeriodBox) -> None:
        super().__init__(card)
        self._desk, self._around, self._card, self._sending, self._period = desk, around, card, sending, period
        self._approving = Approving(desk.store, desk.checking)
        self._seen = ""
        card.asked.connect(self._seal)
        card.wanted.connect(self.show_pages)

    def has_seen(self, draft: "Draft") -> bool:
        """Tell whether the pages of this very content were shown."""
        return bool(self._seen) and self._seen == self._approving.content(draft)

    def forget(self) -> None:
        """Another return is in front, whose pages nobody saw."""
        self._seen = ""

    def show_pages(self) -> None:
        """Draw the very pages that sealing would draw."""
        submitting, period, names = self._desk.submitting, self._period.chosen, self._card.names
        approval = submitting.approval(prepared_by=names[0], signed_off_by=names[1])

        def job(progress: Any) -> Any:
            progress.step(0, 2, "正在排版…")
            draft = submitting.draft(period)
            content = submitting.preview(draft, approval)
            progress.step(1, 2, "正在显示…")
            return page_images(content), self._approving.content(draft, submitting.as_of(draft, approval))

        self._around.work.long("预览上报件", job, lambda shown: self._shown(shown[0], shown[1], names))

    def _shown(self, images: Any, content: str, names: tuple[str, str]) -> None:
        self._sending.pages.show_pages(images)
        self._seen = content
        self._card.show_seen(names)

    def _seal(self, prepared_by: str, signed_off_by: str) -> None:
        submitting, period, folder = self._desk.submitting, self._period.chosen, sealed_folder(self._desk)

        def job(progress: Any) -> Any:
            progress.step(0, 1, "正在校验、排版、密封…")
            make_folder(folder)
            draft = submitting.draft(period)
            return submitting.seal(
                draft, folder, prepared_by=prepared_by, signed_off_by=signed_off_by, only_agreed=True, force=True
            )

        dated(self._desk, self._around, "密封上报", job, self._sealed)

    def _sealed(self, done: Any) -> None:
        self._card.forget(done.submission.period)
        aside = f"停电前写过、没有记下的 {len(done.set_aside)} 份同一版移到了“{ASIDE}”文件夹，不要送出。"
        self._sending.show_new(
            done.submission,
            f"已密封。插上 U 盘，点“拷到 U 盘”；再打印、签字、盖章。{aside if done.set_aside else ''}",
        )
        self._around.changes.announce(f"已密封 {shown_name(done.path)}")
        self._sending.show_pages(done.submission)
        self.sealed.emit()

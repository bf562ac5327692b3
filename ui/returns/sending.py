"""What the hand card asks for: copying to a stick, saving elsewhere, printing, opening; each says in place how it went."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from ui.returns.hand_card import HandCard
from ui.shared.pdf_view import PdfView, page_images
from ui.shared.sticks import Stick
from ui.shared.surroundings import Surroundings
from xmdesk.errors import Fault
from xmdesk.files import atomic_write, make_folder, shown_name
from xmdesk.services.handing import Handing
from xmdesk.services.submitting import sealed_folder

if TYPE_CHECKING:
    from xmdesk.records.submission import Submission
    from xmdesk.services.desk import Desk


class Sending(QObject):
    """Acts on the submission in front of a hand card."""

    def __init__(self, desk: "Desk", around: Surroundings, card: HandCard, pages: PdfView) -> None:
        super().__init__(card)
        self._around, self._card, self.pages = around, card, pages
        self._folder = sealed_folder(desk)
        self.handing = Handing(desk.store)
        card.copy.connect(self._copy)
        card.elsewhere.connect(self._save_elsewhere)
        card.print_it.connect(self._print)
        card.printed.connect(self._mark_printed)
        card.look.connect(self.show_pages)
        card.folder.connect(self._open_folder)
        card.picked.connect(self._pick)

    def show_period(self, period: str) -> None:
        """Show the newest submission of a period, or keep the one in front that the person chose."""
        every = self.handing.own()
        here = self._card.submission
        kept = next((one for one in every if one.uid == here.uid and one.period == period), None)
        chosen = kept or next((one for one in every if one.period == period), None)
        if chosen is not None:
            self._card.show_submission(chosen, self.handing.stations(chosen))
        self._card.show_list(every, period)
        self._card.show_front(has_one=chosen is not None)

    def show_new(self, submission: "Submission", words: str) -> None:
        """Show a submission that was just sealed."""
        self._card.show_submission(submission, self.handing.stations(submission))
        self._card.say(words, "good")

    def show_pages(self, submission: "Submission") -> None:
        """Show the pages of a sealed file as they are."""
        self._around.work.long(
            "显示上报件", lambda _: page_images(self.handing.content(submission)), self.pages.show_pages
        )

    def _pick(self, uid: str) -> None:
        found = next((one for one in self.handing.own() if one.uid == uid), None)
        if found is not None:
            self._card.show_submission(found, self.handing.stations(found))
            self._card.show_front(has_one=True)

    def _copy(self, submission: "Submission", stick: Stick) -> None:
        if stick.is_locked:
            self._refused(Fault("HAND-LOCKED", stick=stick.name, again="拷到 U 盘"))
            return
        job = lambda progress: self.handing.copy(submission, stick.root, progress, name=stick.name)  # noqa: E731 - one use
        self._around.work.long("拷到 U 盘", job, self._copied, refused=self._refused)

    def _copied(self, sent: "Submission") -> None:
        self._say(sent, f"已拷到 {sent.sent_to}，读回核对无误。", "现在可以拔出 U 盘。")
        self._around.changes.announce(f"已拷到 {sent.sent_to}")

    def _save_elsewhere(self, submission: "Submission") -> None:
        """Save into a folder that the person chose; it leaves the computer only where that lies on a stick."""
        folder = self._around.dialogs.choose_folder("存到哪个文件夹")
        if folder is None:
            return
        stick = self._card.stick.holding(folder)
        if stick is not None:
            self._copy(submission, replace(stick, root=folder))
            return
        name = shown_name(folder)
        job = lambda progress: self.handing.copy(submission, folder, progress, name=name, leaves=False)  # noqa: E731 - one use
        self._around.work.long(
            "存到别处", job, lambda _: self._saved_elsewhere(submission, name), refused=self._refused
        )

    def _saved_elsewhere(self, submission: "Submission", name: str) -> None:
        self._say(submission, f"已存到“{name}”，读回核对无误。", "它还在这台电脑上，没有送出：请再“拷到 U 盘”。")
        self._around.changes.announce(f"已存到{name}")

    def _print(self, submission: "Submission") -> None:
        content = self.handing.content(submission)
        title = f"上报件 {submission.short_code}"
        self._around.work.now(lambda: self._around.dialogs.print_document(title, content), self._printed)

    def _printed(self, went: bool) -> None:
        if went:
            self._mark_printed(self._card.submission, True)
            self._say(self._card.submission, "已送去打印。", "请签字、盖章，连同 U 盘一起送区里。")

    def _mark_printed(self, submission: "Submission", is_printed: bool) -> None:
        self._around.work.now(
            lambda: self.handing.printed(submission, is_printed=is_printed),
            lambda _: self._around.changes.announce("已记下打印盖章" if is_printed else "改为还没有打印"),
        )

    def _say(self, submission: "Submission", done: str, then: str) -> None:
        """Say what was done and what comes next; of an older version, that it is none to be handed over."""
        newest = self.handing.own(submission.period)[0]
        if newest.version <= submission.version:
            self._card.say(f"{done}{then}", "good")
            return
        self._card.say(
            f"{done}不过这是旧的第 {submission.version} 版，最新的是第 {newest.version} 版："
            f"要送区里的，请在下面点选第 {newest.version} 版，再做一次。",
            "missing",
        )

    def _refused(self, error: Any) -> None:
        self._card.say(f"{error.happened}{error.to_do}", "wrong")

    def _open_folder(self, submission: "Submission") -> None:
        self._around.work.now(lambda: self.on_disk(submission), _show_folder)

    def on_disk(self, submission: "Submission") -> Path:
        """Return the file in the book's own folder of returns; written anew where it was moved away."""
        path = self._folder / (submission.file_name or f"上报_{submission.short_code}.pdf")
        if not path.exists():
            make_folder(self._folder)
            atomic_write(path, self.handing.content(submission))
        return path


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

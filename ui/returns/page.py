"""The return of a period on one page: forms and nil answers, problems, the real pages, names, seal."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ui.returns.forms_card import FormsCard
from ui.returns.letters_card import LettersCard
from ui.returns.problems_card import ProblemsCard
from ui.returns.seal_card import SealCard
from ui.shared.findings import destination, findings
from ui.shared.page import Page
from ui.shared.pdf_view import PdfView, page_images
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label
from xmdesk import clock
from xmdesk.periods import Period
from xmdesk.problems import Severity
from xmdesk.services.correcting import Correcting

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


class ReturnsPage(Page):
    """上报."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._correcting = Correcting(desk.store)
        self.period = QComboBox()
        self.period.setAccessibleName("报送期")
        for one in periods(clock.today()):
            self.period.addItem(one.words, one.text)
        self.period.setCurrentIndex(1)
        self._due = label("", "beside")
        self.forms = FormsCard(around.icons)
        self.problems = ProblemsCard(around.icons)
        self.seal = SealCard()
        self.letters = LettersCard(around.icons)
        self.take = button("收区里的文件")
        self.take.setToolTip("采集任务、回执、退回单")
        self.pages = PdfView()
        self.preview = button("预览")
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 14)
        head.setSpacing(12)
        head.addWidget(label("上报", "title"))
        head.addWidget(self._due, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(label("报送期", "muted"))
        head.addWidget(self.period)
        head.addWidget(self.take)
        head.addWidget(self.preview)
        self._left = left = QScrollArea()
        left.setWidgetResizable(True)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        left.setWidget(sheet)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(20, 16, 16, 20)
        column.setSpacing(12)
        for one in (self.letters, self.forms, self.problems, self.seal):
            column.addWidget(one)
        column.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.pages)
        split.setSizes([600, 560])
        split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(frame("rule"))
        outer.addWidget(split, 1)

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(lambda _: self._fresh())
        self.preview.clicked.connect(self.show_pages)
        self.take.clicked.connect(self._take)
        self.letters.asked.connect(self._go_to_point)
        self.letters.answered.connect(self._answer_point)
        self.letters.reopened.connect(self._reopen_point)
        self.forms.answered.connect(self._answer)
        self.forms.asked.connect(self._around.travel.to)
        self.problems.asked.connect(lambda one: self._around.travel.to(*destination(one)))
        self.seal.asked.connect(self._seal)
        self.seal.open_folder.connect(_open_folder)
        self._around.changes.changed.connect(self._soon)

    @property
    def chosen(self) -> Period:
        """The period in front."""
        return Period.parse(self.period.currentData())

    def showEvent(self, event: Any) -> None:
        """Look again."""
        super().showEvent(event)
        self._soon()

    def act(self, name: str) -> bool:
        """F5 checks again."""
        if name == "check":
            self.refresh()
        return name == "check"

    def refresh(self) -> None:
        """Check everything that sealing would check."""
        checking = self._desk.checking
        self._around.work.now(lambda: findings(checking, checking.all(self.chosen)), self._show)

    def show_pages(self) -> None:
        """Draw the very pages that sealing would draw."""
        submitting, period = self._desk.submitting, self.chosen

        def job(progress: Any) -> Any:
            progress.step(0, 2, "正在排版…")
            content = submitting.preview(submitting.draft(period))
            progress.step(1, 2, "正在显示…")
            return page_images(content)

        self._around.work.long("预览上报件", job, self.pages.show_pages)

    def _soon(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self.refresh)

    def _fresh(self) -> None:
        self.pages.show_words("换了报送期，点“预览”看新的页面。")
        self.seal.forget()
        self.refresh()

    def _show(self, found: Any) -> None:
        forms = self._desk.submitting.forms(self.chosen, [one.problem for one in found])
        due = self._desk.tasks.due_on(self.chosen)
        self._due.setText(f"截止 {due.year}年{due.month}月{due.day}日" if due else "")
        self.forms.show_forms(forms, found)
        self.problems.show_findings(found)
        self.letters.show_slips(self._correcting.pending())
        QTimer.singleShot(0, self, self._fit)
        office = self._desk.office.office()
        unanswered = sum(1 for one in forms if not one.is_answered)
        self.seal.show_state(
            errors=sum(1 for one in found if one.problem.severity is Severity.ERROR),
            unanswered=unanswered,
            names=(office.prepared_by, office.signed_off_by),
            enrolled=bool(self._desk.enrolling.certificate_facts()),
        )

    def _fit(self) -> None:
        """Give the left side the width its words need; the pages take the rest."""
        needed = self._left.widget().minimumSizeHint().width() + self._left.verticalScrollBar().sizeHint().width()
        self._left.setMinimumWidth(min(needed, self.width() * 2 // 3))

    def _answer(self, form: str, is_nil: bool) -> None:
        call = lambda: self._desk.submitting.answer_nil(self.chosen, [form], is_nil=is_nil)  # noqa: E731 - one use
        self._around.work.now(
            call, lambda _: self._around.changes.announce("已回答零报告" if is_nil else "已取消零报告")
        )

    def _take(self) -> None:
        path = self._around.dialogs.choose_file("选择采集任务、回执或退回单", "PDF 文件 (*.pdf)")
        if path is not None:
            reviewing = self._desk.reviewing
            self._around.work.long("收区里的文件", lambda _: reviewing.take(path), self._taken)

    def _taken(self, taken: Any) -> None:
        from xmdesk.sealed.payload import KIND_WORDS
        from xmdesk.trust.profiles import DocumentKind

        words = KIND_WORDS[DocumentKind(taken.kind)]
        self._around.changes.announce(f"已收{words}" if taken.applied else f"这份{words}以前收过了")

    def _go_to_point(self, point: Any) -> None:
        words = f"区里退回：“{point.reason}”"
        self._around.travel.to(point.register or "returns", point.record, point.field, words=words)

    def _answer_point(self, uid: str, words: str) -> None:
        self._around.work.now(
            lambda: self._correcting.answer(uid, words), lambda _: self._around.changes.announce("已答复退回单的一条")
        )

    def _reopen_point(self, uid: str) -> None:
        self._around.work.now(
            lambda: self._correcting.reopen(uid), lambda _: self._around.changes.announce("这一条重新打开")
        )

    def _seal(self, prepared_by: str, signed_off_by: str) -> None:
        folder = self._around.dialogs.choose_folder("密封后的文件放到哪里（可以直接选 U 盘）")
        if folder is None:
            return
        submitting, period = self._desk.submitting, self.chosen

        def job(progress: Any) -> Any:
            progress.step(0, 1, "正在校验、排版、密封…")
            draft = submitting.draft(period)
            return submitting.seal(draft, folder, prepared_by=prepared_by, signed_off_by=signed_off_by)

        self._around.work.long("密封上报", job, self._sealed)

    def _show_seal(self) -> None:
        self._left.ensureWidgetVisible(self.seal)

    def _sealed(self, sealed: Any) -> None:
        self.seal.show_sealed(sealed.path, sealed.submission)
        QTimer.singleShot(0, self, self._show_seal)
        self._around.changes.announce(f"已密封 {sealed.path.name}")
        self._around.work.long("显示上报件", lambda _: page_images(sealed.path.read_bytes()), self.pages.show_pages)


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def periods(day: Any) -> list[Period]:
    """Return the quarters before, of and after a day, and the year."""
    from datetime import timedelta

    here = Period.containing(day)
    before = Period.containing(here.first - timedelta(days=1))
    after = Period.containing(here.last + timedelta(days=1))
    return [before, here, after, Period.parse(str(day.year))]

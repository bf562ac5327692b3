"""The return of a period on one page, station by station: task, forms, problems, changes, pages, yes, seal, stick, answer."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ui.returns.changes_card import ChangesCard
from ui.returns.enlarging import Enlarging
from ui.returns.forms_card import FormsCard
from ui.returns.hand_card import HandCard
from ui.returns.letters_card import LettersCard
from ui.returns.looked import DONE, Checked, Looked, in_the_way, marks, names_of, without_certificate
from ui.returns.period_box import PeriodBox
from ui.returns.problems_card import ProblemsCard
from ui.returns.seal_card import SealCard
from ui.returns.sealing import Sealing
from ui.returns.sending import Sending
from ui.returns.stations import Stations
from ui.returns.task_card import TaskCard
from ui.shared.changes import HEAD
from ui.shared.due import said_day
from ui.shared.findings import destination, findings, place_for
from ui.shared.offer import Offer
from ui.shared.page import Page
from ui.shared.pdf_view import PdfView
from ui.shared.reading_order import stops
from ui.shared.surroundings import Surroundings
from ui.shared.texts_draft import TextsDraft
from ui.shared.words import button, frame, label
from xmdesk import clock
from xmdesk.periods import Period
from xmdesk.services.approving import Approving
from xmdesk.services.correcting import Correcting
from xmdesk.services.drafting import known_periods, next_period, task_for
from xmdesk.services.practising import is_practice

if TYPE_CHECKING:
    from xmdesk.records.submission import Submission
    from xmdesk.services.desk import Desk

TAB = Qt.FocusPolicy.TabFocus
PREVIEW = 200
"""So narrow the pages may become where the letters are large: cards that are cut would be worse."""


class ReturnsPage(Page):
    """上报."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._correcting = Correcting(desk.store)
        self._approving = Approving(desk.store, desk.checking)
        self._goal = self._went = ""
        self.period = PeriodBox()
        self._offer_periods()
        self.period.choose(next_period(desk.store, clock.today()))
        self._due = label("", "beside")
        self.stations = Stations(around.icons)
        self.enrol = Offer("去开通", "去改代码", tone="missing")
        self.task = TaskCard(around.icons)
        self.letters = LettersCard(around.icons)
        self.forms = FormsCard(around.icons)
        self.problems = ProblemsCard(around.icons)
        self.changes = ChangesCard(around.icons)
        self.seal = SealCard()
        self.hand = HandCard(around.icons)
        self.take = self.task.take
        self.pages = PdfView()
        self._goes_on = False
        self._height = 0
        self.preview = button("预览")
        self.sending = Sending(desk, around, self.hand, self.pages)
        self.sealing = Sealing(desk, around, self.seal, self.sending, self.period)
        self._answers = TextsDraft(self.letters.points, "slip", desk.store, around.work, self)
        self._names = TextsDraft(self.seal, "names", desk.store, around.work, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 10)
        head.setSpacing(12)
        head.addWidget(label("上报", "title"))
        head.addWidget(self._due, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(label("报送期", "muted"))
        head.addWidget(self.period)
        self._left = left = QScrollArea()
        self.enlarging = Enlarging(left, self.pages, self.stations)
        head.addWidget(self.enlarging.button)
        head.addWidget(self.preview)
        left.setWidgetResizable(True)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        left.setWidget(sheet)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(20, 16, 16, 20)
        column.setSpacing(12)
        for one in (self.task, self.letters, self.forms, self.problems, self.changes, self.seal, self.hand):
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
        outer.addWidget(self.stations)
        outer.addWidget(frame("rule"))
        outer.addWidget(self.enrol)
        outer.addWidget(split, 1)

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(lambda _: self._fresh())
        self.preview.clicked.connect(self.sealing.show_pages)
        self.stations.asked.connect(self._go_to_station)
        self.enrol.taken.connect(lambda: self._around.travel.to("settings", field="certificate"))
        self.enrol.declined.connect(lambda: self._around.travel.to("office", field="code"))
        self.task.asked.connect(self._take)
        self.letters.asked.connect(self._go_to_point)
        self.letters.answered.connect(self._answer_point)
        self.letters.reopened.connect(self._reopen_point)
        self.forms.answered.connect(self._answer)
        self.forms.asked.connect(self._around.travel.to)
        self.forms.opening.connect(lambda year: self._around.travel.to("rolling", str(year)))
        self.problems.asked.connect(lambda one: self._around.travel.to(*destination(one)))
        self.changes.asked.connect(self._around.travel.to)
        self.seal.agreed.connect(self._agree)
        self.seal.waiting.connect(self._go_to_waiting)
        self.sealing.sealed.connect(self._sealed)
        self._around.changes.changed.connect(self._soon)

    @property
    def chosen(self) -> Period:
        """The period in front."""
        return self.period.chosen

    @property
    def period_in_front(self) -> Period:
        """The period whose return is open."""
        return self.chosen

    def showEvent(self, event: Any) -> None:
        """Look again."""
        super().showEvent(event)
        self._soon()

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to the return of a period, which stands in the place of a uid here, or to the answer to a point, in that of a field."""
        self._offer_periods()
        self._went = field
        period = uid or self._correcting.period_of(field)
        if self.period.findData(period) >= 0:
            self.period.choose(Period(period))

    def _offer_periods(self) -> None:
        """Offer every period for which there is anything: tasks may ask for a month or for last year."""
        self.period.offer(known_periods(self._desk.store), clock.today())

    def begin(self) -> None:
        """Put the cursor on what is to be done next; what that is is known after looking again."""
        super().begin()
        self._goal = "start"

    def _go_to_next(self) -> None:
        """Points of a slip come first, then the forms; when all points are answered, sealing."""
        goal, went = self._goal, self._went
        if not goal:  # what was shown twice in one breath is gone to once
            return
        letters = not self.letters.isHidden()
        here = self.letters.points.next_step(went) if letters else None
        here = here or (self.seal.next_step() if letters or goal == "seal" else next(iter(stops(self.forms)), None))
        if here is not None:  # else what was shown before is gone, and what takes its place comes next
            self._goal = self._went = ""
            self.enlarging.end()
            here.setFocus(Qt.FocusReason.OtherFocusReason)
            self._left.ensureWidgetVisible(here)

    def act(self, name: str) -> bool:
        """F5 checks again; the list of problems takes the cursor, whatever was to be done next here."""
        if name == "check":
            self._goal = self._went = ""
            self.refresh()
        return name == "check"

    def put_down(self) -> bool:
        """Keep half-typed answers and names: the book is about to be closed."""
        self._answers.keep()
        self._names.keep()
        return super().put_down()

    def refresh(self) -> None:
        """Check everything that sealing would check."""
        self._around.work.now(lambda: self._compare(self._check()), self._show)

    def _in_steps(self) -> None:
        """Do the same with a breath in between: a large book must not hold the window."""
        self._around.work.now(self._check, lambda checked: QTimer.singleShot(0, self, lambda: self._go_on(checked)))

    def _go_on(self, checked: Checked) -> None:
        if checked.draft.period == self.chosen:
            self._around.work.now(lambda: self._compare(checked), self._show)

    def _check(self) -> Checked:
        desk, period = self._desk, self.chosen
        problems = desk.checking.all(period)
        draft = desk.submitting.draft(period)
        return Checked(findings(desk.checking, problems), draft, desk.submitting.forms_of(draft, problems))

    def _compare(self, checked: Checked) -> Looked:
        from xmdesk.services.comparing import compared

        draft = checked.draft
        return Looked(
            **vars(checked),
            changes=compared(self._desk.store, draft),
            sign_off=self._approving.standing(draft, [one.problem for one in checked.found]),
            waiting=self._correcting.unanswered(draft.period),
            is_seen=self.sealing.has_seen(draft),
        )

    def _soon(self) -> None:
        if self.isVisible():
            self._offer_periods()
            QTimer.singleShot(0, self, self._in_steps)

    def _fresh(self) -> None:
        self.pages.show_words("换了报送期，点“预览”看新的页面。")
        self.sealing.forget()
        self.refresh()

    def _show(self, looked: Looked) -> None:
        self._height = self._left.verticalScrollBar().value()
        task = task_for(self._desk.store, self.chosen)
        due = task.due_on if task else None
        self._due.setText(f"截止 {said_day(due)}" if due else "")
        self.forms.show_forms(looked.forms, looked.found)
        self.problems.show_findings(looked.found)
        self.changes.show_changes(looked.changes)
        self.letters.show_slips(self._correcting.pending())
        self.sending.show_period(self.chosen.text)
        sent, since = self._sent, looked.changes.since
        self.task.show_task(task, clock.today(), is_answered=sent is not None and sent.state in DONE)
        office, practises = self._desk.office.office(), is_practice(self._desk)
        certificate = self._desk.enrolling.certificate_facts()
        missing = "" if practises else without_certificate(certificate, due)
        self.enrol.ask(f"{missing}。") if missing else self.enrol.hide()
        self.enrol.offer_no(is_offered=bool(certificate.get("other_code")))
        self.seal.show_state(
            in_the_way(looked, certificate, practises=practises),
            period=self.chosen.text,
            waits=bool(looked.waiting) and not practises,
            names=names_of(office, sent),
            office=(office.prepared_by, office.signed_off_by),
            sign_off=looked.sign_off,
            version=sent.version if sent is not None and sent.state in DONE else 0,
            same=since.version if since is not None and looked.changes.is_same else 0,
            is_seen=looked.is_seen,
        )
        self.stations.show_marks(marks(looked, sent))
        QTimer.singleShot(0, self, self._fit)
        if self._goal:
            QTimer.singleShot(0, self, self._go_to_next)

    @property
    def _sent(self) -> "Submission | None":
        """The newest submission of this period."""
        return next(iter(self.sending.handing.own(self.chosen.text)), None)

    def _fit(self) -> None:
        """Give the left side the width its words need; the pages take the rest."""
        needed = self._left.widget().minimumSizeHint().width() + self._left.verticalScrollBar().sizeHint().width()
        self._left.setMinimumWidth(min(needed, self.width() - PREVIEW))
        if self._goes_on:  # only now the cards have their places
            self._goes_on = False
            self._go_to_station(4)
        else:
            self._left.verticalScrollBar().setValue(self._height)

    def _go_to_station(self, place: int) -> None:
        answer = self.hand if self.letters.isHidden() else self.letters
        cards = (self.forms, self.problems, self.changes, self.seal, self.hand, self.hand, answer)
        card = cards[place] if cards[place].isVisible() else self.seal
        self._left.verticalScrollBar().setValue(card.y() - 16)
        card.setFocus()
        first = next((one for one in card.findChildren(QWidget) if one.isVisible() and one.focusPolicy() & TAB), card)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _answer(self, form: str, is_nil: bool) -> None:
        call = lambda: self._desk.submitting.answer_nil(self.chosen, [form], is_nil=is_nil)  # noqa: E731 - one use
        self._around.work.now(
            call, lambda _: self._around.changes.announce("已回答零报告" if is_nil else "已取消零报告")
        )

    def _agree(self, prepared_by: str, by: str) -> None:
        """Keep the office head's yes, or take it back; the tick then follows what is kept.

        Names that were typed are kept before: they outlive a yes that lapses.
        """
        self._names.keep()
        approving, draft = self._approving, self._desk.submitting.draft(self.chosen)
        yes = lambda: approving.approve(draft, by, prepared_by=prepared_by)  # noqa: E731 - one use
        words = "已记下负责人同意" if by else "已收回负责人的同意"
        self._goal = "seal"
        self._around.work.now(
            yes if by else lambda: approving.withdraw(draft),
            lambda _: self._around.changes.announce(words),
            refused=self._not_agreed,
        )

    def _not_agreed(self, error: Any) -> None:
        self._goal = ""
        self.seal.follow()
        self._around.work.tell(error)

    def _take(self) -> None:
        path = self._around.dialogs.choose_file("选择采集任务、回执或退回单", "PDF 文件 (*.pdf)")
        if path is not None:
            reviewing = self._desk.reviewing
            self._around.work.long("收区里的文件", lambda _: reviewing.take(path), self._taken)

    def _taken(self, taken: Any) -> None:
        from xmdesk.sealed.payload import KIND_WORDS
        from xmdesk.trust.profiles import DocumentKind

        words = KIND_WORDS[DocumentKind(taken.kind)]
        if taken.period:
            self.show_record(taken.period)
        remark = taken.remark.text if taken.remark else ""
        self._around.changes.announce(f"已收{words}。{remark}" if taken.applied else f"这份{words}没有再收：{remark}")

    def _go_to_point(self, point: Any) -> None:
        self._went = point.uid
        apart = self._correcting.words_apart(point)
        field = point.field if apart else point.field or HEAD
        self._around.travel.to(place_for(point.register), point.record, field, words=apart)

    def _answer_point(self, uid: str, words: str) -> None:
        self._goal = "start"
        self._around.work.now(
            lambda: self._correcting.answer(uid, words),
            lambda _: self._around.changes.announce("已答复退回单的一条"),
            refused=lambda error: self._not_answered(uid, error),
        )

    def _not_answered(self, uid: str, error: Any) -> None:
        """Ask for words beside the point; anything else is said above."""
        self._goal = ""
        if error.code == "SLIP-UNCHANGED":
            self.letters.points.ask(uid, f"{error.happened}{error.to_do}")
        else:
            self._around.work.tell(error)

    def _go_to_waiting(self) -> None:
        """Go to the answer that sealing waits for."""
        waiting = self._correcting.unanswered(self.chosen)
        here = self.letters.points.next_step(waiting[0].uid if waiting else "")
        if here is not None:
            here.setFocus(Qt.FocusReason.OtherFocusReason)
            self._left.ensureWidgetVisible(here)

    def _reopen_point(self, uid: str) -> None:
        self._around.work.now(
            lambda: self._correcting.reopen(uid), lambda _: self._around.changes.announce("这一条重新打开")
        )

    def _sealed(self) -> None:
        self._goes_on = True

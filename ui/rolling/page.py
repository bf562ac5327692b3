"""滚动管理: a year's list carried over, confirmed item by item, compared with the year before, and closed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.rolling.begun import RollingTexts
from ui.rolling.confirm_card import ConfirmCard, Verdict
from ui.rolling.differences_card import ADDED, DifferencesCard, content
from ui.rolling.final_card import ClosedBanner, FinalCard
from ui.shared.page import SheetPage, card
from ui.shared.plain_table import Line
from ui.shared.reading_order import step_aside
from ui.shared.referenced import RegisterReferences
from ui.shared.surroundings import Surroundings
from ui.shared.texts_draft import TextsDraft
from ui.shared.words import button, label
from xmdesk import clock
from xmdesk.files import atomic_write, shown_name
from xmdesk.records.codes import DutyChange
from xmdesk.records.duty import DutyList, MaintenanceDuty
from xmdesk.records.values.dates import show_day
from xmdesk.services.items_of_years import GONE
from xmdesk.services.rolling import READ_ONLY, Confirmed, Rolling

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


class RollingPage(SheetPage):
    """One year in front; the arrows go to the years beside it."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__("滚动管理")
        self._desk = desk
        self._around = around
        self.rolling = Rolling(desk)
        self.year = clock.today().year
        self._first: int | None = None
        references = RegisterReferences(desk.registers, around.changes, around=around)
        self.banner = ClosedBanner()
        self.opening, self._opening_words, self.open_year = self._opening_card()
        self.confirm = ConfirmCard(around.icons)
        self.differences = DifferencesCard(around.icons)
        self.final = FinalCard(around.icons, references)
        for one in (self.banner, self.opening, self.confirm, self.differences, self.final):
            self.column.addWidget(one)
        self.column.addStretch(1)
        self._build_years()
        self._connect()
        self._begun = TextsDraft(RollingTexts(self), "rolling", desk.store, around.work, self)

    def _opening_card(self) -> tuple[QWidget, Any, Any]:
        made, column = card()
        words = label("", wraps=True)
        act = button("", "primary", name="打开这一年")
        row = QHBoxLayout()
        row.addWidget(words, 1)
        row.addWidget(act)
        column.addLayout(row)
        return made, words, act

    def _build_years(self) -> None:
        self.back, self.on = (button("", "link", name=name, repeats=True) for name in ("上一年", "下一年"))
        self._shown_year = label("", "heading")
        for one in (self.back, self._shown_year, self.on):
            self.head.addWidget(one)
        self._around.icons.changed.connect(self._dress)
        self._dress()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.go(self.year - 1))
        self.on.clicked.connect(lambda: self.go(self.year + 1))
        self.open_year.clicked.connect(self._open)
        self.banner.reopened.connect(self._reopen)
        self.confirm.decided.connect(self._decide)
        self.confirm.filtered.connect(self.refresh)
        self.confirm.opened.connect(self._edit)
        self.differences.opened.connect(self._edit)
        self.differences.printing.connect(self.print_differences)
        self.final.announced.connect(self._announce)
        self.final.finalised.connect(self._finalise)
        self._around.changes.changed.connect(self._soon)

    def showEvent(self, event: Any) -> None:
        """Look again."""
        super().showEvent(event)
        self._soon()

    def act(self, name: str) -> bool:
        """F5 looks again."""
        if name == "check":
            self.refresh()
        return name == "check"

    def go(self, year: int) -> None:
        """Show another year, up to the next."""
        self.year = min(year, clock.today().year + 1)
        self.refresh()

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to a year, which stands in the place of a uid here, or to that of a list; without either to this year."""
        listed = self._desk.store.get(DutyList, uid) if uid and not uid.isdecimal() else None
        year = int(uid) if uid.isdecimal() else listed.year if listed is not None else None
        self.go(year or clock.today().year)

    def put_down(self) -> bool:
        """Keep what was begun: the book is about to be closed."""
        self._begun.keep()
        return super().put_down()

    def take_back(self, lost: QWidget) -> None:
        """Work goes on among the items, after a year was opened as after some of them were confirmed."""
        step_aside(self, lost, self.confirm.table)

    def refresh(self) -> None:
        """Read the year anew."""
        self._around.work.now(self._look)

    def _soon(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self.refresh)

    def _look(self) -> None:
        items, listed = self.rolling.items(self.year), self.rolling.list_of(self.year)
        is_closed = listed is not None and listed.state in READ_ONLY
        self._say_year(listed)
        for one in (self.confirm, self.differences):
            one.setVisible(bool(items))
        self.final.setVisible(bool(items) and not is_closed)
        self.banner.setVisible(bool(items) and is_closed)
        if items:
            self._show_items(items, is_closed=is_closed)
            self._show_list(listed or DutyList(year=self.year), is_closed=is_closed)
        # last: the cursor on its button goes to what is shown
        self._show_opening(has_items=bool(items), is_closed=is_closed)

    def _show_items(self, items: Sequence[MaintenanceDuty], *, is_closed: bool) -> None:
        self.confirm.show_year(self.year)
        found = self.rolling.differences(self.year)
        self.differences.show_differences(found)
        told = {one.uid: content(one) for part in (found.changed, found.retired) for one in part}
        told |= dict.fromkeys((one.uid for one in found.added), ADDED)
        unsaid = {one.uid for one in self.rolling.unexplained(self.year)}
        waiting = unsaid | {one.uid for one in self.rolling.unconfirmed(self.year)}
        only = self.confirm.only_open.isChecked() and not is_closed
        shown = [one for one in items if not only or one.uid in waiting]
        texts = self._desk.registers.shown_many(shown)
        lines = [
            _line(one, text, told.get(one.uid, "未变"), is_unsaid=one.uid in unsaid)
            for one, text in zip(shown, texts, strict=True)
        ]
        self.confirm.begin(is_first=not self.rolling.items(self.year - 1))
        self.confirm.show_items(lines, done=len(items) - len(waiting), total=len(items), is_closed=is_closed)
        if not self.confirm.by.text():
            self.confirm.by.setText(self._desk.office.office().prepared_by)

    def _show_list(self, listed: DutyList, *, is_closed: bool) -> None:
        waiting = len(self.rolling.unconfirmed(self.year)) + len(self.rolling.unexplained(self.year))
        self.final.show_list(
            listed,
            waiting=waiting,
            left=len(self.rolling.uncarried(self.year)),
            reviewer=self._desk.office.office().reviewed_by,
        )
        notice = f"{show_day(listed.notice_from)}至{show_day(listed.notice_to)}"
        facts = f"审核人 {listed.reviewed_by}，村民（代表）会议 {show_day(listed.meeting_on)}，公示 {notice}"
        if is_closed:
            self.banner.show_list(f"{self.year}年度清单已经定稿，不能再改。{facts}。确需修改的，先重新打开。")

    def _say_year(self, listed: DutyList | None) -> None:
        state = listed.state.label if listed is not None and listed.state else "还没有清单"
        self.remark.setText(f"{self.year}年度 · {state}")
        self._shown_year.setText(f"{self.year}年")
        self.on.setEnabled(self.year <= clock.today().year)
        for made, year in ((self.back, self.year - 1), (self.on, self.year + 1)):
            made.setAccessibleName(f"看{year}年")
            made.setToolTip(f"{year}年")

    def _show_opening(self, *, has_items: bool, is_closed: bool) -> None:
        """Offer to carry over the year before, or what was added to it since."""
        left = self.rolling.uncarried(self.year)
        self._first = None if left or has_items else self._skipped()
        self.opening.setVisible(not has_items or bool(left))
        self.open_year.setVisible((bool(left) and not is_closed) or self._first is not None)
        act = f"带过来 {len(left)} 项" if has_items else f"打开{self._first or self.year}年度"
        self.open_year.setText(act)
        self.open_year.setAccessibleName(act)
        self._opening_words.setText(self._words_of_opening(left, has_items=has_items, is_closed=is_closed))

    def _words_of_opening(self, left: Sequence[MaintenanceDuty], *, has_items: bool, is_closed: bool) -> str:
        this, before = f"{self.year}年度", f"{self.year - 1}年度"
        if has_items and left:
            others = f"等 {len(left)} 项" if len(left) > 1 else ""
            which = f"{before}的“{left[0].title()}”{others}不在{this}的清单里。"
            how = (
                f"{this}已经定稿，要带过来先重新打开。" if is_closed else "带过来以后逐项确认，不再管护的写明原因核销。"
            )
            return which + how
        if left:
            return f"{this}的清单还没有打开。{before}有 {len(left)} 项，打开后逐项确认：不变、有变更或核销。"
        if self._first is not None:
            return f"{before}还没有清单，{self._first - 1}年度的有。先打开{self._first}年度，确认以后再打开下一年。"
        if self.rolling.items(self.year - 1):
            return f"{before}的条目都已经核销，没有要带过来的。{this}的条目在“管护责任清单”里新增，或导入已有的表格。"
        return f"{before}和{this}都没有管护条目。先在“管护责任清单”里新增，或导入已有的表格。"

    def _skipped(self) -> int | None:
        """The year that has to be opened before this one can be: the one after the newest list, where years were left out."""
        newest = self.rolling.newest_before(self.year)
        return newest + 1 if newest is not None and newest < self.year - 1 else None

    def _open(self) -> None:
        if self._first is not None:
            self.go(self._first)
        is_new = not self.rolling.items(self.year)
        opened, carried = f"已打开{self.year}年度清单", f"已从{self.year - 1}年度带过来 {{number}} 项，请逐项确认"
        self._do(
            lambda: self.rolling.open_year(self.year),
            lambda done: opened if is_new else carried.format(number=done.carried),
        )

    def _reopen(self, reason: str) -> None:
        self._do(lambda: self.rolling.reopen(self.year, reason=reason), f"{self.year}年度清单已重新打开")

    def _announce(self, said: dict[str, Any]) -> None:
        first, last = said["notice_from"], said["notice_to"]
        self._do(lambda: self.rolling.announce(self.year, first=first, last=last), "已记下公示日期")

    def _finalise(self, said: dict[str, Any]) -> None:
        first, last, met = said["notice_from"], said["notice_to"], said["meeting_on"]
        facts: dict[str, Any] = {"reviewed_by": said["reviewed_by"], "meeting_on": met, "first": first, "last": last}
        self._do(lambda: self.rolling.finalise(self.year, **facts), f"{self.year}年度清单已定稿")

    def _decide(self, said: Verdict) -> None:
        uids, count = list(said.uids), len(said.uids)
        if said.kind is DutyChange.CONTINUED:
            self._do(lambda: self.rolling.confirm(uids, by=said.by), _confirmed_words)
        elif said.kind is DutyChange.RESTORED:
            restore = self.rolling.restore
            self._do(lambda: restore(uids, reason=said.reason, by=said.by), f"已恢复 {count} 项")
        elif said.kind in GONE:
            retire = self.rolling.retire
            self._do(lambda: retire(uids, kind=said.kind, reason=said.reason, by=said.by), f"已核销 {count} 项")
        else:
            record = self._desk.store.get(MaintenanceDuty, uids[0])
            if record is not None:
                self._do(lambda: self.rolling.change(record, reason=said.reason, by=said.by), "已记下变更")

    def _do(self, call: Any, words: str | Callable[[Any], str]) -> None:
        """Do something to the list; the words may depend on what it did."""

        def done(made: Any) -> None:
            self.confirm.reason.setText("")
            self._around.changes.announce(words if isinstance(words, str) else words(made))
            self.refresh()
            self._begun.keep()

        self._around.work.now(call, done)

    def _edit(self, uid: str) -> None:
        if uid:
            self._around.travel.to("duties", uid)

    def print_differences(self) -> None:
        """Write the year-on-year table as PDF."""
        year = self.year
        path = self._around.dialogs.save_file("打印变动表", f"管护责任清单变动表_{year}.pdf", "PDF (*.pdf)")
        if path is None:
            return

        def job(progress: Any) -> Path:
            progress.step(0, 1, "正在整理…")
            return atomic_write(path, self.rolling.printed(year), force=True)

        self._around.work.long(
            "打印变动表", job, lambda made: self._around.changes.announce(f"已写到 {shown_name(made)}")
        )

    def _dress(self) -> None:
        self.back.setIcon(self._around.icons.get("back", "accent"))
        self.on.setIcon(self._around.icons.get("on", "accent"))


def _confirmed_words(done: Confirmed) -> str:
    """Say how many were confirmed, and which others were left alone and why."""
    changed = f"，{len(done.changed)} 项和上年不同，要选“有变更”写明原因" if done.changed else ""
    ended = f"，{len(done.ended)} 项已经核销，没有动" if done.ended else ""
    return f"已确认 {done.number} 项{changed}{ended}"


def _line(one: MaintenanceDuty, text: dict[str, str], told: str, *, is_unsaid: bool) -> Line:
    is_ended = one.change in GONE
    state = one.change.label if is_ended and one.change else "已确认" if one.confirmed else "待确认"
    tone = "" if is_ended else "good" if one.confirmed else "missing"
    if is_unsaid:
        state, tone = "缺原因", "missing"
    cells = (one.subject, text["kind"], text["keeper"], text["frequency"], state, told)
    tip = f"{one.subject}　{text['location']}\n管护责任人 {text['keeper_person'] or '（空）'}\n{told}"
    return Line(one.uid, cells, tone, tip=tip)

"""登记巡查: one walk for many objects, and what was found on it until it is repaired and rechecked."""

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from ui.inspections.repair_card import RepairCard
from ui.inspections.round_card import Object, RoundCard
from ui.shared.due import left, table_day
from ui.shared.page import SheetPage
from ui.shared.plain_table import Line
from ui.shared.referenced import RegisterReferences
from ui.shared.surroundings import Surroundings
from ui.shared.words import button
from xmdesk import clock
from xmdesk.errors import WrongUse
from xmdesk.records.codes import InspectionKind
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.services.inspecting import OPEN, Due, Inspecting, Issue, Round
from xmdesk.services.rolling import present_list
from xmdesk.snapshot import last_day

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


class RoundsPage(SheetPage):
    """Objects to be looked at above, what was found below."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__("登记巡查")
        self._desk = desk
        self._around = around
        self.inspecting = Inspecting(desk)
        references = RegisterReferences(desk.registers, around.changes, around=around)
        self.round = RoundCard(around.icons, references)
        self.repairs = RepairCard(around.icons, references)
        past = button("看全部巡查记录", "quiet")
        past.clicked.connect(lambda: around.travel.to("inspections"))
        self.head.addWidget(past)
        self.column.addWidget(self.round)
        self.column.addWidget(self.repairs)
        self.column.addStretch(1)
        self._is_fresh = True
        self.start_at = self.round.table
        self.round.recorded.connect(self._record)
        self.repairs.stepped.connect(self._step)
        self.repairs.opened.connect(lambda uid: around.travel.to("inspections", uid))
        around.changes.changed.connect(self._soon)

    def showEvent(self, event: Any) -> None:
        """Look again."""
        super().showEvent(event)
        self._soon()

    def act(self, name: str) -> bool:
        """F5 looks again, Ctrl+F goes to the search line, Ctrl+S records."""
        acts = {"check": self.refresh, "search": self.round.search.setFocus, "save": self.round.record}
        if name in acts:
            acts[name]()
        return name in acts

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to an object to be looked at, or to an issue."""
        self.refresh()
        if self._desk.store.get(MaintenanceDuty, uid) is not None:
            self.round.tick(uid)
        else:
            self.repairs.choose(uid)
            self.area.ensureWidgetVisible(self.repairs)

    def refresh(self) -> None:
        """Read objects and issues anew."""
        self._around.work.now(self._look)

    def _soon(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self.refresh)

    def _look(self) -> None:
        today = clock.today()
        dues = {one.duty.uid: one for one in self.inspecting.due(today)}
        listed = {one.uid: one for one in present_list(self._desk.store, today)}
        order = [*dues, *(uid for uid in listed if uid not in dues)]
        duties = [listed[uid] for uid in order]
        texts = self._desk.registers.shown_many(duties)
        objects = [
            _object(one, text, due=dues.get(one.uid), today=today) for one, text in zip(duties, texts, strict=True)
        ]
        self.round.show_objects(objects)
        ready = sum(1 for one in objects if one.is_due)
        soon = sum(1 for one in dues.values() if one.near_from <= today < one.due_on)
        counts = [f"{ready} 项到期"] * bool(ready) + [f"{soon} 项快到期"] * bool(soon)
        self.remark.setText("，".join(counts) or "没有到期的")
        self._show_issues(today)
        if self._is_fresh:
            self._offer()

    def _offer(self) -> None:
        self._is_fresh = False
        inspector = self._desk.office.office().prepared_by
        values = {"at": clock.today().isoformat(), "inspector": inspector, "kind": InspectionKind.DAILY}
        self.round.asking.fill(**values)

    def _show_issues(self, today: date) -> None:
        issues = self.inspecting.unsettled()
        texts = self._desk.registers.shown_many(issues)
        titles = {one.uid: text["duty"] for one, text in zip(issues, texts, strict=True)}
        lines = [_issue_line(one, text, today) for one, text in zip(issues, texts, strict=True)]
        self.repairs.offers = {"done_on": today, "rechecked_by": self._desk.office.office().prepared_by}
        self.repairs.show_issues(issues, titles, lines)

    def _record(self, asked: dict[str, Any], uids: list[str], troubles: dict[str, dict[str, Any]]) -> None:
        def call() -> list[Inspection]:
            if any(not one["finding"].strip() for one in troubles.values()):
                raise WrongUse("INSPECT-FINDING")
            done = Round(asked["at"] or clock.today().isoformat(), asked["inspector"], asked["kind"])
            issues = {uid: Issue(**{**one, "photos": tuple(one["photos"])}) for uid, one in troubles.items()}
            return self.inspecting.record(uids, done=done, issues=issues)

        self._around.work.now(call, self._recorded)

    def _recorded(self, made: list[Inspection]) -> None:
        self.round.forget()
        self._around.changes.announce(f"已登记 {len(made)} 项" if made else "这次巡查已经登记过")
        self.refresh()

    def _step(self, uid: str, act: str, asked: dict[str, Any]) -> None:
        inspecting = self.inspecting

        def repaired() -> Inspection:
            if asked["done_on"] is None:
                raise WrongUse("REPAIR-DATE")
            paid = {"cost": asked["cost"], "source": asked["cost_source"]}
            return inspecting.repaired(uid, on=asked["done_on"], photos=asked["photos"], **paid)

        acts = {
            "dispatch": lambda: inspecting.dispatch(uid, person=asked["repair_person"], due_on=asked["due_on"]),
            "escalate": lambda: inspecting.escalate(uid),
            "repaired": repaired,
            "passed": lambda: inspecting.recheck(uid, by=asked["rechecked_by"]),
            "failed": lambda: inspecting.recheck(uid, by=asked["rechecked_by"], passed=False),
        }
        self._around.work.now(acts[act], self._stepped)

    def _stepped(self, one: Inspection) -> None:
        self._around.changes.announce(f"已记下：{one.state.label if one.state else ''}")
        self.refresh()


def _object(one: MaintenanceDuty, text: dict[str, str], *, due: Due | None, today: date) -> Object:
    is_due = due is not None and due.due_on <= today
    last = table_day(due.last) if due and due.last else "没有记录"
    when, tone = _when(due, today) if due else ("不定期", "")
    return Object(Line(one.uid, (one.subject, text["location"], text["frequency"], last, when), tone), is_due)


def _when(due: Due, today: date) -> tuple[str, str]:
    """Say when the next look is due; what was never looked at is not blamed for every day since New Year."""
    words, tone = left(due.due_on, today)
    if due.last is None and due.due_on <= today:
        return "该看了", "missing"
    return f"{table_day(due.due_on)}，{words}", "" if tone == "note" else tone


def _issue_line(one: Inspection, text: dict[str, str], today: date) -> Line:
    overdue = one.state in OPEN and one.due_on is not None and one.due_on < today
    due = table_day(one.due_on) if one.due_on else "没有写"
    found = last_day(one.at)
    cells = (
        text["duty"],
        one.finding,
        table_day(found),
        text["state"],
        f"{due}（逾期）" if overdue else due,
    )
    return Line(one.uid, cells, "wrong" if overdue else "missing")

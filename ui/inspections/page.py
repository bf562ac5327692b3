"""登记巡查: one walk for many objects, and what was found on it until it is repaired and rechecked."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.inspections.repair_card import RepairCard
from ui.inspections.round_card import Object, RoundCard, counted
from ui.inspections.round_draft import RoundDraft
from ui.shared.drafts import DraftKeeper
from ui.shared.due import left, table_day
from ui.shared.fields.photos import PhotosField
from ui.shared.in_view import InView
from ui.shared.page import SheetPage
from ui.shared.plain_table import Line
from ui.shared.referenced import RegisterReferences
from ui.shared.surroundings import Surroundings
from ui.shared.words import button
from xmdesk import clock
from xmdesk.errors import WrongUse, XmError
from xmdesk.records.codes import InspectionKind
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.keeping import Cycle
from xmdesk.records.values.frequency import show_frequency
from xmdesk.services.inspecting import OPEN, Due, Inspecting, Issue, Look, Round
from xmdesk.services.rolling import present_list
from xmdesk.snapshot import last_day

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

SETTLE_MS = 500
KNOWN = (
    "这次巡查已经登记过",
    "勾选的对象，同一时间、同一人、同一类型的巡查已经在台账里。",
    "又去看过一次的，请在巡查时间里写上几点，如“8:30”或“11月23日 8:30”，再登记。",
)


class RoundsPage(SheetPage):
    """Objects to be looked at above, what was found below."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__("登记巡查")
        self._desk = desk
        self._around = around
        self.inspecting = Inspecting(desk)
        references = RegisterReferences(desk.registers, around.changes, around=around)
        self._looks: dict[str, Look] = {}
        self.round = RoundCard(around.icons, references, lambda key: self._looks[key])
        self.repairs = RepairCard(around.icons, references)
        past = button("看全部巡查记录", "quiet")
        past.clicked.connect(lambda: around.travel.to("inspections"))
        self.head.addWidget(past)
        draft = RoundDraft(self.round, self.repairs, look_of=self._look_of, remember=self._remember)
        self.keeper = DraftKeeper("rounds", desk.store, draft, around, self)
        self.add_strip(self.keeper.strip)
        self.column.addWidget(self.round)
        self.column.addWidget(self.repairs)
        self.column.addStretch(1)
        self._view = InView(self.area)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(self._view.let_go)
        self.start_at = self.round.table
        self.round.touched.connect(self.keeper.edited)
        self.repairs.touched.connect(self.keeper.edited)
        self.keeper.passed.connect(self.round.table.setFocus)
        self.round.recorded.connect(self._record)
        self.round.cycle_set.connect(self._set_cycle)
        self.round.cycle_dropped.connect(self._drop_cycle)
        self.round.grown.connect(lambda opened, first: self._bring(opened, first, down_to=self.round.do))
        self.repairs.grown.connect(self._bring)
        self.repairs.stepped.connect(self._step)
        self.repairs.opened.connect(lambda uid: around.travel.to("inspections", uid))
        around.changes.changed.connect(self._soon)

    def showEvent(self, event: Any) -> None:
        """Look again."""
        super().showEvent(event)
        self._soon()

    def act(self, name: str) -> bool:
        """F5 looks again, Ctrl+F goes to the search line, Ctrl+S records, or saves the cycle that is being written."""
        acts = {"check": self.refresh, "search": self.round.search.setFocus, "save": self.round.save}
        if name in acts:
            acts[name]()
        return name in acts

    @property
    def photo_home(self) -> str:
        """The trouble that is being written; nothing where there is none."""
        row = self.round.photo_row
        return f"“{row.title}”的“照片”" if row is not None else ""

    def take_photos(self, paths: list[Path]) -> None:
        """Put pictures beside what is written of a trouble."""
        row = self.round.photo_row
        field = row.asking.fields["photos"] if row is not None else None
        if isinstance(field, PhotosField):
            field.setFocus()
            field.take(paths)

    def put_down(self) -> bool:
        """Keep what is ticked and written as a draft."""
        self.keeper.keep()
        return True

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to an object to be looked at (by duty or cycle), or to an issue."""
        self.refresh()
        if uid in self._looks:
            self.round.tick(uid)
        else:
            self.repairs.choose(uid)
            self.repairs.start()

    def refresh(self) -> None:
        """Read objects and issues anew; then ask whether what was left behind should be taken up again."""
        self._around.work.now(self._look)
        self.keeper.offer()

    def _bring(self, opened: QWidget, first: QWidget, *, down_to: QWidget | None = None) -> None:
        """Bring the whole of what was opened into view, or its first field where it is too high, until it has its place."""
        self._view.hold(opened, first, down_to=down_to)
        self._settled.start()

    def _look_of(self, key: str) -> dict[str, str]:
        look = self._looks[key]
        return {"duty": look.duty, "kind": look.kind or ""}

    def _remember(self, key: str, look: dict[str, str]) -> None:
        """A trouble of a line that is gone can still be recorded."""
        kind = InspectionKind(look["kind"]) if look["kind"] else None
        self._looks = {key: Look(look["duty"], kind), **self._looks}

    def _soon(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self.refresh)

    def _look(self) -> None:
        today = clock.today()
        dues = self.inspecting.due(today)
        in_list = {one.duty.uid for one in dues if one.cycle is None}
        free = [one for one in present_list(self._desk.store, today) if one.uid not in in_list]
        duties = {one.uid: one for one in (*(due.duty for due in dues), *free)}
        texts = dict(zip(duties, self._desk.registers.shown_many([*duties.values()]), strict=True))
        objects = [_due_object(one, texts[one.duty.uid], today) for one in dues]
        # Looks of lines that are gone stay: what was written of their troubles can still be recorded.
        self._looks |= {made.line.key: Look(one.duty.uid, one.kind) for made, one in zip(objects, dues, strict=True)}
        self._looks |= {one.uid: Look(one.uid) for one in free}
        self.round.show_objects([*objects, *(_free_object(one, texts[one.uid]) for one in free)])
        ready = sum(1 for one in objects if one.is_due)
        soon = sum(1 for one in dues if one.near_from <= today < one.due_on)
        counts = [f"{ready} 项到期"] * bool(ready) + [f"{soon} 项快到期"] * bool(soon)
        self.remark.setText("，".join(counts) or "没有到期的")
        self._show_issues(today)
        self.round.propose(today.isoformat(), self._desk.office.office().prepared_by)

    def _show_issues(self, today: date) -> None:
        issues = self.inspecting.unsettled()
        texts = self._desk.registers.shown_many(issues)
        titles = {one.uid: text["duty"] for one, text in zip(issues, texts, strict=True)}
        lines = [_issue_line(one, text, today) for one, text in zip(issues, texts, strict=True)]
        self.repairs.offers = {"done_on": today, "rechecked_by": self._desk.office.office().prepared_by}
        self.repairs.show_issues(issues, titles, lines)

    def _record(self, asked: dict[str, Any], keys: list[str], troubles: dict[str, dict[str, Any]]) -> None:
        def call() -> tuple[list[Inspection], int]:
            if any(not one["finding"].strip() for one in troubles.values()):
                raise WrongUse("INSPECT-FINDING")
            done = Round(asked["at"] or clock.today().isoformat(), asked["inspector"], asked["kind"])
            issues = {key: Issue(**{**one, "photos": tuple(one["photos"])}) for key, one in troubles.items()}
            looks = [replace(self._looks[key], issue=issues.get(key)) for key in dict.fromkeys([*keys, *issues])]
            made = self.inspecting.record(looks, done=done)
            asked_for = {(one.duty, one.kind or done.kind) for one in looks}
            return made, len(asked_for) - len({(one.duty, one.kind) for one in made})

        self._around.work.now(call, lambda told: self._recorded(*told))

    def _recorded(self, made: list[Inspection], known: int) -> None:
        """``known`` counts the looks that were in the book already. Of those alone nothing is stored, and nothing taken away."""
        if not made:
            self._around.work.say(*KNOWN)
            return
        self.round.forget()
        self.keeper.keep()
        again = f"，另外 {known} 项已经登记过" if known else ""
        self._around.changes.announce(f"已登记 {counted({(one.duty, one.kind) for one in made})}{again}")
        self.refresh()

    def _set_cycle(self, asked: dict[str, Any], keys: list[str]) -> None:
        duties, kind, frequency = [self._looks[key].duty for key in keys], asked["kind"], asked["frequency"]

        def done(made: list[Cycle]) -> None:
            words = f"{kind.label} {show_frequency(frequency)}"
            self._cycles_changed(f"已设 {len(made)} 项：{words}" if made else f"已经是{words}")

        self._around.work.now(lambda: self.inspecting.set_cycle(duties, kind, frequency), done)

    def _drop_cycle(self, kind: InspectionKind | None, keys: list[str]) -> None:
        duties = [self._looks[key].duty for key in keys]

        def done(gone: list[Cycle]) -> None:
            self._cycles_changed(f"已去掉 {len(gone)} 项的周期")

        self._around.work.now(lambda: self.inspecting.drop_cycle(duties, kind), done)

    def _cycles_changed(self, words: str) -> None:
        self.round.cycles_kept()
        self._around.changes.announce(words)
        self.refresh()

    def _step(self, uid: str, act: str, asked: dict[str, Any]) -> None:
        inspecting = self.inspecting

        def repaired() -> Inspection:
            if asked["done_on"] is None:
                raise WrongUse("REPAIR-NO-DATE", field="done_on")
            paid = {"cost": asked["cost"], "source": asked["cost_source"]}
            return inspecting.repaired(uid, on=asked["done_on"], photos=asked["photos"], **paid)

        acts = {
            "dispatch": lambda: inspecting.dispatch(
                uid, repair_person=asked["repair_person"] or "", due_on=asked["due_on"]
            ),
            "escalate": lambda: inspecting.escalate(uid),
            "repaired": repaired,
            "passed": lambda: inspecting.recheck(uid, by=asked["rechecked_by"]),
            "failed": lambda: inspecting.recheck(uid, by=asked["rechecked_by"], passed=False),
        }
        self._around.work.now(acts[act], self._stepped, refused=self._refused)

    def _refused(self, error: XmError) -> None:
        """What is wrong with one field stands there, anything else at the top of the window."""
        if not self.repairs.refuse(error.facts.get("field", ""), f"{error.happened}{error.to_do}"):
            self._around.work.tell(error)

    def _stepped(self, one: Inspection) -> None:
        """The buttons of the next step come where those of this one were: the cursor goes before them, into its fields."""
        had_cursor = self.repairs.isAncestorOf(self.focusWidget() or self)
        self.repairs.forget(one.uid)
        self.keeper.keep()
        self._around.changes.announce(f"已记下：{one.state.label if one.state else ''}")
        self.refresh()
        if had_cursor:
            self.repairs.go_on(one.uid)


def _due_object(due: Due, text: dict[str, str], today: date) -> Object:
    last = table_day(due.last) if due.last else "没有记录"
    when, tone = _when(due, today)
    key = due.cycle.uid if due.cycle else due.duty.uid
    line = Line(key, (due.duty.subject, text["location"], due.frequency_words, last, when), tone)
    return Object(line, due.due_on <= today, due.name, due.cycle)


def _free_object(one: MaintenanceDuty, text: dict[str, str]) -> Object:
    cells = (one.subject, text["location"], text["frequency"], "没有记录", "不定期")
    return Object(Line(one.uid, cells), is_due=False, title=one.subject)


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

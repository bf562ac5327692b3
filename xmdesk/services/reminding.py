"""What is due: returns, inspections, repairs, terms, certificates, shelters, people, and work left lying. One line each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.periods import Period
from xmdesk.records.codes import PersonRole, Post, ShelterState
from xmdesk.records.codes.code import Code
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.shelter import Shelter
from xmdesk.records.submission import SubmissionState
from xmdesk.records.values.dates import show_day
from xmdesk.services import drafting
from xmdesk.services.checking import parameters
from xmdesk.services.correcting import Correcting
from xmdesk.services.inspecting import Inspecting
from xmdesk.services.items_of_years import GONE
from xmdesk.services.offices import REVIEWER
from xmdesk.services.people import roles_by_person
from xmdesk.services.practising import is_practice
from xmdesk.services.registers import HAS_ENDED
from xmdesk.services.rolling import present_list
from xmdesk.snapshot import Snapshot, last_day
from xmdesk.wording import sentence

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

ROLES_WANTED_AT_MOST = 3
_SOON = timedelta(days=7)
_TERM = timedelta(days=60)
_EXPIRY = timedelta(days=90)
_SEASON = timedelta(days=60)
_ALWAYS = date.min


class ReminderKind(Code):
    """What a reminder is about, in the order in which undated ones are shown."""

    RETURN = "return", "上报"
    CORRECTION = "correction", "更正"
    REPAIR = "repair", "报修"
    INSPECTION = "inspection", "巡查"
    CERTIFICATE = "certificate", "证书"
    SUPPLY = "supply", "物资"
    SHELTER = "shelter", "避灾点检查"
    OFFICER = "officer", "汛前确认"
    TERM = "term", "协议和期限"
    ROLLING = "rolling", "滚动更新"
    PARKED = "parked", "待处理"
    VACANCY = "vacancy", "空缺"


_RANK = {kind: place for place, kind in enumerate(ReminderKind)}


@dataclass(frozen=True)
class Reminder:
    """One thing to be done. ``register``, ``uid`` and ``field`` say where to do it; ``due_on`` None: no day is set.

    Of a return the period stands in the place of a uid, of a yearly list its year.

    ``title`` names the object without any person and without the day; ``detail`` tells apart what shares a field.
    ``count`` things are to be done there; ``said`` are the words of the district about it. ``inside`` is a cell of a list
    in the field: its line, from 1, and what is asked there. ``who`` is the person it is about, for the screen alone.
    ``code`` names its words.
    """

    kind: ReminderKind
    due_on: date | None
    overdue: bool
    text: str
    to_do: str = ""
    register: str = ""
    uid: str = ""
    field: str = ""
    title: str = ""
    detail: str = ""
    count: int = 1
    said: str = ""
    inside: str = ""
    who: str = ""
    code: str = ""


@dataclass(frozen=True)
class _Place:
    """Where to act; the rest as in :class:`Reminder`."""

    register: str = ""
    uid: str = ""
    field: str = ""
    title: str = ""
    detail: str = ""
    count: int = 1
    said: str = ""
    inside: str = ""
    who: str = ""


@dataclass(frozen=True)
class _Found:
    """A reminder and the first day on which it is shown."""

    reminder: Reminder
    since: date


class Reminding:
    """Looks through the book for what is due; reads only."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def today(self, day: date | None = None) -> list[Reminder]:
        """Return what is due now or soon: overdue first, then the next seven days, then undated, then later days."""
        now = day or clock.today()
        shown = [one.reminder for one in self._all(now) if one.since <= now]
        return sorted(shown, key=lambda one: _urgency(one, now))

    def month(self, year: int, month: int) -> dict[date, list[Reminder]]:
        """Return what is due on each day of a month, as known today; days without anything are left out."""
        found: dict[date, list[Reminder]] = {}
        now = clock.today()
        for one in sorted((one.reminder for one in self._all(now)), key=lambda one: _urgency(one, now)):
            if one.due_on and (one.due_on.year, one.due_on.month) == (year, month):
                found.setdefault(one.due_on, []).append(one)
        return dict(sorted(found.items()))

    def ics(self, reminders: Sequence[Reminder]) -> bytes:
        """Return the dated reminders as a calendar file; see ``reminder_output``."""
        from xmdesk.services.reminder_output import calendar_file

        return calendar_file(reminders)

    def printed(self, reminders: Sequence[Reminder]) -> bytes:
        """Return the reminders as a printed list (PDF)."""
        from xmdesk.services.reminder_output import reminder_pdf

        return reminder_pdf(self.desk, reminders)

    def _all(self, day: date) -> list[_Found]:
        sources: list[Callable[[date], Iterator[_Found]]] = [self._certificate]
        if self.desk.office.desk() != REVIEWER:
            sources += [self._returns, self._points, self._inspections, self._repairs, self._terms, self._shelters]
            sources += [self._supplies, self._officers, self._vacancies, self._roles, self._parked, self._rolling]
        return [one for source in sources for one in source(day)]

    def _returns(self, day: date) -> Iterator[_Found]:
        """Returns that a task asks for and that were not sealed, or came back."""
        newest = {one.period: one.state for one in drafting.own_submissions(self.store)}
        for period in drafting.awaited_periods(self.store):
            task = drafting.task_for(self.store, period)
            code = "DUE-RETURN-BACK" if newest.get(period.text) is SubmissionState.SENT_BACK else "DUE-RETURN"
            place = _Place("returns", period.text, title=f"{period.words}上报截止")
            due = task.due_on if task else None
            yield _found(ReminderKind.RETURN, code, place, day=day, due=due, name=period.words)

    def _points(self, day: date) -> Iterator[_Found]:
        correcting = Correcting(self.store)
        for one in correcting.waiting():
            name = "的".join(filter(None, (f"“{one.record_title}”" if one.record_title else "", one.label)))
            said = correcting.words_apart(one)
            place = _Place(one.register, one.record, one.field, "退回更正", detail=one.uid, said=said)
            facts = {"name": name or "上报表", "reason": one.reason.strip("。 ")}
            yield _found(ReminderKind.CORRECTION, "DUE-POINT", place, day=day, **facts)

    def _inspections(self, day: date) -> Iterator[_Found]:
        """Cycles with at least one look are named one by one a week ahead; those never looked at are counted."""
        never = 0
        for one in Inspecting(self.desk).due(day):
            if one.last is None:
                never += one.due_on <= day
                continue
            register, uid = ("cycles", one.cycle.uid) if one.cycle else ("duties", one.duty.uid)
            place = _Place(register, uid, "frequency", title=one.name)
            facts = {"due": one.due_on, "ahead": one.due_on - one.near_from, "name": one.name}
            yield _found(ReminderKind.INSPECTION, "DUE-INSPECTION", place, day=day, **facts)
        if never:
            yield _found(ReminderKind.INSPECTION, "DUE-NEVER", _Place("duties", count=never), day=day, number=never)

    def _repairs(self, day: date) -> Iterator[_Found]:
        issues = Inspecting(self.desk).issues()
        subjects = {one.uid: one.subject for one in self.store.many(MaintenanceDuty, [one.duty for one in issues])}
        for one in issues:
            name = subjects.get(one.duty) or "未写明的设施"
            place = _Place("inspections", one.uid, "state", title=name)
            code = "DUE-REPAIR" if one.due_on else "DUE-REPAIR-OPEN"
            facts = {"due": one.due_on, "name": name, "state": one.state.label if one.state else ""}
            yield _found(ReminderKind.REPAIR, code, place, day=day, **facts)

    def _terms(self, day: date) -> Iterator[_Found]:
        for one in present_list(self.store, day):
            for field, label in (("contract_to", "管护协议"), ("term_to", "管护期限")):
                ends: date | None = getattr(one, field)
                if ends:
                    place = _Place("duties", one.uid, field, title=f"{one.subject}的{label}")
                    facts = {"due": ends, "ahead": _TERM, "name": one.subject, "label": label}
                    yield _found(ReminderKind.TERM, "DUE-TERM", place, day=day, **facts)

    def _certificate(self, day: date) -> Iterator[_Found]:
        facts = self.desk.holding.certificate_facts()
        ends = last_day(facts.get("not_after", ""))
        if not facts and self.desk.office.desk() != REVIEWER and not is_practice(self.desk):
            place = _Place("settings", field="certificate", title="开通上报证书")
            yield _found(ReminderKind.CERTIFICATE, "DUE-NO-CERTIFICATE", place, day=day)
        if ends:
            place = _Place("settings", field="certificate", title="上报证书到期")
            yield _found(ReminderKind.CERTIFICATE, "DUE-CERTIFICATE", place, day=day, due=ends, ahead=_EXPIRY)

    def _shelters(self, day: date) -> Iterator[_Found]:
        """Every shelter is checked once a year before the flood season (DB35/T 1393-2025 平时管护)."""
        season = self._season(day)
        for one in self._kept(Shelter):
            checked = last_day(one.checked_on)
            if one.status is not ShelterState.STOPPED and (checked is None or checked.year < season.year):
                place = _Place("shelters", one.uid, "checked_on", title=one.name)
                facts = {"due": season, "ahead": _SEASON, "name": one.name}
                yield _found(ReminderKind.SHELTER, "DUE-SHELTER", place, day=day, **facts)

    def _supplies(self, day: date) -> Iterator[_Found]:
        for one in self._kept(Shelter):
            for line, supply in enumerate(one.supplies if one.status is not ShelterState.STOPPED else (), 1):
                ends, item = last_day(supply.get("expires")), str(supply.get("item") or "")
                if ends:
                    place = _Place(
                        "shelters", one.uid, "supplies", f"{one.name}的{item}", item, inside=f"{line}/expires"
                    )
                    facts = {"due": ends, "ahead": _EXPIRY, "name": one.name, "item": item}
                    yield _found(ReminderKind.SUPPLY, "DUE-SUPPLY", place, day=day, **facts)

    def _officers(self, day: date) -> Iterator[_Found]:
        """Officers are confirmed every year before the flood season (domain.md C2); named by post; the name is for the screen."""
        season, officers = self._season(day), self._snapshot(day).active_officers
        names = {one.uid: one.name for one in self.store.many(Person, [one.person for one in officers])}
        for one in officers:
            if one.confirmed_on is None or one.confirmed_on.year < season.year:
                name = f"{one.post.label if one.post and one.post is not Post.OTHER else ''}灾害信息员"
                who = names.get(one.person, "")
                place = _Place("disaster_officers", one.uid, "confirmed_on", title=name, who=who)
                facts = {"due": season, "ahead": _SEASON, "name": name}
                yield _found(ReminderKind.OFFICER, "DUE-OFFICER", place, day=day, **facts)

    def _vacancies(self, day: date) -> Iterator[_Found]:
        seen, wanted = self._snapshot(day), parameters(self.store)
        posts = {one.post for one in seen.active_officers}
        helpers = len(seen.active_helpers)
        for missing, code, register in (
            (Post.FIRST not in posts, "DUE-NO-FIRST", "disaster_officers"),
            (Post.DEPUTY not in posts, "DUE-NO-DEPUTY", "disaster_officers"),
            (helpers < wanted.helpers_wanted, "DUE-HELPERS", "legal_helpers"),
            (len(seen.usable_shelters) < wanted.shelters_wanted, "DUE-SHELTERS", "shelters"),
        ):
            if missing:
                facts = {"number": helpers, "wanted": wanted.helpers_wanted}
                yield _found(ReminderKind.VACANCY, code, _Place(register), day=day, **facts)

    def _roles(self, day: date) -> Iterator[_Found]:
        """A person with too many roles cannot do all of them in a typhoon; leaders of the office are meant to have some."""
        crowded = {
            uid: roles for uid, roles in roles_by_person(self.store).items() if len(roles) > ROLES_WANTED_AT_MOST
        }
        for one in self.store.many(Person, sorted(crowded)):
            if not one.left_on and not one.retired_on:
                roles = "、".join(role.label for role in PersonRole if role in crowded[one.uid])
                place = _Place("persons", one.uid, title="一人多职")
                facts = {"name": one.name, "number": len(crowded[one.uid]), "roles": roles}
                yield _found(ReminderKind.VACANCY, "DUE-ROLES", place, day=day, **facts)

    def _parked(self, day: date) -> Iterator[_Found]:
        waiting = [one.register for one in self.store.all(ParkedRow)]
        for name in [name for name in REGISTERS if name in waiting]:
            number = waiting.count(name)
            facts = {"name": REGISTERS[name].title, "number": number}
            yield _found(ReminderKind.PARKED, "DUE-PARKED", _Place(name, count=number), day=day, **facts)

    def _rolling(self, day: date) -> Iterator[_Found]:
        duties = [one for one in self._kept(MaintenanceDuty) if one.year]
        this_year = [one for one in duties if one.year == day.year]
        if duties and not this_year and min(one.year or 0 for one in duties) < day.year:
            place = _Place("duty_lists", str(day.year), title="滚动更新管护责任清单")
            yield _found(ReminderKind.ROLLING, "DUE-ROLL", place, day=day, year=day.year)
        waiting = sum(1 for one in this_year if not one.confirmed and one.change not in GONE)
        if waiting:
            place = _Place("duty_lists", str(day.year), title="确认管护责任清单", count=waiting)
            yield _found(ReminderKind.ROLLING, "DUE-CONFIRM", place, day=day, year=day.year, number=waiting)

    def _season(self, day: date) -> date:
        return date(day.year, *parameters(self.store).flood_season)

    def _kept(self, record: type[Any]) -> list[Any]:
        return [one for one in self.store.all(record) if not one.retired_on]

    def _snapshot(self, day: date) -> Snapshot:
        classes: tuple[type[Any], ...] = (DisasterOfficer, LegalHelper, Shelter)
        rows = {one.key: self._kept(one) for one in classes}
        rows[Person.key] = self.store.many(Person, self.store.where(Person, [HAS_ENDED]))
        return Snapshot(rows, day, Period.containing(day), parameters=parameters(self.store))


def _found(kind: ReminderKind, code: str, place: _Place, *, day: date, **facts: Any) -> _Found:
    """Make a reminder in the words of a code; ``due`` is its day, ``ahead`` how long before it is shown (else always)."""
    due: date | None = facts.pop("due", None)
    ahead: timedelta | None = facts.pop("ahead", None)
    words = sentence(code)
    told = {**facts, "day": show_day(due), "left": _left(due, day)}
    reminder = Reminder(
        kind,
        due,
        overdue=due is not None and due < day,
        text=words.text.format(**told),
        to_do=words.to_do,
        code=code,
        **place.__dict__,
    )
    return _Found(reminder, due - ahead if due and ahead is not None else _ALWAYS)


def _left(due: date | None, day: date) -> str:
    days = (due - day).days if due else 0
    if days == 0:
        return "就在今天"
    return f"还有{days}天" if days > 0 else f"已过{-days}天"


def _urgency(one: Reminder, day: date) -> tuple[int, date, int, str]:
    due = one.due_on or date.max
    near = 0 if one.overdue else 1 if due <= day + _SOON else 3
    return near if one.due_on else 2, due, _RANK[one.kind], one.text

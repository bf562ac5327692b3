"""What the district remarks on a verified return: its period, version, place in the chain, time and file name.

Every remark follows from what is here already, so the order in which files come plays no part.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.errors import WrongUse
from xmdesk.periods import Period
from xmdesk.problems import Problem, problem
from xmdesk.records.submission import CollectionTask, Direction, Submission, SubmissionState
from xmdesk.records.values.dates import show_moment
from xmdesk.services.closing import Closing

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

OLDEST_YEARS = 2
"""A return for a period that ended longer ago was hardly meant."""

NEEDS_REASON = frozenset({"INBOX-LOCKED", "INBOX-AFTER-ACCEPTED"})
"""Remarks that a reviewer may overrule only with a written reason (trust.md TM8)."""

_PERIOD_WORDS = (
    (re.compile(r"(20\d\d)[-_ ]?([Qq][1-4]|[Hh][12])(?!\d)"), "{0}{1}"),
    (re.compile(r"(20\d\d)年?第?([一二三四1-4])季度?"), "{0}Q{1}"),
    (re.compile(r"(20\d\d)年(上|下)半年"), "{0}H{1}"),
    (re.compile(r"(20\d\d)年(1[0-2]|0?[1-9])月(?!\d{1,2}日)"), "{0}-{1:0>2}"),
    (re.compile(r"(?<!\d)(20\d\d)-(1[0-2]|0[1-9])(?![-\d])"), "{0}-{1}"),
)
_DIGIT = {"一": "1", "二": "2", "三": "3", "四": "4", "上": "1", "下": "2"}
_CODE = re.compile(r"(?<!\d)\d{12}(?!\d)")
_OFFICE_ENDING = re.compile(r"(社区居民委员会|村民委员会|居民委员会|社区居委会|村委会|居委会|委员会)$")
_LEAST_NAME = 2


@dataclass(frozen=True)
class Expected:
    """What the district has asked for and of whom; looked up once for a whole stick."""

    moment: datetime
    """When this is received: the clock's time, or the newest moment known where the clock is behind."""
    locked: frozenset[str]
    tasks: tuple[CollectionTask, ...]
    roster: tuple[tuple[str, str], ...]
    """Code and name of every office."""

    @classmethod
    def of(cls, desk: "Desk") -> "Expected":
        """Read it from a district's book."""
        return cls(
            moment=desk.time.trusted().moment,
            locked=frozenset(Closing(desk).locked()),
            tasks=tuple(desk.store.find(CollectionTask, direction=Direction.OWN)),
            roster=tuple((one.code, one.name) for one in desk.tasks.roster()),
        )

    @property
    def today(self) -> date:
        """The day of receiving in China."""
        return self.moment.astimezone(clock.BEIJING).date()

    @cached_property
    def names(self) -> dict[str, str]:
        """Short names of the offices that no other office shares, to code."""
        counted: dict[str, list[str]] = {}
        for code, name in self.roster:
            counted.setdefault(_short(name), []).append(code)
        return {name: codes[0] for name, codes in counted.items() if len(codes) == 1 and len(name) >= _LEAST_NAME}


@dataclass(frozen=True)
class Arrival:
    """A verified return at the door: what it says, under which name it came, and when it says that it was sealed."""

    payload: dict[str, Any]
    file_name: str
    signed_at: str


def remarks(arrival: Arrival, others: Sequence[Submission], expected: Expected) -> list[Problem]:
    """Return everything that should be remarked; ``others`` is what the office sent before, without this one."""
    payload = arrival.payload
    same = [one for one in others if one.period == payload["period"]]
    return [
        *_of_period(Period.parse(payload["period"]), payload["office"]["code"], expected),
        *_of_version(payload["version"], same),
        *_of_time(arrival, others),
        *_of_chain(payload, others),
        *_of_name(arrival, expected),
    ]


def _of_period(period: Period, office: str, expected: Expected) -> Iterator[Problem]:
    if period.text in expected.locked:
        yield problem("INBOX-LOCKED", period=period.words)
    if period.first > expected.today:
        yield problem("INBOX-FUTURE", period=period.words)
    elif expected.today.year - period.year > OLDEST_YEARS:
        yield problem("INBOX-LONG-PAST", period=period.words)
    asked = [one for one in expected.tasks if one.period == period.text]
    if expected.tasks and not asked:
        yield problem("INBOX-NOT-ASKED", period=period.words)
    elif any(one.office_codes for one in asked) and not any(office in one.office_codes for one in asked):
        yield problem("INBOX-NOT-OWED", period=period.words)


def _of_version(version: int, same: Sequence[Submission]) -> Iterator[Problem]:
    if any(one.version == version for one in same):
        yield problem("INBOX-CONFLICT", version=version)
    standing = max((one.version for one in same if one.state is not SubmissionState.HELD), default=0)
    waiting = max((one.version for one in same if one.state is SubmissionState.HELD), default=0)
    accepted = max((one.version for one in same if one.state is SubmissionState.ACCEPTED), default=0)
    if standing > version:
        yield problem("INBOX-OLDER", version=version, newest=standing)
    elif waiting > version:
        yield problem("INBOX-NEWER-WAITS", version=version, newest=waiting)
    if 0 < accepted < version:
        yield problem("INBOX-AFTER-ACCEPTED", version=version, accepted=accepted)


def _of_time(arrival: Arrival, others: Sequence[Submission]) -> Iterator[Problem]:
    """A later return that was sealed earlier: somebody's clock was turned (TM7). What counts is when we received it."""
    sequence, own = arrival.payload["sequence"], _moment(arrival.signed_at)
    if own is None:
        return
    for one in sorted(others, key=lambda one: one.sequence):
        moment = _moment(str(one.facts.get("signed_at_claimed") or one.sealed_at))
        if moment is None or one.sequence == sequence or (moment <= own) == (one.sequence < sequence):
            continue
        later, earlier = (own, moment) if sequence > one.sequence else (moment, own)
        if later < earlier:
            numbers = sorted((sequence, one.sequence))
            yield problem(
                "INBOX-TIME", later=numbers[1], earlier=numbers[0], said=show_moment(later), before=show_moment(earlier)
            )
            return


def _of_chain(payload: dict[str, Any], others: Sequence[Submission]) -> list[Problem]:
    """Compare a return's place in the chain of what its office sent before."""
    known = {other.sequence: other.payload_sha256 for other in others}
    sequence = payload["sequence"]
    if sequence in known:
        return [problem("INBOX-FORK", sequence=sequence)]
    previous = known.get(sequence - 1)
    if previous is not None and previous != payload["previous_sha256"]:
        return [problem("INBOX-FORK", sequence=sequence)]
    missing = range(max((one for one in known if one < sequence), default=0) + 1, sequence)
    if missing:
        span = f"{missing[0]}" if len(missing) == 1 else f"{missing[0]}到{missing[-1]}"
        return [problem("INBOX-GAP", sequence=span)]
    return []


def _of_name(arrival: Arrival, expected: Expected) -> Iterator[Problem]:
    """A file name that speaks of another office or period is ignored, but told (BC18)."""
    office, period = arrival.payload["office"], Period.parse(arrival.payload["period"])
    if _names_other_office(arrival.file_name, office["code"], office["name"], expected):
        yield problem("INBOX-NAME-LIES", what="单位", content=office["name"])
    elif _names_other_period(arrival.file_name, period):
        yield problem("INBOX-NAME-LIES", what="报送期", content=period.words)


def _names_other_office(file_name: str, code: str, name: str, expected: Expected) -> bool:
    codes = _CODE.findall(file_name)
    if codes:
        return code not in codes
    if _short(name) in file_name:
        return False
    return any(other in file_name for other, its in expected.names.items() if its != code)


def _names_other_period(file_name: str, period: Period) -> bool:
    named = set(_periods_in(file_name))
    return bool(named) and period.text not in named


def _periods_in(file_name: str) -> Iterator[str]:
    for shape, form in _PERIOD_WORDS:
        for year, part in shape.findall(file_name):
            try:
                yield Period.parse(form.format(year, _DIGIT.get(part, part))).text
            except WrongUse:
                continue


def _short(name: str) -> str:
    """军营村民委员会 is called 军营村 in file names, and 军营村委会 too."""
    ending = _OFFICE_ENDING.search(name)
    if ending is None:
        return name
    kind = "村" if ending[1].startswith("村") else "社区" if ending[1].startswith("社区") else ""
    return name[: ending.start()] + kind


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

"""What a return would say differently from the version that was sealed last, in words people read."""

from dataclasses import dataclass
from typing import Any

from xmdesk.ports import Store
from xmdesk.records.base import Record, fields_of
from xmdesk.records.duty import DutyList
from xmdesk.records.office import Office
from xmdesk.records.registers import REGISTERS
from xmdesk.records.submission import Submission
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.sealed.upgrades import upgraded
from xmdesk.services import drafting
from xmdesk.services.drafting import Draft
from xmdesk.services.registers import Titles
from xmdesk.services.slip_answers import answer_code, settled_slips

ADDED, CHANGED, REMOVED = "新增", "修改", "不再上报"
_TITLES = {"office": "单位信息", "duty_lists": "管护责任清单年度"}


@dataclass(frozen=True)
class Difference:
    """One record that differs: where it stands, what happened to it, and the labels of the fields that changed."""

    register: str
    uid: str
    title: str
    what: str
    labels: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Register, record, and the fields that changed."""
        register = REGISTERS[self.register].title if self.register in REGISTERS else _TITLES[self.register]
        place = " · ".join(filter(None, (register, self.title if self.title != register else "")))
        return f"{place}：{'、'.join(self.labels)}" if self.labels else place


@dataclass(frozen=True)
class Comparison:
    """``since`` is the newest version of this return, else the return sealed last; None before the first one.

    ``is_same``: the version says the very same already, in nil answers and explanations too.
    """

    since: Submission | None
    lines: tuple[Difference, ...]
    unchanged: int
    is_same: bool = False

    def count(self, what: str) -> int:
        """How many records were added, changed or removed."""
        return sum(1 for one in self.lines if one.what == what)


def compared(store: Store, draft: Draft) -> Comparison:
    """Compare a draft with the version sealed last, by the very rule that fills the payload.

    The payload tells the district what changed since it accepted; whoever looks before sealing knows the last version.
    """
    since = _since(store, draft)
    if since is None:
        return Comparison(None, (), 0)
    before, now = upgraded(parse_canonical(store.blob(since.payload_sha256))), drafting.told_of(store, draft)
    lines, unchanged = differences(store, before["registers"], draft)
    settled = {answer_code(one) for one in settled_slips(store)}
    is_same = since.period == draft.period.text and all(
        _asked(name, before[name], settled) == _asked(name, one, settled) for name, one in now.items()
    )
    return Comparison(since, lines, unchanged, is_same=is_same)


def differences(
    store: Store, before: dict[str, list[dict[str, Any]]], draft: Draft
) -> tuple[tuple[Difference, ...], int]:
    """Return what a draft says differently from the rows of a return, and how many records say the same."""
    told: dict[str, Any] = drafting.changes_between(before, draft.registers).as_json()
    records = {one.uid: one for rows in draft.rows.values() for one in rows}
    titles = Titles(store, list(records.values()))
    lines = (
        *(_line(one, ADDED, _title(records[one["uid"]], titles)) for one in told["added"]),
        *(_line(one, CHANGED, _title(records[one["uid"]], titles)) for one in told["changed"]),
        *(_line(one, REMOVED, one["title"]) for one in told["removed"]),
    )
    return lines, told["unchanged"]


def _asked(name: str, told: Any, settled: set[str]) -> Any:
    """What is told, without answers that nobody waits for any more."""
    return [one for one in told if one["code"] not in settled] if name == "explanations" else told


def _since(store: Store, draft: Draft) -> Submission | None:
    own = drafting.own_submissions(store)
    same = [one for one in own if one.period == draft.period.text]
    return next(reversed(same or own), None)


def _title(record: Record, titles: Titles) -> str:
    return "" if isinstance(record, Office | DutyList) else titles.of(record)


def _line(one: dict[str, Any], what: str, title: str) -> Difference:
    labels = [_label(one["register"], name) for name in one.get("fields", [])]
    return Difference(one["register"], one["uid"], title, what, tuple(filter(None, labels)))


def _label(register: str, name: str) -> str:
    classes = {"office": Office, "duty_lists": DutyList}
    spec = fields_of(REGISTERS[register].record if register in REGISTERS else classes[register]).get(name)
    return spec.label if spec else ""

"""A received return as the reviewer reads it: forms, rows, the clerk's explanations; what is picked becomes a point.

Beside a version with which it is compared, rows tell what became of them. Everything is read from the stored payload, with numbers of people masked as in the registers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from string import Formatter
from typing import Any

from xmdesk import wording
from xmdesk.documents.register_pages import Lookup, show_value
from xmdesk.jobs import Breaths
from xmdesk.pinyin import matches, words
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.registers import FORMS, OFFICE, part_record, part_title
from xmdesk.records.submission import Submission
from xmdesk.services.comparing import ADDED, CHANGED, REMOVED
from xmdesk.services.former import Former
from xmdesk.services.reviewing import Point, row_title
from xmdesk.services.slip_answers import ANSWER

ROWS_A_BREATH = 50
NOT_ACCEPTED = "这条说明不能接受，请改正"


@dataclass(frozen=True)
class FormInside:
    """One form of a return: how many rows it has, and whether it was answered with nothing to report.

    ``added`` and ``changed`` count rows that the version compared with did not have, or not so; ``gone`` those it alone had.
    """

    register: str
    title: str
    rows: int
    is_nil: bool
    added: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def moves(self) -> dict[str, int]:
        """How many rows were added, changed, or are gone, as far as there are any."""
        counts = {ADDED: self.added, CHANGED: self.changed, REMOVED: self.gone}
        return {what: count for what, count in counts.items() if count}


@dataclass(frozen=True)
class Explained:
    """One explanation (出错说明): the point it would become, what it is about in general words, the clerk's words, who."""

    point: Point
    about: str
    text: str
    by: str

    @property
    def refused(self) -> Point:
        """Return the point that asks for a correction instead."""
        return replace(self.point, reason=NOT_ACCEPTED)


class Inside:
    """One return, opened. Rows are called by their number in the form, from 1, as pages and slips count them; those that
    only the former version had, by -1, -2, …
    """

    def __init__(self, submission: Submission, payload: dict[str, Any], former: Former | None = None) -> None:
        self.submission = submission
        self.former = former
        self._registers: dict[str, list[dict[str, Any]]] = payload["registers"]
        self._lookup = Lookup(self._registers, whole_phones=False)
        self._heard: dict[str, list[tuple[str, str]]] = {}
        self.forms = tuple(self._forms(payload["nil"]))
        self._fields = {one.register: self._sent(one.register) for one in self.forms}
        self._numbers = {
            (one.register, row["uid"]): number
            for one in self.forms
            for number, row in enumerate(self._rows(one.register), 1)
        }
        self.explanations = tuple(self._explained(one) for one in payload["explanations"])

    def _forms(self, nil: dict[str, bool]) -> list[FormInside]:
        """The forms asked for in their order, then the people they name, and the office itself."""
        found = [self._form(form, is_nil=nil[form]) for form in FORMS if form in nil]
        return [*found, *(self._form(name, is_nil=False) for name in ("persons", OFFICE) if self._rows(name))]

    def _form(self, register: str, *, is_nil: bool) -> FormInside:
        rows, former = self._rows(register), self.former
        form = FormInside(register, part_title(register), len(rows), is_nil)
        if former is None:
            return form
        told = [former.what(register, row["uid"]) for row in rows]
        gone = len(former.gone.get(register, ()))
        return replace(form, added=told.count(ADDED), changed=told.count(CHANGED), gone=gone)

    def _rows(self, register: str) -> list[dict[str, Any]]:
        return self._registers.get(register, [])

    def _row(self, register: str, number: int) -> dict[str, Any]:
        if number < 0 and self.former is not None:
            return self.former.gone[register][-number - 1]
        return self._rows(register)[number - 1]

    def numbers(self, register: str) -> list[int]:
        """Return the numbers of the rows of a form, then of those that are gone."""
        gone = len(self.former.gone.get(register, ())) if self.former is not None else 0
        return [*range(1, len(self._rows(register)) + 1), *range(-1, -gone - 1, -1)]

    def what(self, register: str, number: int) -> str:
        """Say what became of a row since the former version; nothing where it is as it was."""
        if self.former is None:
            return ""
        return REMOVED if number < 0 else self.former.what(register, self._row(register, number)["uid"])

    def was(self, register: str, number: int) -> dict[str, str]:
        """Return what the fields of a row that differ from the former version showed there."""
        if self.former is None or number < 0:
            return {}
        uid, specs = self._row(register, number)["uid"], fields_of(part_record(register))
        names = [name for name in self.former.changed(register, uid) if name in specs]
        before = self.former.row(register, uid)
        return {name: self._shown(specs[name], before, self.former.lookup) for name in names}

    def title(self, register: str, number: int) -> str:
        """Return the short words for a row, also for one that is gone."""
        return row_title(self._row(register, number), self._lookup_of(number))

    def _lookup_of(self, number: int) -> Lookup:
        return self.former.lookup if number < 0 and self.former is not None else self._lookup

    def fields(self, register: str) -> list[FieldSpec]:
        """Return the fields that travelled, those that some row answers or answered before those that none does."""
        return self._fields[register]

    def _sent(self, register: str) -> list[FieldSpec]:
        rows = [self._row(register, number) for number in self.numbers(register)]
        sent = [spec for name, spec in fields_of(part_record(register)).items() if rows and name in rows[0]]
        names = {name for row in rows for name in (self.former.changed(register, row["uid"]) if self.former else ())}
        names |= {spec.name for spec in sent if any(not spec.kind.is_empty(row[spec.name]) for row in rows)}
        answered = [spec for spec in sent if spec.name in names]
        return [*answered, *(spec for spec in sent if spec not in answered)]

    def value(self, register: str, number: int, field: str) -> Any:
        """Return what a row holds in a field, as the program keeps it."""
        spec = fields_of(part_record(register))[field]
        return spec.kind.from_json(self._row(register, number)[field])

    def texts(self, register: str, numbers: Sequence[int], fields: Sequence[FieldSpec]) -> list[dict[str, str]]:
        """Return what these fields show in these rows."""
        return [
            {spec.name: self._shown(spec, self._row(register, one), self._lookup_of(one)) for spec in fields}
            for one in numbers
        ]

    def _shown(self, spec: FieldSpec, row: dict[str, Any], lookup: Lookup) -> str:
        value = row.get(spec.name)
        if spec.kind.is_empty(value):
            return ""
        if spec.kind.sensitive:
            return spec.kind.mask(spec.kind.from_json(value))
        return show_value(spec, value, lookup)

    def point(self, register: str, number: int = 0, field: str = "") -> Point:
        """Return the point about a field, a row (no field) or a whole form (no row), its reason still to be written."""
        row: dict[str, Any] = self._rows(register)[number - 1] if number else {}
        label = fields_of(part_record(register))[field].label if field else ""
        title = row_title(row, self._lookup)
        return Point(register, row.get("uid", ""), field, "", row_no=number, title=title, label=label)

    def again(self, point: Point) -> Point | None:
        """Return the point of another version about the same place here; None where its record or form is gone."""
        if not point.uid:
            return point if point.register in ("", *self._fields) else None
        number = self._numbers.get((point.register, point.uid), 0)
        return replace(self.point(point.register, number, point.field), reason=point.reason) if number else None

    def found(self, register: str, query: str) -> Breaths[list[int]]:
        """Return the rows that answer to a search: every word by its characters, names also by how they sound."""
        wanted = words(query)
        heard = yield from self._texts_of(register)
        numbers: list[int] = []
        for place, (number, (text, title)) in enumerate(zip(self.numbers(register), heard, strict=True), 1):
            if all(word in text or matches(word, title) for word in wanted):
                numbers.append(number)
            if not place % ROWS_A_BREATH:
                yield
        return numbers

    def _texts_of(self, register: str) -> Breaths[list[tuple[str, str]]]:
        """All that a row shows, and what it is called, for every row; put together at the first search."""
        if register in self._heard:
            return self._heard[register]
        heard: list[tuple[str, str]] = []
        specs = self.fields(register)
        for place, number in enumerate(self.numbers(register), 1):
            row, lookup = self._row(register, number), self._lookup_of(number)
            text = "\n".join(filter(None, (self._shown(spec, row, lookup) for spec in specs)))
            heard.append((text.casefold(), row_title(row, lookup)))
            if not place % ROWS_A_BREATH:
                yield
        self._heard[register] = heard
        return heard

    def _explained(self, one: dict[str, str]) -> Explained:
        register, field = one["register"], one["field"]
        if register not in self._fields:
            return Explained(Point("", "", "", ""), _about(one["code"], Point("", "", "", "")), one["text"], one["by"])
        number = self._numbers.get((register, one["uid"]), 0)
        is_known = number and field in fields_of(part_record(register))
        point = self.point(register, number, field if is_known else "")
        return Explained(point, _about(one["code"], point), one["text"], one["by"])


def _about(code: str, point: Point) -> str:
    """What an explanation answers: the sentence of the check without its figures, or the slip."""
    if code.startswith(ANSWER):
        return f"退回单 {code.removeprefix(ANSWER)}"
    facts = {"label": point.label, "title": point.title, "name": point.title}
    return "".join(
        before + (facts.get(name or "", "") or "…" if name is not None else "") for before, name in _cut(code)
    )


@cache
def _cut(code: str) -> tuple[tuple[str, str | None], ...]:
    """The sentence of a check, cut at its open places; the figures did not travel. Nothing for a code of a newer program."""
    if code not in wording.codes():
        return ()
    return tuple((before, name) for before, name, _, _ in Formatter().parse(wording.sentence(code).text))

"""What a row names in its fields: records by name or number, and people who took part, by name and result."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from xmdesk.ports import Store
from xmdesk.problems import Problem, problem
from xmdesk.records.base import Kept, fields_of
from xmdesk.records.codes import TrainingResult
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.kinds import Reference, SubTable
from xmdesk.records.registers import REGISTERS
from xmdesk.services.naming import Naming

_RESULTS = "|".join(one.value for one in TrainingResult)
_NAME_AND_RESULT = re.compile(rf"(.+?)[(（]({_RESULTS})[)）]")


class References:
    """Resolves what rows of one register name."""

    def __init__(self, store: Store, name: str, naming: Naming) -> None:
        self._store, self._name, self._naming = store, name, naming
        self._specs = fields_of(REGISTERS[name].record)
        self._by_title: dict[tuple[str, int], dict[str, str]] = {}

    def resolved(
        self, own: Mapping[str, Any], known: Kept | None, problems: list[Problem], later: dict[str, str]
    ) -> dict[str, Any]:
        """Return the values of a row with records in place of their names; ``later`` gets what names another row of its sheet."""
        likely = [one["person"] for one in getattr(known, "attendees", ())]
        resolved: dict[str, Any] = {}
        for name, value in own.items():
            kind = self._specs[name].kind
            if isinstance(kind, Reference) and value:
                uid = self._named(kind.to, str(value), str(own.get("at", ""))[:4])
                if not uid and kind.to == self._name:
                    later[name] = str(value)
                elif not uid:
                    problems.append(problem("IMPORT-NOT-FOUND", label=self._specs[name].label))
                resolved[name] = uid
            elif isinstance(kind, SubTable) and isinstance(value, str):
                resolved[name] = self._attendances(name, _names(value), likely, problems)
            else:
                resolved[name] = value
        return resolved

    def _attendances(
        self, field: str, texts: Iterable[str], likely: Collection[str], problems: list[Problem]
    ) -> list[dict[str, Any]]:
        """Read 郑小满(合格), as our own exports write it, or bare names. Who is named twice in one cell is asked about twice."""
        found: list[dict[str, Any]] = []
        names: Counter[str] = Counter()
        for text in texts:
            told = _NAME_AND_RESULT.fullmatch(text)
            name, result = (told[1], told[2]) if told else (text, None)
            names[name] += 1
            place = ".".join((field, name, *([str(names[name])] if names[name] > 1 else [])))
            uid = self._naming.take(place, {"name": name}, problems, likely=likely)
            found.append({"person": uid, "result": result})
        return found

    def _named(self, to: str, title: str, year: str) -> str:
        """The record of a title; of the items of several years that of the list of the year of the look."""
        of = (to, int(year)) if to == MaintenanceDuty.key and year.isdigit() else (to, 0)
        if of not in self._by_title:
            records = sorted(self._store.all(REGISTERS[to].record), key=lambda one: getattr(one, "year", 0) == of[1])
            self._by_title[of] = {one.title(): one.uid for one in records} | _by_number(records)
        return self._by_title[of].get(title, "")


def with_results(fresh: Any, known: Any) -> Any:
    """Keep what is known of how each person did where the sheet gives names only."""
    if not (isinstance(fresh, list) and isinstance(known, list)):
        return cast("Any", fresh)
    lines = cast("list[Any]", fresh)
    if not all(isinstance(one, dict) and "person" in one for one in lines):
        return lines
    results = {one["person"]: one["result"] for one in cast("list[dict[str, Any]]", known)}
    return [{**one, "result": one["result"] or results.get(one["person"])} for one in lines]


def _by_number(records: Iterable[Kept]) -> dict[str, str]:
    return {one.facility_no: one.uid for one in records if isinstance(one, Facility) and one.facility_no}


def _names(text: str) -> list[str]:
    for mark in "，,;； \n":
        text = text.replace(mark, "、")
    return [one for one in text.split("、") if one]

"""Rows about people: whose each is, and whether it contradicts what an earlier row said of the same person.

A person who is told is one who decides: nobody gets another name here, and no value that stands is overwritten in silence.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xmdesk.checks.person import doubts_about_identity
from xmdesk.problems import Problem, Severity, Where, problem
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.services.completing import agree, filled, is_empty
from xmdesk.services.matching import Known, Unresolved
from xmdesk.services.pairing import HOLDER, WEAK, Choice, Decision, field_at
from xmdesk.services.people import People, Recognised, is_mobile

_IDENTITY = ("id_no", "document_kind", "sex", "born_on")


@dataclass(frozen=True)
class Owner:
    """Whose a row is, ``None`` for nobody known, by which fields; ``stale`` are values known more precisely already.

    ``namesake`` is one of the book whom nothing surely sets apart, where nobody is recognised; ``meant`` are all who may be
    meant, where they are several, the most alike first; ``waits`` is why the row waits until a person says who it is;
    ``says`` is what the row says of the person who holds a post.
    """

    person: Person | None = None
    by: tuple[str, ...] = ()
    stale: frozenset[str] = frozenset()
    namesake: Person | None = None
    meant: tuple[Person, ...] = ()
    waits: Problem | None = None
    says: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class _Said:
    """A value and the row that said it, 0 for the book."""

    value: Any
    row: int


@dataclass
class Owners:
    """The people behind the rows of one sheet. A person of the book who is recognised by a field in ``guarded`` may be
    completed but not contradicted, as one of whom an earlier row spoke.
    """

    name: str
    people: People
    known: Known
    guarded: Collection[str] = ()
    _said: dict[str, dict[str, _Said]] = field(default_factory=dict[str, dict[str, _Said]])
    _rows: dict[str, int] = field(default_factory=dict[str, int])

    def mark(self, person: Person) -> str:
        """By what a decision names a person, however often rows are joined anew: the book's by uid, else the row."""
        return person.uid if self.people.held(person.uid) else f"row {self._rows.get(person.uid, 0)}"

    def of(self, values: Mapping[str, Any], problems: list[Problem], decided: Decision | None) -> Owner:
        """Return whose a row is; one that contradicts waits (``Unresolved``) unless a number of its own sets it apart."""
        flat = self._flat(values)
        who = self._who(flat)
        id_no, mobile = str(who.get("id_no", "")), str(who.get("mobile", ""))
        found = self._recognised(who)
        if found is None:
            return self._nobody(flat, problems, decided)
        self._refuse_other_name(found.person, who)
        if decided is not None and decided.chosen not in ("", self.mark(found.person)):
            decided = None
        said = self._said_of(found.person, found.by)
        clash = None if decided else self._clash(said, flat)
        if clash is None:
            return self._of_known(found, said, flat, decided)
        if found.by == ("name",) and (id_no or is_mobile(mobile)):
            problems.append(clash.as_namesake())
            return Owner(says=who)
        raise Unresolved(clash.as_refusal())

    def _recognised(self, who: Mapping[str, Any]) -> Recognised | None:
        """Return who is meant. Where several have the name and no number is told, only one of whom the row says exactly what
        is known, and of whom nothing changes.
        """
        name, id_no, mobile = (str(who.get(one, "")) for one in ("name", "id_no", "mobile"))
        found = self.people.recognise(name=name, id_no=id_no, phone=mobile)
        same = self.people.meant(name, id_no) if name else []
        if id_no or mobile or len(same) < 2 or (found is not None and found.by != ("name",)):
            return found
        retold = [one for one in same if filled(one) == who and self._holds(one)]
        return Recognised(retold[0], ("name",)) if len(retold) == 1 else None

    def _holds(self, person: Person) -> bool:
        """Whether somebody stands in the register already."""
        return self.name == "persons" or self.known.match({"person": person.uid}) is not None

    def _of_known(
        self, found: Recognised, said: Mapping[str, _Said], flat: Mapping[str, Any], decided: Decision | None
    ) -> Owner:
        """The one who is recognised; a number decides, and nothing else against a person who says that it is another one."""
        is_other = decided is not None and decided.choice is Choice.SEPARATE and found.by != ("id_no",)
        if is_other and self.name != "persons":
            return Owner(meant=(found.person,), says=self._who(flat))
        stale = self._stale(said, flat) | self._less_precise(found.person, flat)
        return Owner(found.person, found.by, stale, says=self._who(flat, without=stale))

    def _nobody(self, flat: Mapping[str, Any], problems: list[Problem], decided: Decision | None) -> Owner:
        """Return who may be meant where nobody is recognised: people of the same name and no other identity number.

        A row that may mean several and has no number of its own waits until a person says which; else it is told.
        """
        who = self._who(flat)
        id_no, mobile = str(who.get("id_no", "")), str(who.get("mobile", ""))
        same = self._most_alike(self.people.meant(str(who["name"]), id_no), who) if who.get("name") else []
        if not same:
            return Owner(says=who)
        is_told_apart = id_no or is_mobile(mobile) or self.known.lookalikes.find("name", who)
        waits = None if is_told_apart else problem("IMPORT-WHICH-PERSON", told=self.people.told_of(same))
        free = [one for one in same if self.people.held(one.uid) and one.uid not in self._said]
        is_beside = len(same) > 1 or waits or self.name != "persons"
        meant = tuple(same if len(same) > 1 or waits else free) if is_beside else ()
        chosen = self._chosen(meant, decided)
        if chosen is not None:
            stale = self._stale(self._said_of(chosen, ("name",)), flat) | self._less_precise(chosen, flat)
            return Owner(chosen, ("name",), stale, meant=meant, says=self._who(flat, without=stale))
        if decided is not None and decided.chosen:
            decided = None
        if not decided and not waits:
            problems.append(self._of_namesakes(same, mobile))
        return Owner(namesake=next(iter(free), None), meant=meant, waits=waits, says=who)

    def _chosen(self, meant: Sequence[Person], decided: Decision | None) -> Person | None:
        """Return whom a person picked; without a name the first one was shown."""
        if decided is None or decided.choice is not Choice.UPDATE or not meant:
            return None
        named = decided.chosen or self.mark(meant[0])
        return next((one for one in meant if self.mark(one) == named), None)

    @staticmethod
    def _most_alike(same: Sequence[Person], who: Mapping[str, Any]) -> list[Person]:
        def likeness(one: Person) -> tuple[int, int]:
            agreeing = [name for name, value in who.items() if getattr(one, name) == value]
            return len(set(agreeing) & set(WEAK["persons"])), len(agreeing)

        return sorted(same, key=likeness, reverse=True)

    def _of_namesakes(self, same: Sequence[Person], mobile: str) -> Problem:
        """Say that a row is taken for another person's than these of the same name, and by what."""
        rows = [min((told.row for told in self._said.get(one.uid, {}).values()), default=0) for one in same]
        if is_mobile(mobile) and all(is_mobile(one.mobile) for one in same):
            return _Clash(min(rows), self._label(f"{self._prefix}mobile")).as_namesake()
        return problem("IMPORT-NAMESAKES", told=self.people.told_of(same))

    def doubt(self, values: Mapping[str, Any]) -> Problem | None:
        """Return in what a row that waits anyway contradicts another row of its sheet."""
        flat = self._flat(values)
        who = self._who(flat)
        name, found = str(who.get("name", "")), self._recognised(who)
        clash = self._clash(self._said.get(found.person.uid, {}), flat) if found else None
        return clash.as_refusal() if clash and found and found.person.name == name else None

    def doubts(self, person: Person | None, values: Mapping[str, Any]) -> list[Problem]:
        """Return in what the person of a row is not what the identity number says, if the row speaks of it (BE9, BE12)."""
        if person is None or not any(values.get(f"{self._prefix}{name}") for name in _IDENTITY):
            return []
        found = [
            problem(note.code, Where(field=f"{self._prefix}{name}"), **note.facts)
            for name, note in doubts_about_identity(person)
        ]
        return [one.as_warning() for one in found if one.severity is not Severity.NOTICE]

    def remember(self, number: int, person: str, values: Mapping[str, Any]) -> None:
        """Remember what a row said of a person (by uid); of two days that agree the more precise one."""
        said = self._said.setdefault(person, {})
        self._rows.setdefault(person, number)
        for path, value in self._flat(values).items():
            if path not in said or len(str(value)) > len(str(said[path].value)):
                said[path] = _Said(value, number)

    def _refuse_other_name(self, person: Person, who: Mapping[str, Any]) -> None:
        if person.name and who.get("name") and person.name != who["name"]:
            raise Unresolved(problem("IMPORT-OTHER-NAME", name=f"{person.name[:1]}**"))

    def _said_of(self, person: Person, by: tuple[str, ...]) -> Mapping[str, _Said]:
        book = self._standing(person) if by[-1] in self.guarded else {}
        return {**book, **self._said.get(person.uid, {})}

    def _standing(self, person: Person) -> dict[str, _Said]:
        """What the book says of a person and the post; a default is nothing that anybody said."""
        post = None if self.name == "persons" else self.known.match({"person": person.uid})
        said = {f"{self._prefix}{name}": value for name, value in filled(person).items()}
        said |= filled(post.record) if post else {}
        return {path: _Said(value, 0) for path, value in said.items()}

    def _clash(self, said: Mapping[str, _Said], flat: Mapping[str, Any]) -> "_Clash | None":
        paths = [
            path
            for path, value in flat.items()
            if path in said and not agree(self._spec(path).kind, said[path].value, value)
        ]
        labels = "、".join(self._label(path) for path in paths)
        return _Clash(min(said[path].row for path in paths), labels) if paths else None

    def _stale(self, said: Mapping[str, _Said], flat: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(
            path for path, value in flat.items() if path in said and len(str(value)) < len(str(said[path].value))
        )

    def _less_precise(self, person: Person, flat: Mapping[str, Any]) -> frozenset[str]:
        """Days of the person behind a post that the book knows more precisely."""
        days = ("born_on", "left_on") if self.name != "persons" else ()
        told = ((f"{HOLDER}{name}", str(getattr(person, name))) for name in days)
        return frozenset(path for path, known in told if path in flat and known.startswith(str(flat[path])))

    @property
    def _prefix(self) -> str:
        return "" if self.name == "persons" else HOLDER

    def _who(self, flat: Mapping[str, Any], *, without: Collection[str] = ()) -> dict[str, Any]:
        """The part of a row that speaks of the person, by the person's own fields."""
        told = {path: one for path, one in flat.items() if path.startswith(self._prefix) and path not in without}
        return {path.removeprefix(self._prefix): one for path, one in told.items()}

    def _flat(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a row says, empty cells left out and a second phone number in its own place."""
        filled = {path: value for path, value in values.items() if not is_empty(value)}
        who = self.people.normalised(self._who(filled))
        rest = {path: value for path, value in filled.items() if not path.startswith(self._prefix)}
        return {f"{self._prefix}{name}": value for name, value in who.items()} | rest

    def _spec(self, path: str) -> Any:
        return field_at(REGISTERS[self.name].record, path)

    def _label(self, path: str) -> str:
        return str(self._spec(path).label)


@dataclass(frozen=True)
class _Clash:
    """The first row that said something else, 0 for the book, and of what."""

    row: int
    labels: str

    def as_refusal(self) -> Problem:
        """Say why the row waits."""
        if self.row:
            return problem("IMPORT-CONTRADICTS", row=self.row, labels=self.labels)
        return problem("IMPORT-CONTRADICTS-BOOK", labels=self.labels)

    def as_namesake(self) -> Problem:
        """Say that the row is taken for another person's."""
        if self.row:
            return problem("IMPORT-NAMESAKE", row=self.row, labels=self.labels)
        return problem("IMPORT-NAMESAKE-BOOK", labels=self.labels)

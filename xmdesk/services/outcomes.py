"""What an import would do, compared with what it would have done a moment ago: in which rows the book made a difference."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from xmdesk.documents.sheets.places import within_row
from xmdesk.errors import Fault
from xmdesk.problems import joined_sentences
from xmdesk.records.base import Kept, Record, fields_of
from xmdesk.records.people import Person
from xmdesk.services.joining import Fate, Joined
from xmdesk.services.pairing import Pair, field_at

if TYPE_CHECKING:
    from xmdesk.services.import_preview import ImportPreview
    from xmdesk.services.joining_rows import Parked

MOST_NAMED = 3


@dataclass(frozen=True)
class Moved:
    """A row (0: a person behind rows) whose outcome is not the one that was shown, by its title, and why in words."""

    number: int
    title: str
    words: str

    @property
    def sentence(self) -> str:
        """Row, title, reason."""
        place = f"第 {self.number} 行" if self.number else "人员名册"
        return f"{f'{place} {self.title}'.strip()}：{self.words}"


class Overtaken(Fault):
    """The book was changed since a preview was shown: nothing was written. ``preview`` is what would happen now."""

    exit_code = 1

    def __init__(self, preview: "ImportPreview", moved: Sequence[Moved]) -> None:
        super().__init__("IMPORT-OVERTAKEN", number=len(moved), told=told_of(moved))
        self.preview = preview
        self.moved = tuple(moved)


def moved_rows(shown: "ImportPreview", now: "ImportPreview") -> list[Moved]:
    """Return where two previews of the same rows differ in what they would do."""
    old_names, new_names = _made_here(shown), _made_here(now)
    before, after = _by_number(shown), _by_number(now)
    found = [
        Moved(number, _title(one, now), words)
        for number, one in after.items()
        if (words := _difference(before[number], one, old_names, new_names))
    ]
    return [*found, *_moved_people(shown, now, {one.title for one in found})]


def told_of(moved: Sequence[Moved]) -> str:
    """Say the first of them."""
    told = "；".join(one.sentence for one in moved[:MOST_NAMED])
    return f"{told}{'……' if len(moved) > MOST_NAMED else ''}"


def otherwise(shown: "ImportPreview", now: "ImportPreview", typed: Collection[int]) -> list[Moved]:
    """Return where texts that were ``typed`` into rows do something else than change these rows: they wait, they are met in the book
    or elsewhere in the sheet, or another row has another outcome.
    """
    names = _made_here(shown), _made_here(now)
    before = _by_number(shown)
    found: list[Moved] = []
    for number, one in _by_number(now).items():
        old = before.get(number)
        if number in typed:
            words = _met_words(old, one, *names)
        else:
            words = _difference(old, one, *names) if old is not None else "现在也当作数据了"
        if words:
            found.append(Moved(number, _title(one, now), words))
    return sorted(found, key=lambda one: one.number not in typed)


def _met_words(
    old: "Joined | Parked | None", new: "Joined | Parked", old_names: Mapping[str, str], new_names: Mapping[str, str]
) -> str:
    """Say of a row that was typed over why it waits, or that it is not what it was."""
    if not isinstance(new, Joined):
        reasons = joined_sentences(within_row(one.text, new.number) for one in new.problems)
        return f"要放一边，{reasons.rstrip('。')}"
    if isinstance(old, Joined) and old.fate is not Fate.LEFT:
        return _match_moved(old, new, old_names, new_names)
    return "台账里像是已经有了这一条" if _met(new) is not None and new.fate is Fate.CHANGED else ""


def _by_number(preview: "ImportPreview") -> dict[int, "Joined | Parked"]:
    rows: list[Joined | Parked] = [*preview.joined, *preview.parked]
    return {one.number: one for one in sorted(rows, key=lambda one: one.number)}


def _difference(
    old: "Joined | Parked", new: "Joined | Parked", old_names: Mapping[str, str], new_names: Mapping[str, str]
) -> str:
    """Say why two outcomes of one row are not the same, nothing where they are."""
    if not isinstance(new, Joined):
        reasons = joined_sentences(one.text for one in new.problems)
        was = "" if isinstance(old, Joined) else joined_sentences(one.text for one in old.problems)
        return f"现在要放一边，{reasons.rstrip('。')}" if reasons != was or isinstance(old, Joined) else ""
    if not isinstance(old, Joined):
        return "现在可以写入了"
    if old.fate is Fate.LEFT or new.fate is Fate.LEFT:
        return "" if old.fate is new.fate else "和台账里原来的那一条对不上了"
    return (
        _named_moved(old, new)
        or _match_moved(old, new, old_names, new_names)
        or _values_moved(old, new, old_names, new_names)
    )


def _named_moved(old: Joined, new: Joined) -> str:
    """Say of which fields others may be meant than those who were shown."""
    was, now = ({one.field: (one.name, one.marks_of_book) for one in row.named} for row in (old, new))
    heads = dict.fromkeys(at.partition(".")[0] for at in (*was, *now) if was.get(at) != now.get(at))
    labels = [fields_of(type(new.record))[head].label for head in heads]
    return f"“{'、'.join(labels)}”里同名的人和刚才的不一样" if labels else ""


def _met(row: Joined) -> Record | None:
    """What stands in the book, or in an earlier row, that the row is or seems to be."""
    return row.pair.before if row.pair is not None else row.before


def _match_moved(row: Joined, fresh: Joined, old_names: Mapping[str, str], new_names: Mapping[str, str]) -> str:
    old, new = _met(row), _met(fresh)
    if new is None:
        return "" if old is None else "和台账里原来的那一条对不上了"
    if old is None:
        return "台账里已经有了这一条" if fresh.before is not None else "台账里有一条像是它"
    if _plain(old.uid, old_names) != _plain(new.uid, new_names):
        return "现在认成台账里的另一条"
    was, now = (bool(getattr(one, "retired_on", "")) for one in (old, new))
    return "" if was == now else "这一条已经停用" if now else "这一条已经恢复使用"


def _values_moved(old: Joined, new: Joined, old_names: Mapping[str, str], new_names: Mapping[str, str]) -> str:
    was, now = _told(old, old_names), _told(new, new_names)
    record = type(new.record)
    paths = dict.fromkeys((*fields_of(record), *was, *now))
    labels = [field_at(record, path).label for path in paths if was.get(path) != now.get(path)]
    if labels:
        return f"“{'、'.join(labels)}”改过了"
    return "结果和刚才的不一样" if old.fate is not new.fate or _choice(old.pair) != _choice(new.pair) else ""


def _choice(pair: Pair | None) -> tuple[Any, ...]:
    return (pair.choice, pair.kept) if pair is not None else ()


def _told(row: Joined, names: Mapping[str, str]) -> dict[str, Any]:
    """What the row changes and what it only shows side by side, each old and new: other fields are the book's own."""
    changes = _between(row.before, row.record)
    found = {name: (_plain(old, names), _plain(new, names)) for name, (old, new) in changes.items()}
    if row.pair is not None:
        for name in row.pair.differing:
            side = (_plain(row.pair.old(name), names), _plain(row.pair.fresh[name], names))
            found[name] = (*found.get(name, ()), *side)
    return found


def _between(before: Record | None, after: Record) -> dict[str, tuple[Any, Any]]:
    return {
        name: (getattr(before, name, None), getattr(after, name))
        for name in fields_of(type(after))
        if getattr(before, name, None) != getattr(after, name)
    }


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    """A record that only this preview made is known by its row or name: the next preview gives it another uid."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_plain(one, names) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {name: _plain(one, names) for name, one in cast("dict[str, Any]", value).items()}
    return value


def _made_here(preview: "ImportPreview") -> dict[str, str]:
    found = {one.record.uid: f"row {one.number}" for one in reversed(preview.joined) if one.fate is Fate.NEW}
    made = preview.joiner.people.made if preview.joiner else frozenset[str]()
    return {
        **found,
        **{one.uid: f"person {one.name} {one.id_no or one.mobile}" for one in preview.persons if one.uid in made},
    }


def _title(row: "Joined | Parked", preview: "ImportPreview") -> str:
    return preview.title_of(row.record) if isinstance(row, Joined) else next(filter(None, row.raw.values()), "")


def _moved_people(shown: "ImportPreview", now: "ImportPreview", told: set[str]) -> list[Moved]:
    """Persons whom rows of another register make or complete otherwise than was shown, where no row says so yet."""
    before, after = _completed(shown), _completed(now)
    names = [one[0] for one in dict.fromkeys((*before, *after)) if before.get(one) != after.get(one)]
    return [Moved(0, name, "这个人的内容改过了") for name in dict.fromkeys(names) if name not in told]


def _completed(preview: "ImportPreview") -> dict[tuple[str, str], Any]:
    """What the rows add to persons, by name and uid; persons made by them have none yet."""
    people = preview.joiner.people if preview.joiner else None
    if people is None:
        return {}
    made = people.made
    found: dict[tuple[str, str], Any] = {}
    for one in preview.persons:
        before = None if one.uid in made else people.held(one.uid)
        found[one.name, "" if one.uid in made else one.uid] = (_retired(before), _between(before, one))
    return found


def _retired(person: Person | None) -> bool:
    return person is not None and bool(cast("Kept", person).retired_on)

"""Register forms from payload rows: the main table in the layout of its form, and a supplement with all that is left.

Pages are a pure function of the payload, so whoever holds the data can draw the same pages again and compare.
Everything embedded is visible: what has no column in the main table stands in the supplement.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from xmdesk.documents.layouts import PageColumn, page_layout
from xmdesk.documents.parts import Align, Column, HeadMarks, RegisterForm, Signature
from xmdesk.records.base import FieldSpec, Record, fields_of
from xmdesk.records.duty import DutyList
from xmdesk.records.kinds import Reference, References, SubTable
from xmdesk.records.office import Office
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.phones import mask_mobiles

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]

_ALIGN = {"left": Align.LEFT, "center": Align.CENTRE, "right": Align.RIGHT}


@dataclass(frozen=True)
class Heading:
    """What stands around every form of one return."""

    office: str
    code: str
    period: str
    signature: Signature
    marks: HeadMarks
    stamp: str
    whole_phones: bool = False
    """Whether mobile phones stand whole; else they show the first three and last four digits (domain.md F7)."""

    def lookup(self, rows: "Rows") -> "Lookup":
        """Return what finds the rows that these refer to, masking phones as this heading says."""
        return Lookup(rows, whole_phones=self.whole_phones)


class Lookup:
    """Finds referenced rows of the same payload by register and uid."""

    def __init__(self, rows: Rows, *, whole_phones: bool = True) -> None:
        self.whole_phones = whole_phones
        self._rows = {(register, row["uid"]): row for register, some in rows.items() for row in some}

    def row(self, register: str, uid: str) -> Row:
        """Return the referenced row, or an empty one."""
        return self._rows.get((register, uid), {})

    def title(self, register: str, uid: str) -> str:
        """Return the short words for a referenced row."""
        row = self.row(register, uid)
        return str(row.get("name") or row.get("subject") or row.get("theme") or "")


def register_parts(register: str, rows: Rows, heading: Heading) -> list[RegisterForm]:
    """Return the main form of a register and, where rows say more than it shows, its supplement."""
    layout = page_layout(register)
    record = REGISTERS[register].record
    lookup = heading.lookup(rows)
    own = rows.get(register, ())
    showers = [_shower(record, column, lookup) for column in layout.columns]
    seen = {one.field for one in layout.columns}
    rest = [spec for name, spec in fields_of(record).items() if not _is_seen(name, spec, seen)]
    common, varying = _divided(rest, own, lookup)
    main = RegisterForm(
        title=layout.title,
        columns=tuple(Column(one.heads, _align(record, one), one.merged) for one in layout.columns),
        rows=tuple(tuple(show(row) for show in showers) for row in own),
        subtitle=heading.period,
        office=heading.office,
        division_code=heading.code,
        unit=layout.unit,
        notes=(*layout.notes, *((f"各行相同的填报项：{common}。",) if common else ())),
        marks=heading.marks,
        signature=heading.signature,
        stamp=heading.stamp,
    )
    return [main, *_supplement(record, own, lookup, rest=varying, title=layout.title)]


def _divided(specs: Sequence[FieldSpec], rows: Sequence[Row], lookup: Lookup) -> tuple[str, list[FieldSpec]]:
    """Say once what is the same in every row; return it with the fields that differ from row to row."""
    common: list[str] = []
    varying: list[FieldSpec] = []
    for spec in specs:
        values = [row[spec.name] for row in rows if spec.name in row]
        text = show_value(spec, values[0], lookup) if values else ""
        if len(rows) > 1 and values and all(_shows(text, spec, one, lookup, like=values[0]) for one in values):
            common += [f"{spec.label} {text}"] if text else []
        else:
            varying.append(spec)
    return "；".join(common), varying


def _shows(text: str, spec: FieldSpec, value: Any, lookup: Lookup, *, like: Any) -> bool:
    """Whether a value is shown by this text, as the value that it is like was; rows mostly repeat each other."""
    return value == like or show_value(spec, value, lookup) == text


def _supplement(
    record: type[Record], rows: Sequence[Row], lookup: Lookup, *, rest: Sequence[FieldSpec], title: str
) -> list[RegisterForm]:
    lines = [
        (str(index), _row_title(record, row, lookup), more_of(row, rest, lookup)) for index, row in enumerate(rows, 1)
    ]
    lines = [line for line in lines if line[2]]
    if not lines:
        return []
    columns = (
        Column(("主表序号",), Align.CENTRE),
        Column(("名称",)),
        Column(("其他填报内容",)),
    )
    return [RegisterForm(title=f"{title}（附表）", columns=columns, rows=tuple(lines), numbered=False)]


def _is_seen(name: str, spec: FieldSpec, seen: set[str]) -> bool:
    return name in seen or (isinstance(spec.kind, Reference) and any(one.startswith(f"{name}.") for one in seen))


def more_of(row: Row, specs: Sequence[FieldSpec], lookup: Lookup) -> str:
    """Return 标签:内容 for every answered field, joined by ；."""
    parts = ((spec.label, show_value(spec, row.get(spec.name), lookup)) for spec in specs if spec.name in row)
    return "；".join(f"{label}：{text}" for label, text in parts if text)


def show_value(spec: FieldSpec, value: Any, lookup: Lookup) -> str:
    """Return one payload value as it is printed; identity numbers are masked even if a payload held them whole."""
    kind = spec.kind
    if isinstance(kind, Reference):
        return lookup.title(kind.to, value) if value else ""
    if isinstance(kind, References):
        return "、".join(lookup.title(kind.to, one) for one in cast("list[str]", value or []))
    if isinstance(kind, SubTable):
        return "、".join(_line(kind, line, lookup) for line in cast("list[Row]", value or []))
    if kind.name == "person_id":
        return kind.mask(kind.from_json(value))
    text = kind.show(kind.from_json(value))
    return mask_mobiles(text) if kind.name == "phone" and not lookup.whole_phones else text


def _line(kind: SubTable, line: Row, lookup: Lookup) -> str:
    if "person" in line:
        named = lookup.title("persons", line["person"])
        result = line.get("result")
        return f"{named}（{result}）" if result else named
    return kind.show([line])


def _row_title(record: type[Record], row: Row, lookup: Lookup) -> str:
    spec = fields_of(record).get(record.title_field)
    return show_value(spec, row.get(record.title_field), lookup) if spec else ""


def _shower(record: type[Record], column: PageColumn, lookup: Lookup) -> Callable[[Row], str]:
    head, _, tail = column.field.partition(".")
    spec = fields_of(record)[head]
    if not tail:
        return lambda row: show_value(spec, row.get(head), lookup)
    if not isinstance(spec.kind, Reference):
        raise TypeError(column.field)
    to = spec.kind.to
    inner = fields_of(REGISTERS[to].record)[tail]
    return lambda row: show_value(inner, lookup.row(to, row.get(head) or "").get(tail), lookup)


def _align(record: type[Record], column: PageColumn) -> Align:
    head, _, tail = column.field.partition(".")
    spec = fields_of(record)[head]
    if tail and isinstance(spec.kind, Reference):
        spec = fields_of(REGISTERS[spec.kind.to].record)[tail]
    return _ALIGN[spec.kind.align]


def office_part(rows: Rows, heading: Heading) -> RegisterForm:
    """Return the sheet of the office's own data: item and content, two pairs a line, with the state of the duty list."""
    lookup = heading.lookup(rows)
    pairs = [
        (spec.label, show_value(spec, row.get(name), lookup))
        for row in rows.get("office", ())
        for name, spec in fields_of(Office).items()
        if name in row
    ]
    listed = list(fields_of(DutyList).values())
    pairs.extend(("管护责任清单", more_of(row, listed, lookup)) for row in rows.get("duty_lists", ()))
    half = (len(pairs) + 1) // 2
    left, right = pairs[:half], [*pairs[half:], ("", "")][:half]
    columns = tuple(Column((head,)) for head in ("项目", "内容", "项目", "内容"))
    return RegisterForm(
        title="单位基本情况表",
        columns=columns,
        rows=tuple((*one, *other) for one, other in zip(left, right, strict=True)),
        subtitle=heading.period,
        office=heading.office,
        division_code=heading.code,
        marks=heading.marks,
        numbered=False,
        landscape=False,
    )

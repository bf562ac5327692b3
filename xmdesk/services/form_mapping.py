"""What goes into the columns of a form: fields and ways of writing, kept, guessed with a reason, or told by a person."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, cast

from xmdesk.documents.sheets.blank_forms import FormArea, FormTable
from xmdesk.documents.sheets.cell_words import JOINS, WHOLE_NUMBER, CellFormat, Hints, formats_for, guessed
from xmdesk.documents.sheets.lines import ORDINALS
from xmdesk.documents.sheets.mapping import How, Match, Matcher, map_headers
from xmdesk.documents.sheets.words import bare, plain, unit_of
from xmdesk.errors import WrongUse
from xmdesk.problems import Problem
from xmdesk.records.base import fields_of
from xmdesk.records.codes import Post
from xmdesk.records.kinds import Kind, PersonId, Reference, Text, YesNo
from xmdesk.records.registers import REGISTERS
from xmdesk.services.form_people import fields_of_named, people_fields
from xmdesk.services.form_posts import OF_POSTS, POSTS, asked_post, is_post_alone, of_post, post_of, without_post
from xmdesk.services.sheet_columns import sheet_register

ORDINAL = "@no"
TEN_THOUSANDS = "万元"
_IN_UNITS = (CellFormat.IN_YUAN, CellFormat.IN_WAN)
OF_OFFICE = {
    "@office": "本单位名称",
    "@code": "本单位区划代码",
    "@township": "所属镇（街道）",
    "@district": "所属区",
}
OFFICE_TITLES = {
    plain(title): name
    for name, titles in {
        "@office": ("村(社区)", "村(居)", "村", "村居", "行政村", "村名", "村别", "社区", "所在村", "所属村", "所在村(社区)", "所属村(社区)",
                    "单位名称", "填报单位", "村(社区)名称", "村(居)名称"),
        "@code": ("区划代码", "行政区划代码", "统计区划代码"),
        "@township": ("镇(街道)", "镇", "镇街", "乡镇", "街道", "镇(街)", "乡镇(街道)", "所属镇街", "所属镇(街道)", "所在镇街"),
        "@district": ("区", "区县", "县区", "县(市、区)", "区(县)", "所在区", "所属区"),
    }.items()
    for title in titles
}  # fmt: skip


@dataclass(frozen=True)
class Blank:
    """A form opened for filling. ``headers`` in order; ``rows_free`` records fit before rows are put in.

    ``place`` is what the table is called among ``places``, all that can be chosen: sheets, or several tables of one.
    """

    name: str
    sheet: str
    headers: tuple[str, ...]
    fingerprint: str
    rows_free: int
    table: FormTable
    area: FormArea
    others: tuple[str, ...] = ()
    place: str = ""
    places: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    data: bytes = field(repr=False, default=b"")


@dataclass(frozen=True)
class FormColumn:
    """What goes under one header: fields of the register (dotted through a reference) or of the office, and how.

    Two fields stand in one cell (姓名及电话). No field: the column stays as it is. ``why`` tells a person the reason.
    """

    header: str
    fields: tuple[str, ...] = ()
    format: CellFormat = CellFormat.TEXT
    why: str = ""

    @property
    def field(self) -> str | None:
        """The first field, or nothing."""
        return self.fields[0] if self.fields else None

    @property
    def post(self) -> Post | None:
        """Whose field it is where A角 and B角 stand side by side."""
        return post_of(self.fields[0]) if self.fields else None

    @property
    def is_told(self) -> bool:
        """Whether it says something of the record itself; a number, a place or a remark alone says nothing."""
        return bool(set(map(without_post, self.fields)) - {ORDINAL, *OF_OFFICE, "remark"})


@dataclass(frozen=True)
class FormMap:
    """All columns of a form with what goes into them. ``kept``: made from a map kept for this very form; ``units`` as in the form."""

    register: str
    fingerprint: str
    columns: tuple[FormColumn, ...]
    kept: bool = False
    units: tuple[str, ...] = ()

    def with_column(self, header: str, fields: Sequence[str], form: CellFormat | None = None) -> "FormMap":
        """Return the map with one column decided by a person; without a format the usual one, in the unit of its title."""
        chosen = form or _asked_format(self.register, fields, with_unit(header, self.units))
        fresh = FormColumn(header, tuple(fields), chosen, "您选定的")
        return replace(self, columns=tuple(fresh if one.header == header else one for one in self.columns))

    def with_told(self, told: Mapping[str, Any]) -> "FormMap":
        """Return the map with what is told, as :meth:`as_json` writes it, of columns that are here and may be filled so."""
        known = {name for name, _ in (*form_fields(self.register), *post_fields(self.register))}
        found = self
        for one in self.columns:
            held = told.get(one.header)
            fields = tuple(held["fields"]) if held else one.fields
            form = CellFormat(held["format"]) if held else one.format
            is_other = (fields, form) != (one.fields, one.format)
            if is_other and set(fields) <= known and form in allowed_formats(self.register, fields):
                found = found.with_column(one.header, fields, form)
        return found

    @property
    def posts(self) -> tuple[Post, ...]:
        """Whose fields stand side by side in a row."""
        return tuple(one for one in POSTS if any(column.post is one for column in self.columns))

    @property
    def is_told(self) -> bool:
        """Whether any column says something of the records."""
        return any(one.is_told for one in self.columns)

    def with_whole_numbers(self) -> tuple[FormColumn, ...]:
        """Return the columns that ask for whole identity numbers; they are masked unless somebody gave a reason."""
        return tuple(one for one in self.columns if _asks_whole(self.register, one))

    def as_json(self) -> dict[str, Any]:
        """Return the form that is kept and that ``--map`` reads."""
        columns = {one.header: {"fields": list(one.fields), "format": str(one.format)} for one in self.columns}
        return {"register": self.register, "fingerprint": self.fingerprint, "columns": columns}


def form_fields(register: str) -> list[tuple[str, str]]:
    """Return (field, label) of everything that may stand in a column: own fields, the office's, then those of the people named."""
    columns = [(one.field, one.label) for one in sheet_register(register).columns]
    return [*columns, (ORDINAL, "序号"), *OF_OFFICE.items(), *people_fields(register)]


def post_fields(register: str) -> list[tuple[str, str]]:
    """Return (field, label) of everything that may stand in a column of the A角 or the B角."""
    if register != OF_POSTS:
        return []
    columns = [one for one in sheet_register(register).columns if one.field != "post"]
    return [
        (name, f"{post.label}：{one.label}")
        for post in POSTS
        for one in columns
        for name in of_post(post, (one.field,))
    ]


def allowed_formats(register: str, fields: Sequence[str]) -> tuple[CellFormat, ...]:
    """Return how these fields can be written in one cell; an unknown field is ``WrongUse``."""
    kinds = [kind_of(register, name) for name in fields]
    if len(kinds) > 1:
        return JOINS
    if list(fields) == [ORDINAL]:
        return (CellFormat.NUMBER,)
    return formats_for(kinds[0]) if kinds else (CellFormat.TEXT,)


def _asked_format(register: str, fields: Sequence[str], title: str) -> CellFormat:
    """How these fields are written by the usual: an amount in the unit that its title names."""
    formats = allowed_formats(register, fields)
    asked = guessed(kind_of(register, fields[0]), Hints(title))[0] if len(fields) == 1 else formats[0]
    return asked if asked in _IN_UNITS and asked in formats else formats[0]


def with_unit(title: str, units: Sequence[str]) -> str:
    """Return a title with the unit that stands above the table for all amounts, unless it names its own: 年度经费（万元）."""
    is_meant = TEN_THOUSANDS in units and not {*units} & {"元", "千元"} and not unit_of(title)
    return f"{title}（{TEN_THOUSANDS}）" if is_meant else title


def written_format(register: str, column: FormColumn, *, unmasked: bool) -> CellFormat:
    """Return the format in which a column will stand in the file: whole identity numbers only when ``unmasked``."""
    is_masked = not unmasked and column.format in WHOLE_NUMBER and _asks_whole(register, column)
    return CellFormat.MASKED if is_masked else column.format


def _asks_whole(register: str, column: FormColumn) -> bool:
    kinds = [kind_of(register, name) for name in column.fields]
    is_whole = column.format in WHOLE_NUMBER or len(kinds) > 1
    return is_whole and any(isinstance(kind, PersonId) for kind in kinds)


def kind_of(register: str, path: str) -> Kind:
    """Return the kind of a field, through a reference if dotted."""
    if post_of(path) is not None and register == OF_POSTS:
        path = without_post(path)
    head, _, tail = path.partition(".")
    if path == ORDINAL or path in OF_OFFICE:
        return Text()
    spec = fields_of(REGISTERS[register].record).get(head)
    if spec is not None and not tail:
        return spec.kind
    if spec is not None and isinstance(spec.kind, Reference) and spec.kind.to in REGISTERS:
        inner = fields_of(REGISTERS[spec.kind.to].record).get(tail)
        if inner is not None:
            return inner.kind
    raise WrongUse("FORM-MAP-FIELD", name=path[:40])


@cache
def matchers() -> dict[str, Matcher]:
    """Return what knows the titles of each register."""
    return {name: Matcher(sheet_register(name)) for name in REGISTERS}


def known_anywhere(path: tuple[str, ...]) -> object:
    """Return something for a title that belongs to any register, the office, or is a running number."""
    title = plain(path[-1])
    if title in ORDINALS or title in OFFICE_TITLES:
        return title
    is_known = any(one.fields_for(path) for one in matchers().values())
    return "/".join(path) if is_known or (fields_of_post(path) and not is_post_alone(path)) else ()


def fields_of_post(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields of the A角 or the B角 that a title asks for."""
    asked = asked_post(path)
    return of_post(asked[0], matchers()[OF_POSTS].fields_for(asked[1])) if asked is not None else ()


def guessed_map(blank: Blank, register: str) -> FormMap:
    """Guess like an import does; every column says why."""
    matches = map_headers(blank.table.own, sheet_register(register), matchers()[register]).matches
    columns = tuple(_guess(register, blank, at, match) for at, match in enumerate(matches))
    return FormMap(register, blank.fingerprint, columns, units=blank.table.units)


def _guess(register: str, blank: Blank, at: int, match: Match) -> FormColumn:
    of_one = fields_of_post(blank.table.own[at].path) if register == OF_POSTS else ()
    if of_one:
        return _guessed(register, blank, at, of_one, why="A角B角并排的列")
    if match.how in _WHY:
        return _guessed(register, blank, at, match.fields, why=_WHY[match.how])
    if match.how is How.OTHER_UNIT:
        return _guessed_unit(register, blank, at, match)
    told = _told_by_title(register, blank, at)
    if told is not None:
        return told
    if match.how is How.DUPLICATE:
        return FormColumn(blank.headers[at], why="和前面的列重复，没有填")
    label = sheet_register(register).column(match.suggested).label if match.suggested else ""
    perhaps = f"；是不是“{label}”？" if label else ""
    return FormColumn(blank.headers[at], why=f"台账里没有这一列{perhaps}")


def _told_by_title(register: str, blank: Blank, at: int) -> FormColumn | None:
    """Recognise columns that no register has: running numbers, the office's own names, ages, 是否 before a field."""
    header, path = blank.headers[at], blank.table.own[at].path
    if plain(path[-1]) in ORDINALS:
        return FormColumn(header, (ORDINAL,), CellFormat.NUMBER, "自动编号")
    name = OFFICE_TITLES.get(plain(path[-1])) or OFFICE_TITLES.get(bare(path[-1]))
    if name:
        return FormColumn(header, (name,), CellFormat.TEXT, "填本单位的资料")
    born = {"born_on", "person.born_on"} & matchers()[register].fields
    if born and bare(path[-1]) == "年龄":
        return FormColumn(header, tuple(born), CellFormat.AGE, "按出生日期算")
    named = fields_of_named(register, path, matchers())
    if named:
        return _guessed(register, blank, at, named, why="人员名册里那个人的资料")
    whether = _without_whether(register, path)
    return _guessed(register, blank, at, whether, why="问是否的列") if whether else None


_WHY = {How.LABEL: "表头和台账一致", How.SYNONYM: "表头是常用的叫法"}
_WHETHER = re.compile(r"^(?:是否|有无)(?:已经?|有)?")


def _without_whether(register: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """是否长期在本地居住 asks for the yes-or-no field 长期在本地居住."""
    if not _WHETHER.match(path[-1]):
        return ()
    fields = matchers()[register].fields_for((*path[:-1], _WHETHER.sub("", path[-1])))
    return fields if len(fields) == 1 and isinstance(kind_of(register, fields[0]), YesNo) else ()


def _guessed(register: str, blank: Blank, at: int, fields: tuple[str, ...], *, why: str) -> FormColumn:
    header, kinds = blank.headers[at], [kind_of(register, name) for name in fields]
    if len(kinds) > 1:
        is_text = all(isinstance(kind, Text) for kind in kinds)
        form = CellFormat.JOIN_LINES if is_text else CellFormat.JOIN_SPACE
        return FormColumn(header, fields, form, f"{why}，合填一格")
    place = blank.table.own[at].column
    title = with_unit(header, blank.table.units)
    hints = Hints(title, tuple(blank.area.lists.get(place, ())), blank.area.examples.get(place, ""))
    form, reason = guessed(kinds[0], hints)
    return FormColumn(header, fields, form, f"{why};{reason}" if reason else why)


def _guessed_unit(register: str, blank: Blank, at: int, match: Match) -> FormColumn:
    """A header in another unit is filled only if the amount can be converted (元, 万元)."""
    form, reason = guessed(kind_of(register, match.suggested), Hints(match.header.text))
    if form in (CellFormat.IN_WAN, CellFormat.IN_YUAN):
        return FormColumn(blank.headers[at], (match.suggested,), form, f"单位不同，换算成{form}；{reason}")
    return FormColumn(blank.headers[at], why="单位和台账不同，没有填")


def read_form_map(text: str, blank: Blank, register: str) -> FormMap:
    """Read ``{"columns": {header: field | [fields] | {"fields": […], "format": …} | null}}``; raises ``WrongUse``."""
    try:
        given: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongUse("FORM-MAP-SHAPE") from None
    columns: Any = cast("dict[str, Any]", given).get("columns", given) if isinstance(given, dict) else None
    if not isinstance(columns, dict):
        raise WrongUse("FORM-MAP-SHAPE")
    named = {plain(header): value for header, value in cast("dict[str, Any]", columns).items()}
    if not named.keys() & {plain(header) for header in blank.headers}:
        raise WrongUse("FORM-MAP-OTHER")
    return FormMap(
        register,
        blank.fingerprint,
        tuple(_read_column(register, header, named.get(plain(header)), blank.table.units) for header in blank.headers),
        units=blank.table.units,
    )


def _read_column(register: str, header: str, value: Any, units: Sequence[str]) -> FormColumn:
    told: dict[str, Any] = cast("dict[str, Any]", value) if isinstance(value, dict) else {"fields": value}
    given: Any = told.get("fields") or []
    names: list[Any] = cast("list[Any]", given) if isinstance(given, list) else [given]
    if not all(isinstance(one, str) for one in names):
        raise WrongUse("FORM-MAP-SHAPE")
    chosen = tuple(names)
    formats = allowed_formats(register, chosen)
    form = told.get("format") or str(_asked_format(register, chosen, with_unit(header, units)))
    if form not in formats:
        raise WrongUse("FORM-MAP-FORMAT", header=header[:30], formats="、".join(one for one in formats))
    return FormColumn(header, chosen, CellFormat(form), "您选定的")

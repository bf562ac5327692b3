"""What the columns of a table without header hold, guessed from what stands in them; each guess says why."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from xmdesk import clock
from xmdesk.documents.sheets.columns import Column, Form, Register
from xmdesk.documents.sheets.grid import Cell, cell_text
from xmdesk.documents.sheets.mapping import ColumnMapping, How, Match, Missing
from xmdesk.documents.sheets.no_header import DAY, MOBILE, NUMBER_OF_A_PERSON
from xmdesk.documents.sheets.table_finding import Table
from xmdesk.records.values.reading import Bad

_LOOKED_AT = 200
_MOST = 0.8
"""How many of the filled cells of a column must be of one sort."""
_ADULT = 16
_STRANGE = 0.25
"""What a column of which nothing is known takes away."""
_LANDLINE = re.compile(r"(?:\(?0\d{2,3}\)?[-—]?)?\d{7,8}")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]{2,4}|[\u3400-\u9fff]{2,12}[·•][\u3400-\u9fff]{1,12}")
_PLACE = re.compile(r".*(?:[路街巷号组社里弄坊]|村.+|旁|内|楼|层|侧|口)")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤洪纪柯连庄涂童兰翁詹游阮温柳康施章"
    "牛葛岳齐尚梅殷鲁甘文倪欧聂包左祝季单仇颜邢路易乔伍庞洑盛蓝俞安简辛管骆耿关卓鄢池卞揭凌官车丘"
)
_NAMES = frozenset({"name", "person.name"})
_TITLES = frozenset({"name", "subject", "theme"})
_PLACES = frozenset({"address", "location"})
_BORN, _ENDS = "born_on", ("left_on", "ended_on", "retired_on", "informed_on")


@dataclass(frozen=True)
class _Held:
    """The filled cells of one column, and their texts without spaces."""

    cells: tuple[Cell, ...]
    texts: tuple[str, ...]

    def share(self, fits: Callable[[str], object]) -> float:
        return sum(1 for one in self.texts if fits(one)) / len(self.texts) if self.texts else 0.0

    def most(self, fits: Callable[[str], object]) -> bool:
        return self.share(fits) >= _MOST


@dataclass(frozen=True)
class _Guess:
    """What a column may hold, the surest (``rank``) first, and by what one sees it."""

    rank: int
    at: int
    field: str
    clue: str
    weight: float = 0.5


def guess_columns(table: Table, mapping: ColumnMapping, register: Register) -> ColumnMapping:
    """Return the mapping with a guess for every column that nobody decided about.

    Tables without header have the same titles: what is remembered of one is known by what its columns hold, too.
    """
    held = [_held(table, at) for at in range(len(table.headers))]
    sorts = [_sort(one) for one in held]
    taken = mapping.fields()
    matches = list(mapping.matches)
    for guess in sorted(_guesses(held, sorts, register), key=lambda one: (one.rank, one.at)):
        if matches[guess.at].how is How.UNKNOWN and guess.field not in taken:
            taken.add(guess.field)
            matches[guess.at] = Match(
                table.headers[guess.at], How.CONTENT, (guess.field,), guess.weight, clue=guess.clue
            )
    matches = [
        Match(one.header, How.IGNORED) if one.how is How.UNKNOWN and sort == _ORDINAL else replace(one, suggested="")
        for one, sort in zip(matches, sorts, strict=True)
    ]
    missing = tuple(Missing(one) for one in register.columns if one.required and one.field not in taken)
    return replace(mapping, fingerprint=_fingerprint(sorts), matches=tuple(matches), missing=missing)


def certainty(mapping: ColumnMapping) -> float:
    """How well a register fits a table without header: columns that seem to hold what it asks for, less the others."""
    known = sum(one.score for one in mapping.matches if one.how is How.CONTENT)
    return known - _STRANGE * sum(1 for one in mapping.matches if one.how is How.UNKNOWN)


def _fingerprint(sorts: Sequence[str]) -> str:
    """A hash of how many columns there are and of what sort: never that of a table with titles."""
    return hashlib.sha256("\n".join(("no header", *sorts)).encode()).hexdigest()[:32]


def _held(table: Table, at: int) -> _Held:
    cells = tuple(row.cells[at] for row in table.rows[:_LOOKED_AT] if row.cells[at] is not None)
    return _Held(cells, tuple("".join(cell_text(one).split()) for one in cells))


_ID, _PHONE, _DAY, _PERSON, _ORDINAL, _TEXT, _NUMBER = "id", "phone", "day", "person", "ordinal", "text", "number"


def _sort(held: _Held) -> str:
    """What sort of thing a column holds, whatever the register."""
    if held.most(NUMBER_OF_A_PERSON.fullmatch):
        return _ID
    if held.most(lambda one: MOBILE.fullmatch(one) or _LANDLINE.fullmatch(one)):
        return _PHONE
    if held.cells and (held.most(DAY.fullmatch) or all(isinstance(one, date) for one in held.cells)):
        return _DAY
    if held.most(is_name):
        return _PERSON
    figures = [int(one) for one in held.texts if one.isdecimal() and len(one) < 6]
    if figures and figures == list(range(figures[0], figures[0] + len(held.texts))) and figures[0] in (0, 1):
        return _ORDINAL
    return _NUMBER if held.most(lambda one: one.replace(".", "", 1).isdecimal()) else _TEXT


def is_name(text: str) -> bool:
    """Tell whether a text looks like the name of a person."""
    return bool(_NAME.fullmatch(text)) and (text[0] in _SURNAMES or "·" in text)


def _guesses(held: Sequence[_Held], sorts: Sequence[str], register: Register) -> Iterator[_Guess]:
    for at, (one, sort) in enumerate(zip(held, sorts, strict=True)):
        if one.texts:
            yield from _by_sort(at, one, sort, register)
            yield from _by_words(at, one, register)
            yield from _by_titles(at, one, sort, register)


def _by_sort(at: int, held: _Held, sort: str, register: Register) -> Iterator[_Guess]:
    columns = register.columns
    own = 1.0 if any(one.label == "姓名" for one in columns) else 0.5
    if sort == _ID:
        yield from (_Guess(0, at, one.field, "都是证件号码", 1.0) for one in columns if one.form is Form.PERSON_ID)
    elif sort == _PHONE:
        yield from (_Guess(1, at, one.field, "都是电话号码", own) for one in columns if one.form is Form.PHONE)
    elif sort == _DAY:
        yield from (_Guess(4, at, one.field, "都是日期") for one in _days(held, columns))
    elif sort == _PERSON:
        people = [one for one in columns if one.field in _NAMES and one.label == "姓名"]
        people += [one for one in columns if one.field.endswith(".name") and one not in people]
        yield from (_Guess(2, at, one.field, "像姓名", own) for one in people[:1])


def _days(held: _Held, columns: Sequence[Column]) -> list[Column]:
    """Days long past are births; others are the first day that the register asks for, but no end."""
    years = sorted(int(one[:4]) for one in held.texts if one[:4].isdecimal())
    is_birth = bool(years) and years[len(years) // 2] <= clock.today().year - _ADULT
    days = [one for one in columns if one.form in (Form.DAY, Form.PARTIAL_DAY)]
    born = [one for one in days if one.field.endswith(_BORN)]
    if is_birth and born:
        return born
    return [one for one in days if one not in born and not one.field.endswith(_ENDS)][:1]


def _by_words(at: int, held: _Held, register: Register) -> Iterator[_Guess]:
    """The list in which most of the words stand, where it is one list only."""
    shares = {one.field: held.share(_reading(one)) for one in register.columns if one.choices}
    best = max(shares.values(), default=0.0)
    fields = [field for field, share in shares.items() if share == best]
    if best >= _MOST and len(fields) == 1:
        yield _Guess(3, at, fields[0], f"都是“{register.column(fields[0]).label}”里的词", 1.0)


def _reading(column: Column) -> Callable[[str], object]:
    """Whether the list of a column has a word, as it is written in sheets."""

    def reads(text: str) -> object:
        try:
            return "" if text.isdecimal() else column.reader(text).value
        except Bad:
            return None

    return reads


def _by_titles(at: int, held: _Held, sort: str, register: Register) -> Iterator[_Guess]:
    """Places, and else the first texts that differ from row to row: what the register is of."""
    if sort not in (_TEXT, _PERSON):
        return
    if held.most(_PLACE.fullmatch):
        fields = [one for one in register.columns if one.field in _PLACES]
        yield from (_Guess(6, at, one.field, f"像{one.label}") for one in fields[:1])
    if len(set(held.texts)) * 2 > len(held.texts) and not held.most(str.isdecimal):
        titles = [one for one in register.columns if one.required and one.field in _TITLES and one.label != "姓名"]
        yield from (_Guess(5, at, one.field, "各行不同，像名称") for one in titles[:1])

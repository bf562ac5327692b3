"""What a dropped file is, in one sentence, and what dropping it will do. Nothing is believed and nothing is written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from xmdesk.child import run
from xmdesk.divisions.reading import HEADINGS
from xmdesk.documents.sheets import limits
from xmdesk.documents.sheets.cards import is_card
from xmdesk.documents.sheets.grid import Sheet, revive
from xmdesk.documents.sheets.mapping import ColumnMapping, How, Missing, map_headers
from xmdesk.documents.sheets.table_finding import Table, find_table
from xmdesk.documents.sheets.template import is_ours, template_of
from xmdesk.documents.sheets.unfolding import unfold
from xmdesk.documents.sheets.words import plain
from xmdesk.errors import Refused, XmError
from xmdesk.files import read_bytes, read_start, shown_name
from xmdesk.periods import Period
from xmdesk.records.registers import REGISTERS
from xmdesk.sealed.payload import KIND_WORDS
from xmdesk.services.backups import NAME
from xmdesk.services.form_mapping import fields_of_post, known_anywhere, matchers
from xmdesk.services.form_posts import OF_POSTS, post_of
from xmdesk.services.form_rows import named_columns, own_rows
from xmdesk.services.opening import LARGEST
from xmdesk.services.photos import read_photo
from xmdesk.services.practising import PRACTICE_AREA
from xmdesk.services.sheet_columns import sheet_register
from xmdesk.services.without_header import likely_register
from xmdesk.trust.profiles import DocumentKind

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_OTHER_PICTURES = (b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PHONE_PICTURES = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftypavif")
_AS_JPEG = "这是一张图片，但不是 JPEG 或 PNG 格式，放不进来。请用手机或看图软件另存为 JPEG（.jpg），再拖进来。"
_FEWEST_TITLES = 3
_FEWEST_FIELDS = 2
"""Of a register that a table must have to be taken for it without a word."""
_FEWEST_NEAR = 4
"""Of a register that a table must have to be taken for it though a needed column is called otherwise."""
_NAMED = 0.3
_ELSE_CALLED, _GIVEN_AWAY = 0.9, 0.1


_EMPTY = "这个文件里没有内容，不会导入。请确认选对了文件，填好以后再拖进来。"
_NOTHING_HERE = (
    "在这个文件里没有找到台账或空表，不会导入。"
    "要有一行列名，如“姓名”“手机号码”或“设施名称”“设施类型”，下面一行写一条；改好以后再拖进来。"
)
_CARD = "这是一张登记卡，项目名旁边是要填的格子。程序只导入、只填一行写一条的表，卡片请照台账手工填写。"


_PRACTISED = (
    "这是练习册密封的文件，里面都是编造的内容，只用来练习，哪里都不收，也不能用来找回台账。"
    "真的上报件，请打开本单位的台账册密封。"
)


class FileKind(StrEnum):
    """What a file may be."""

    LEDGER = "ledger"
    BLANK_FORM = "blank_form"
    SUBMISSION = "submission"
    RECEIPT = "receipt"
    CORRECTION_SLIP = "correction_slip"
    ENROLMENT_GRANT = "enrolment_grant"
    ENROLMENT_REQUEST = "enrolment_request"
    COLLECTION_TASK = "collection_task"
    FORWARDING_SLIP = "forwarding_slip"
    BACKUP = "backup"
    ROSTER = "roster"
    PICTURE = "picture"
    STRANGER = "stranger"


@dataclass(frozen=True)
class Guess:
    """A register that a table may belong to: on which sheet, how well it fits (0–1.3), how many rows it has."""

    register: str
    sheet: str
    score: float
    rows: int


@dataclass(frozen=True)
class Recognised:
    """What a file seems to be. ``register`` and ``score`` are of the best guess; ``code`` names why a stranger is one."""

    kind: FileKind
    text: str
    register: str = ""
    score: float = 0.0
    guesses: tuple[Guess, ...] = ()
    code: str = ""
    sha256: str = ""


def recognise(path: Path) -> Recognised:
    """Tell what a file is by its content; only a file that cannot be read at all raises (``Fault``)."""
    if NAME.fullmatch(path.name) and path.is_file():  # larger than what may be read at once, and proven when it is used
        return Recognised(FileKind.BACKUP, "这是台账册的备份；恢复时会另建一个台账册，不会覆盖现在这一册。")
    data = read_photo(path) if _is_picture(read_start(path, 16)) else read_bytes(path, LARGEST)
    try:
        found = _recognise(data, shown_name(path))
    except XmError as trouble:
        found = Recognised(FileKind.STRANGER, f"{trouble.happened}{trouble.to_do}", code=trouble.code)
    return replace(found, sha256=hashlib.sha256(data).hexdigest())


def _recognise(data: bytes, name: str) -> Recognised:
    if data.startswith(b"%PDF"):
        return _sealed(data)
    if data.startswith(_PICTURES):
        return Recognised(FileKind.PICTURE, "这是一张照片。")
    if _is_picture(data):
        return Recognised(FileKind.STRANGER, _AS_JPEG)
    return _sheets(data, name)


def _is_picture(head: bytes) -> bool:
    other = head[4:12] in _PHONE_PICTURES or head[8:12] == b"WEBP"
    return other or head.startswith((*_PICTURES, *_OTHER_PICTURES))


def peek(data: bytes, options: dict[str, Any]) -> dict[str, str]:
    """Child task: what a sealed document says it is, before anything is believed (kind, office, period)."""
    from xmdesk.sealed.canonical import parse_canonical
    from xmdesk.sealed.container import open_unverified
    from xmdesk.sealed.unfit import Unfit

    try:
        told = parse_canonical(open_unverified(data))
    except Unfit as unfit:
        raise Refused(unfit.code, **unfit.facts) from None
    office = told.get("office")
    head = cast("dict[str, Any]", office) if isinstance(office, dict) else {}
    about = {"office": head.get("name"), "code": head.get("code"), "period": told.get("period")}
    return {name: _text(value) for name, value in {"kind": told.get("kind"), **about}.items()}


def _text(value: Any) -> str:
    """A short line of printable characters out of whatever stands there."""
    return "".join(letter for letter in value if letter.isprintable())[:40] if isinstance(value, str) else ""


_WHAT_NEXT = {
    DocumentKind.SUBMISSION: "打开后先核验签名和内容，再收进收件箱",
    DocumentKind.RECEIPT: "打开后先核验，再记为区里已收下",
    DocumentKind.CORRECTION_SLIP: "打开后先核验，再逐条打开要改的地方",
    DocumentKind.ENROLMENT_GRANT: "打开后核对区里的数字，再启用本机的密封证书",
    DocumentKind.ENROLMENT_REQUEST: "打开后与村里电话核对数字，再签发证书",
    DocumentKind.COLLECTION_TASK: "打开后先核验，再记下报告期、截止日和要报的表",
    DocumentKind.FORWARDING_SLIP: "打开后先核验，再随原件一并收下",
}


def _sealed(data: bytes) -> Recognised:
    try:
        told: dict[str, str] = run("peek", data)
    except Refused as trouble:
        words = "这是一份 PDF，但不是本程序密封的文件，或已被改动过，不会收下。"
        return Recognised(FileKind.STRANGER, words, code=trouble.code)
    if told["kind"] not in set(DocumentKind):
        return Recognised(FileKind.STRANGER, "这份密封文件的种类本程序不认识，可能要先升级程序。")
    if told["code"].startswith(PRACTICE_AREA):
        return Recognised(FileKind.STRANGER, _PRACTISED)
    kind = DocumentKind(told["kind"])
    about = "".join(filter(None, (told["office"] and f"“{told['office']}”", _period_words(told["period"]))))
    text = f"看样子是{about}{'的' if about else ''}{KIND_WORDS[kind]}（尚未核验）；{_WHAT_NEXT[kind]}。"
    return Recognised(FileKind(kind.value), text)


def _period_words(text: str) -> str:
    try:
        return Period.parse(text).words if text else ""
    except XmError:
        return ""


def _sheets(data: bytes, name: str) -> Recognised:
    if len(data) > limits.FILE_BYTES:
        raise Refused("X-SIZE", limit=limits.FILE_BYTES // 1024 // 1024)
    sheets = [revive(raw, name) for raw in run("read_workbook", data, name=name)]
    readable = [one for one in sheets if not one.is_empty and not is_ours(one)]
    if any(_is_roster(one) for one in readable):
        return Recognised(FileKind.ROSTER, "这是应报名册；打开后核对单位，再更新名册。")
    if readable and all(is_card(one, known_anywhere) for one in readable):
        return Recognised(FileKind.STRANGER, _CARD)
    template = template_of(sheets)
    guesses = ranked_guesses(readable, name, ours=template.register if template else "")
    if guesses:
        return _ledger_or_form(guesses, is_template=template is not None)
    return _without_guess(readable, name)


def _without_guess(readable: Sequence[Sheet], name: str) -> Recognised:
    """No register has a header there."""
    likely = _without_header(readable) or _near(readable, name)
    if likely is not None:
        return likely
    if any(_stands_side_by_side(one) for one in readable):
        return _blank_form(OF_POSTS, 1.0, ())
    headers = max((len(table.headers) for one in readable if (table := find_table(one, _nothing))), default=0)
    if headers >= _FEWEST_TITLES and not any(one.is_text for one in readable):
        words = "这是一张表，但和哪个台账都对不上；可以当作空表来填，逐列选定内容。"
        return Recognised(FileKind.BLANK_FORM, words)
    names = [one for one in ranked_guesses(readable, name, fewest=1) if one.register == "persons" and one.rows]
    if names:
        words = "这张表只认出姓名，像是人员名册；打开后先预览，可以改选台账，确认后才导入。"
        return Recognised(FileKind.LEDGER, words, "persons", names[0].score, tuple(names))
    return Recognised(FileKind.STRANGER, _NOTHING_HERE if readable else _EMPTY)


def _without_header(sheets: Sequence[Sheet]) -> Recognised | None:
    found = [likely for one in sheets if (likely := likely_register(one)) is not None]
    if not found:
        return None
    likely = max(found, key=lambda one: one.score)
    title = REGISTERS[likely.register].title
    text = (
        f"这张表没有表头，看内容像{title}，工作表“{likely.sheet}”有 {likely.rows} 行；"
        "打开后先预览，每一列是什么请看一遍，确认后才导入。"
    )
    guess = Guess(likely.register, likely.sheet, likely.score, likely.rows)
    return Recognised(FileKind.LEDGER, text, likely.register, likely.score, (guess,))


def _nothing(_: tuple[str, ...]) -> object:
    return ()


def _is_roster(sheet: Sheet) -> bool:
    """The first lines hold the titles of the roster: codes and names, and what no village's table says of offices."""
    known = {plain(title): key for key, titles in HEADINGS.items() for title in titles}
    for row in sheet.rows[:15]:
        found = {known[plain(cell)] for cell in row if isinstance(cell, str) and plain(cell) in known}
        if found >= {"code", "name"} and found & {"uid", "office_kind", "valid_from", "valid_to", "former_codes"}:
            return True
    return False


def _ledger_or_form(guesses: Sequence[Guess], *, is_template: bool) -> Recognised:
    best = next((one for one in guesses if one.rows), guesses[0])
    title = REGISTERS[best.register].title
    if best.rows:
        others = "、".join(dict.fromkeys(REGISTERS[one.register].title for one in _elsewhere(guesses, best)))
        more = f"，另有工作表像{others}" if others else ""
        text = f"看样子是{title}，工作表“{best.sheet}”有 {best.rows} 行{more}；打开后先预览，确认后才导入。"
        return Recognised(FileKind.LEDGER, text, best.register, best.score, tuple(guesses))
    if not is_template:
        return _blank_form(best.register, best.score, guesses)
    text = f"这是本程序的{title}空白导入表；填好后再拖进来导入。"
    return Recognised(FileKind.BLANK_FORM, text, best.register, best.score, tuple(guesses))


def _blank_form(register: str, score: float, guesses: Sequence[Guess]) -> Recognised:
    title = REGISTERS[register].title
    text = f"这是一张空表，像{title}；打开后从{title}里取数填好，另存一份。"
    return Recognised(FileKind.BLANK_FORM, text, register, score, tuple(guesses))


def _stands_side_by_side(sheet: Sheet) -> bool:
    """Nothing is filled in yet, and a row has columns for the A角 and for the B角."""
    table = None if sheet.is_text else find_table(sheet, known_anywhere)
    if table is None or own_rows(table):
        return False
    asked = {post_of(names[0]) for one in table.headers if (names := fields_of_post(one.path))}
    return len(asked) > 1


def _elsewhere(guesses: Sequence[Guess], best: Guess) -> list[Guess]:
    """The best guess of each other sheet that has rows."""
    first: dict[str, Guess] = {}
    for one in guesses:
        if one.rows and one.sheet != best.sheet:
            first.setdefault(one.sheet, one)
    return list(first.values())


def ranked_guesses(
    sheets: Sequence[Sheet], file_name: str = "", *, ours: str = "", fewest: int = _FEWEST_FIELDS
) -> list[Guess]:
    """Try every register on every sheet; the best first. ``ours``: the register that our own template names.

    ``fewest`` fields of a register must be among the columns. A list that says nothing but who somebody is, and is not
    named otherwise, is of persons.
    """
    found = [
        guess
        for sheet in sheets
        for name in REGISTERS
        if (guess := _guess(sheet, name, file_name, fewest, is_template=bool(ours))) is not None
    ]
    return sorted(found, key=lambda one: (one.register != ours, -one.score, one.register != "persons"))


def _guess(sheet: Sheet, name: str, file_name: str, fewest: int, *, is_template: bool) -> Guess | None:
    """A column may be missing where the rest of the row gives it away (the kind of a facility stands in its name)."""
    read = _read(sheet, name, is_template=is_template)
    if read is None or lacking(read.mapping) or len(read.mapping.fields()) < fewest:
        return None
    return read.guess(name, file_name)


@dataclass(frozen=True)
class _ReadTable:
    """A table as a register understands it; ``rows`` are none where it is still to be filled in."""

    table: Table
    mapping: ColumnMapping
    rows: int

    def guess(self, name: str, file_name: str) -> Guess:
        """Score: share of the titles that the register knows, more if the words around the table name it."""
        titles = max(sum(1 for one in self.mapping.matches if one.how is not How.IGNORED), 1)
        named = _NAMED if is_named(self.table, name, file_name) else 0.0
        return Guess(name, self.table.sheet.name, round(understood(self.mapping) / titles + named, 3), self.rows)


def _read(sheet: Sheet, name: str, *, is_template: bool = False) -> _ReadTable | None:
    matcher = matchers()[name]
    found = find_table(sheet, matcher.fields_for)
    if found is None:
        return None
    table = unfold(found, sheet_register(name))
    mapping = map_headers(table.own_headers, sheet_register(name), matcher)
    has_rows = own_rows(found) and (is_template or not named_columns(found))
    return _ReadTable(table, mapping, len(table.rows) if has_rows else 0)


def _near(sheets: Sequence[Sheet], file_name: str) -> Recognised | None:
    """Return the register that has rows and would be understood but for one column, which is called otherwise; None without.

    The person says that the column is it: 法律明白人 may stand over names, or over ticks.
    """
    tried = (_nearly(sheet, register, file_name) for sheet in sheets for register in REGISTERS)
    found = [near for near in tried if near is not None]
    if not found:
        return None
    best, perhaps = max(found, key=lambda one: (one[0].score, one[0].register == "persons"))
    title, label = REGISTERS[best.register].title, perhaps.column.label
    text = (
        f"看样子是{title}，工作表“{best.sheet}”有 {best.rows} 行，只是没有认出“{label}”，可能是“{perhaps.perhaps}”这一列；"
        "打开后先选定，确认后才导入。"
    )
    return Recognised(FileKind.LEDGER, text, best.register, best.score, (best,))


def _nearly(sheet: Sheet, name: str, file_name: str) -> tuple[Guess, Missing] | None:
    """The guess, and the one needed column that is called otherwise."""
    read = _read(sheet, name)
    if read is None or not read.rows or len(read.mapping.fields()) < _FEWEST_NEAR:
        return None
    needed = [one for one in read.mapping.missing if one.column.teller is None]
    return (read.guess(name, file_name), needed[0]) if len(needed) == 1 and needed[0].perhaps else None


def understood(mapping: ColumnMapping) -> float:
    """How many columns a register knows: one that is called as in the register counts whole, by another name a little less."""
    known = sum(_ELSE_CALLED if one.how is How.SYNONYM else 1.0 for one in mapping.matches if one.fields)
    return known - _GIVEN_AWAY * len(mapping.missing)


def lacking(mapping: ColumnMapping) -> int:
    """How many columns are missing that the rest of the row cannot give away."""
    return sum(1 for one in mapping.missing if one.column.teller is None)


def is_named(table: Table, name: str, file_name: str) -> bool:
    """Tell whether the words around a table, or without them the name of its file, name a register."""
    register = REGISTERS[name]
    around = plain("".join((*table.titles, table.sheet.name))) or plain(file_name)
    return any(plain(word) in around for word in (register.title, register.noun))

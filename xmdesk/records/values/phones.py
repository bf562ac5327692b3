"""Telephone numbers: mobiles, landlines with extension, hotlines, and the columns that mix them with names.

One number is stored as ``13800008117``, ``0592-7018000``, ``0592-7018000-801``, ``7018000``, ``400-800-1234`` or
``12345``; two numbers in one cell as ``first/second``. Messages never carry a number.
"""

import re
from datetime import date
from typing import NamedTuple

from xmdesk.records.values.cells import Cell, narrow, open_cell
from xmdesk.records.values.reading import Bad, Note, Read
from xmdesk.records.values.texts import clean_text, read_name

UNIT_LIMIT = 60
_LABEL = re.compile(
    r"(?:联系电话|联系方式|办公电话|手机号码?|手机|电话|座机|固话|办公|宅电|Tel\.?|TEL\.?)\s*[:：]?\s*(?=[+(\d])"
)
_REMARK = re.compile(r"\((?![\d\s-]*\))[^()]*\)")
_OF_NUMBER = re.compile(
    r"微信|同号|短号|号码|手机|电话|座机|固话|家里|家中|家用|办公|单位|村委|传真|本人|移动|联通|电信|值班|空号|停机"
)
_HYPHENS = re.compile(r"[‐‑‒–—−－―]+")
_SPLIT = re.compile(r"[/、，,;；|\\\n]+|或")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#|-)\s*(\d{1,6})", re.IGNORECASE)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILE_WITHIN = re.compile(rf"(?<!\d){_MOBILE.pattern}(?!\d)")
_MASK = re.compile(r"1[3-9]\d\*{4}\d{4}")
_HOTLINE = re.compile(r"1[0-2]\d|1[012]\d{3}|12\d{3,4}|100\d{2,3}|9[56]\d{3,6}")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))?-?((?(1)\d{7,8}|[2-8]\d{6,7}))")
"""No local number begins with 1: without an area code that is a mobile number cut short."""
_FREE = re.compile(r"([48]00)-?(\d{3})-?(\d{4})")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE | re.ASCII)
_SHORT = re.compile(r"6\d{2,5}")


class Phones(NamedTuple):
    """The numbers of one cell; ``second`` is "" when there is only one."""

    first: str
    second: str = ""


class NamedPhone(NamedTuple):
    """Who, and under which number (two numbers joined by ``/``)."""

    name: str
    phone: str


def read_phone(raw: object) -> Read[str]:
    """Read one contact number; two in one cell are kept as ``first/second`` with a warning, so nothing is lost."""
    found = read_phones(raw)
    return Read("/".join(one for one in found.value if one), found.notes)


def read_phones(raw: object) -> Read[Phones]:
    """Read one or two numbers separated by ``/ 、 ，`` or spaces; three or more are refused."""
    cell = _open_phone(raw)
    if not cell.text:
        return Read(Phones(""), cell.notes())
    text = _LABEL.sub("", _HYPHENS.sub("-", narrow(cell.text)).lstrip("'‘’`"))
    bare = _REMARK.sub("", text)
    if _ROUNDED.fullmatch(text.strip()):
        raise Bad("V-PHONE-ROUNDED")
    if any(char.isdigit() and not char.isascii() for char in bare):
        raise Bad("V-PHONE-CHARACTERS")
    numbers = list(dict.fromkeys(_numbers(bare)))
    if len(numbers) > 2:
        raise Bad("V-PHONE-MANY")
    notes = () if numbers == [cell.text] or "/".join(numbers) == cell.text else (Note("V-TIDIED"),)
    if len(numbers) == 2:
        notes = (Note("V-PHONE-TWO"),)
    if bare != text:
        notes = (*notes, Note("V-PHONE-REMARK"))
    if any(_SHORT.fullmatch(one) for one in numbers):
        notes = (*notes, Note("V-PHONE-SHORT"))
    return Read(Phones(*numbers), notes)


def read_phone_or_mask(raw: object) -> Read[str]:
    """As :func:`read_phone`; a mobile with its middle hidden, as :func:`mask_mobiles` leaves it, passes as it stands."""
    text = narrow(raw) if isinstance(raw, str) else ""
    parts = [re.sub(r"[\s-]+", "", one) for one in _SPLIT.split(text)]
    if not any(map(_MASK.fullmatch, parts)):
        return read_phone(raw)
    if len(parts) > 2:
        raise Bad("V-PHONE-MANY")
    return Read("/".join(one if _MASK.fullmatch(one) else read_phone(one).value for one in parts))


def read_mobile(raw: object) -> Read[str]:
    """Read exactly one 11-digit mobile number."""
    found = read_phones(raw)
    if found.value.second:
        raise Bad("V-PHONE-ONE-ONLY")
    if found.value.first and not _MOBILE.fullmatch(found.value.first):
        raise Bad("V-PHONE-NOT-MOBILE")
    return Read(found.value.first, found.notes)


def split_phones(value: str) -> Phones:
    """Take a stored ``first/second`` apart."""
    first, _, second = value.partition("/")
    return Phones(first, second)


def read_name_and_phone(raw: object) -> Read[NamedPhone]:
    """Read a combined column such as 负责人及电话: 蔡美玉 138 0000 8117, in either order, either part alone."""
    name, phone = _apart(raw)
    person = read_name(name)
    return Read(NamedPhone(person.value, phone.value), (*person.notes, *phone.notes))


def read_unit_and_phone(raw: object) -> Read[NamedPhone]:
    """Read a combined column such as 监督部门及电话: 区城管局 12345, or the unit alone."""
    name, phone = _apart(raw)
    unit = clean_text(name, UNIT_LIMIT)
    return Read(NamedPhone(unit.value, phone.value), (*unit.notes, *phone.notes))


def mask_phone(value: str) -> str:
    """First three and last four digits; shorter private numbers show their last two; public hotlines stay."""
    return "/".join(_masked(one) for one in value.split("/"))


def mask_mobiles(text: str) -> str:
    """Mask what are mobile phones in a text of numbers; landlines of offices and hotlines stay (domain.md F7)."""
    return _MOBILE_WITHIN.sub(lambda found: _masked(found[0]), text)


def _open_phone(raw: object) -> Cell:
    if isinstance(raw, bool | date):
        raise Bad("V-PHONE-UNKNOWN")
    cell = open_cell(raw)
    return Cell(cell.text[:-2], cell.tidied, cell.invisible) if re.fullmatch(r"\d+\.0", cell.text) else cell


def _numbers(text: str) -> list[str]:
    parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    if not parts:
        raise Bad("V-PHONE-UNKNOWN")
    if len(parts) > 3:
        raise Bad("V-PHONE-MANY")
    return [number for part in parts for number in _spaced(part)]


def _spaced(part: str) -> list[str]:
    """One number with spaces inside, or two numbers with a space between."""
    try:
        return [_one(part)]
    except Bad as bad:
        pieces = part.split()
        for cut in range(1, len(pieces)):
            try:
                return [_one(" ".join(pieces[:cut])), _one(" ".join(pieces[cut:]))]
            except Bad:
                continue
        raise bad from None


def _one(text: str) -> str:
    bare = re.sub(r"[\s.()]+", "", text).lstrip("-")
    number = re.sub(r"^(?:\+|00)86-?|^86(?=1[3-9]\d{9}$)", "", bare)
    plain = number.replace("-", "")
    if _MOBILE.fullmatch(plain):
        return plain
    if _HOTLINE.fullmatch(plain) or _SHORT.fullmatch(plain):
        return plain
    return _fixed(number, domestic=number != bare)


def _fixed(number: str, *, domestic: bool) -> str:
    """Free-call or landline with optional extension; ``domestic``: a country code stood before, so the 0 is missing."""
    free = _FREE.fullmatch(number)
    if free:
        return "-".join(free.groups())
    if domestic and re.fullmatch(r"[1-9]\d{1,2}-?\d{7,8}", number):
        number = f"0{number}"
    for body, extension in _endings(re.sub(r"^(0\d{2,3})-(\d{3,4})-(\d{4})(?!\d)", r"\1-\2\3", number)):
        found = _LANDLINE.fullmatch(body)
        if found and (found[1] or not _wrong_mobile(body)):
            return "-".join(part for part in (found[1], found[2], extension) if part)
    raise _not_a_phone(number)


def _endings(number: str) -> list[tuple[str, str]]:
    ends = [found for found in _EXTENSION.finditer(number) if found.end() == len(number)]
    return [(number, ""), *((number[: found.start()].rstrip("-"), found[1]) for found in ends)]


def _wrong_mobile(body: str) -> bool:
    return len(body) == 8 and body.startswith("13")


def _not_a_phone(number: str) -> Bad:
    plain = number.replace("-", "")
    if re.search(r"[^\d转分机extEXT#.]", plain):
        return Bad("V-PHONE-CHARACTERS")
    if re.fullmatch(r"1\d{8,13}", plain) and len(plain) != 11:
        return Bad("V-PHONE-LENGTH", length=len(plain))
    if re.fullmatch(r"1\d{10}", plain):
        return Bad("V-PHONE-PREFIX")
    if re.fullmatch(r"[2-9]\d{8,10}", plain):
        return Bad("V-PHONE-ZERO")
    return Bad("V-PHONE-UNKNOWN")


def _apart(raw: object) -> tuple[str, Read[str]]:
    """Cut a combined cell into its words and its number, trying the longest number first."""
    text = _open_phone(raw).text
    if not re.search(r"\d", text):
        return text, Read("")
    trouble: Bad | None = None
    for start, end in _number_places(text):
        words = (text[:start] + " " + text[end:]).strip(" \t\n\r　:：,，、;；/()（）-—")
        try:
            phone = read_phone(_unbracketed(text[start:end]))
        except Bad as bad:
            trouble = trouble or bad
            continue
        if _holds_number(words):
            raise Bad("V-PHONE-APART")
        if phone.value and not words and (name := _name_beside(text[start:end])):
            return name, Read(phone.value, tuple(one for one in phone.notes if one.code != "V-PHONE-REMARK"))
        if phone.value:
            return words, phone
    if trouble and _holds_number(text):
        raise trouble
    return text, Read("")


def _name_beside(text: str) -> str:
    """The name of 138 0000 8117(蔡美玉); what is said of the number itself, as 微信同号, is none."""
    found = _REMARK.search(narrow(text))
    inside = found[0].strip("() ") if found else ""
    return inside if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", inside) and not _OF_NUMBER.search(inside) else ""


def _holds_number(text: str) -> bool:
    return re.search(r"\d{5}", re.sub(r"[\s-]+", "", text)) is not None


def _number_places(text: str) -> list[tuple[int, int]]:
    starts = [found.start() for found in re.finditer(r"(?<![\d+(（])[+(（]?[+]?\d", text)]
    at_end = [(start, len(text)) for start in starts]
    leading = re.match(r"[+(（]?[\d\s()（）+\-—－.]*\d", text)
    inside = [(found.start(), found.end()) for found in re.finditer(r"[+(（]?\d[\d\s()（）\-—－]*\d", text)]
    return [*at_end, *([(0, leading.end())] if leading else []), *inside]


def _unbracketed(text: str) -> str:
    text = text.strip()
    opened = len(re.findall(r"[(（]", text))
    closed = len(re.findall(r"[)）]", text))
    if opened > closed:
        text = text.lstrip("(（")
    return text.rstrip(")）") if closed > opened else text


def _masked(number: str) -> str:
    digits = [place for place, char in enumerate(number) if char.isdigit() or char == "*"]
    if _HOTLINE.fullmatch(number):
        return number
    shown = {*digits[:3], *digits[-4:]} if len(digits) >= 11 else set(digits[-2:]) if len(digits) >= 6 else set[int]()
    return "".join("*" if char.isdigit() and place not in shown else char for place, char in enumerate(number))

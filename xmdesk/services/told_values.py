"""What a row of a village's sheet gives away without a column of its own: kinds by name or group title, units, yes and no."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from xmdesk.documents.sheets.columns import Around, Teller, Told
from xmdesk.records.codes import Code, DutyClass, DutyUnit, FacilityKind, Political
from xmdesk.records.values.choices import read_choice
from xmdesk.records.values.numbers import read_yes_no
from xmdesk.records.values.reading import Bad, Note, Read

_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_TAIL = re.compile(r"[\s\d一二三四五六七八九十#号楼层点]+$")
_NUMBERING = re.compile(r"^[\s(（第]*[一二三四五六七八九十\d]{1,3}[)）、.．:：\s部类章]*")
_GROUP_TAIL = re.compile(
    r"(?:基础设施|公共设施|设施|工程|方面|项目)?(?:类|部分)?[\s:：(（].*$|(?:设施|工程|方面|项目)?(?:类|部分)?$"
)
_QUANTITY = re.compile(r"^[约共]?\s*[\d.,]+\s*([^\d\s.,()]{1,4})$")
_OWN_NUMBER = re.compile(r"\d{12}[\dA-Z-]{2,}")
_ORDINAL = re.compile(r"\d{1,4}(?:\.0)?|[一二三四五六七八九十]{1,3}[、.]?")
_NORMAL = frozenset({"正常", "良好", "完好", "无异常", "未发现问题", "一切正常", "运行正常"})
_NOT_NORMAL = frozenset({"异常", "不正常", "有问题", "损坏", "故障", "有异常", "发现问题"})


def kind_of_facility(around: Around) -> Told | None:
    """A facility is what its name ends with: …卫生室, …书屋. Else what its group of rows is titled."""
    name = _TAIL.sub("", _BRACKETED.sub("", str(around.values.get("name") or "")))
    words = sorted(_words(FacilityKind), key=lambda one: len(one[0]), reverse=True)
    member = next((member for word, member in words if len(word) > 1 and name.endswith(word)), None)
    if member is not None and member is not FacilityKind.OTHER:
        return Told(member.value, member.label, name)
    return _by_group(FacilityKind, around.group)


def class_of_duty(around: Around) -> Told | None:
    """A duty belongs where its group of rows is titled 一、道路类; else where the last telling word of its name points."""
    told = _by_group(DutyClass, around.group)
    if told is not None:
        return told
    name = str(around.values.get("subject") or "")
    places = [(name.rfind(word) + len(word), len(word), member) for word, member in _words(DutyClass) if word in name]
    member = max(places, key=lambda one: one[:2], default=(0, 0, DutyClass.OTHER))[2]
    return None if member is DutyClass.OTHER else Told(member.value, member.label, name)


def unit_of_quantity(around: Around) -> Told | None:
    """186盏 says its unit."""
    found = _QUANTITY.match(unicodedata.normalize("NFKC", around.texts.get("quantity", "")).strip())
    member = _member(DutyUnit, found[1]) if found else None
    return Told(member.value, member.label, member.label, firm=True) if member else None


TELLERS: dict[tuple[str, str], Teller] = {
    ("facilities", "kind"): kind_of_facility,
    ("duties", "kind"): class_of_duty,
    ("duties", "unit"): unit_of_quantity,
}
"""By register and field."""


def _by_group(codes: type[Code], group: str) -> Told | None:
    title = _GROUP_TAIL.sub("", _NUMBERING.sub("", group)).strip()
    member = _member(codes, title) if title else None
    return Told(member.value, member.label, group[:20]) if member else None


def _member(codes: type[Code], text: str) -> Code | None:
    try:
        value = read_choice(text, codes.table()).value
    except Bad:
        return None
    return codes(value) if value else None


def _words(codes: type[Code]) -> Iterator[tuple[str, Code]]:
    for member in codes:
        label = _BRACKETED.sub("", member.label)
        yield from ((word, member) for word in {*label.split("/"), *member.synonyms} if word)


def own_number(read: Callable[[object], Read[Any]]) -> Callable[[object], Read[Any]]:
    """Take only numbers that the program gave: 1, 2, 3 in a column 编号 count rows and would tie strangers together."""

    def reader(raw: object) -> Read[Any]:
        found = read(raw)
        if not found.value or _OWN_NUMBER.fullmatch(found.value):
            return found
        if _ORDINAL.fullmatch(found.value):
            return Read("")
        raise Bad("SHEET-OWN-NUMBER")

    return reader


def member_or_yes(read: Callable[[object], Read[Any]]) -> Callable[[object], Read[Any]]:
    """是否党员: 是 is a member; 否 leaves open whether 群众, 共青团员 or of another party."""

    def reader(raw: object) -> Read[Any]:
        try:
            said = read_yes_no(raw).value if raw is not None else None
        except Bad:
            return read(raw)
        if said is None:
            return read(raw)
        return Read(Political.MEMBER.value) if said else Read("", (Note("SHEET-NOT-MEMBER"),))

    return reader


def normal_or_not(read: Callable[[object], Read[Any]]) -> Callable[[object], Read[Any]]:
    """巡查情况: 正常 is yes, 异常 is no."""

    def reader(raw: object) -> Read[Any]:
        text = raw.strip(" 。") if isinstance(raw, str) else ""
        if text in _NORMAL or text in _NOT_NORMAL:
            return Read(text in _NORMAL)
        return read(raw)

    return reader


READERS: dict[str, Callable[[Callable[[object], Read[Any]]], Callable[[object], Read[Any]]]] = {
    "facility_no": own_number,
    "shelter_no": own_number,
    "item_no": own_number,
    "political": member_or_yes,
    "is_normal": normal_or_not,
}
"""By field: how a cell is looked at before the field's own reader."""

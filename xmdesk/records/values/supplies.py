"""Stores of a shelter in one cell: 棉被30床、方便面20箱(2027.3到期)、手电10把[村部仓库]."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from xmdesk.records.values.cells import narrow, open_cell, quote
from xmdesk.records.values.dates import read_partial_day, show_partial
from xmdesk.records.values.numbers import read_decimal
from xmdesk.records.values.numerals import ALL, chinese_number
from xmdesk.records.values.reading import Bad, Note, Read

_SEPARATORS = "、，,;；\n。"
_MEASURES = "床个箱把条件套顶盏台只支包瓶桶袋张双副块卷根盒辆艘米公斤斤升份节部提罐"
_AMOUNT = re.compile(r"(.*?\D)\s*[×xX*:：]?\s*(\d+(?:\.\d+)?)\s*(\D{0,4})", re.ASCII | re.DOTALL)
_AMOUNT_FIRST = re.compile(rf"(\d+(?:\.\d+)?)\s*([{_MEASURES}])\s*(\D+)", re.ASCII)
_WORDED = re.compile(rf"(.+?)([{ALL}]+)([{_MEASURES}])")
_VAGUE = frozenset(
    {"有", "已有", "充足", "齐全", "齐备", "已储备", "已配备", "完好", "正常", "见清单", "详见清单", "见附表"}
)
_EXPIRY = re.compile(r"(?:有效期|保质期|到期|失效|效期|期限)")
_EXPIRY_WORDS = re.compile(r"(?:有效期|保质期|有效日期|到期日|效期|期限)[至到为:]*|到期|失效|过期|前")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】")


def read_supplies(raw: object) -> Read[list[dict[str, Any]]]:
    """Read a list of stores: ``item``, ``quantity`` (decimal text or ``None``), ``unit``, ``expires``, ``place``."""
    if isinstance(raw, list | tuple):
        return Read([_as_line(one) for one in cast("Sequence[object]", raw)])
    cell = open_cell(raw)
    if not cell.text:
        return Read([], cell.notes())
    if cell.text.strip("。!！") in _VAGUE:
        raise Bad("V-SUPPLY-VAGUE", text=quote(cell.text))
    lines = [_line(part) for part in _parts(narrow(cell.text))]
    if not lines:
        raise Bad("V-SUPPLY", text=quote(cell.text))
    uncounted = [line["item"] for line in lines if line["quantity"] is None]
    notes = (
        [Note("V-SUPPLY-UNCOUNTED", {"items": "、".join(quote(item) for item in uncounted[:3])})] if uncounted else []
    )
    return Read(lines, tuple(notes))


def show_supplies(lines: Sequence[Mapping[str, Any]]) -> str:
    """Return the lines as one phrase, which reads back as the same lines."""
    return "、".join(_shown(line) for line in lines)


def _as_line(raw: object) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise Bad("V-KIND")
    return dict(cast("Mapping[str, Any]", raw))


def _shown(line: Mapping[str, Any]) -> str:
    quantity = "" if line.get("quantity") is None else _plain(Decimal(str(line["quantity"])))
    expires = f"({show_partial(line['expires'])}到期)" if line.get("expires") else ""
    place = f"[{line['place']}]" if line.get("place") else ""
    return f"{line['item']}{quantity}{line.get('unit') or ''}{expires}{place}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parts(text: str) -> list[str]:
    """Cut at separators that stand neither inside brackets nor inside a number such as 1,200."""
    parts, depth = [""], 0
    for place, char in enumerate(text):
        depth += (char in "([【") - (char in ")]】")
        if char == "," and re.match(r"\d,\d{3}(?!\d)", text[max(place - 1, 0) : place + 5]):
            continue
        if char in _SEPARATORS and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _line(part: str) -> dict[str, Any]:
    body = _BRACKETS.sub("", part).strip()
    if not re.search(r"[^\W\d_]", body):
        raise Bad("V-SUPPLY", text=quote(part))
    item, quantity, unit = _amount(body)
    expires, place = "", ""
    for found in _BRACKETS.finditer(part):
        for piece in re.split(r"[,，;；、]", next(group for group in found.groups() if group is not None)):
            if _EXPIRY.search(piece):
                expires = read_partial_day(_EXPIRY_WORDS.sub("", piece)).value
            elif piece.strip():
                place = re.sub(r"^存放?(?:于|在|放)?", "", piece.strip())
    return {"item": item, "quantity": quantity, "unit": unit, "expires": expires, "place": place}


def _amount(body: str) -> tuple[str, str | None, str]:
    first = _AMOUNT_FIRST.fullmatch(body)
    if first:
        return first[3].strip(), _decimal(first[1]), first[2]
    found = _AMOUNT.fullmatch(body)
    if found and found[1].strip():
        return found[1].strip(" ×xX*:：共约"), _decimal(found[2]), found[3].strip()
    worded = _WORDED.fullmatch(body)
    if worded and chinese_number(worded[2]) is not None:
        raise Bad("V-SUPPLY-WORDS", text=quote(body), number=chinese_number(worded[2]))
    return re.sub(r"(?:若干|一批)$", "", body) or body, None, ""


def _decimal(text: str) -> str:
    return _plain(read_decimal(text, 2).value or Decimal(0))

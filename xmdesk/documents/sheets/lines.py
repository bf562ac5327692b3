"""Telling records from the other lines of a sheet: totals, group titles, notes, signature lines, a second table."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from xmdesk.documents.sheets.grid import Cell, cell_text

ORDINALS = frozenset({"序号", "序", "行号", "no", "顺序号", "项次", "编序"})

_TOTAL = re.compile(
    r"(?:(?:本页|本村|全村|本组|以上|本表)?(?:合计|小计|总计|共计|累计|总数|合\s*计)|[^\s]{1,8}(?:小计|合计))"
    r"(?:数|人数|户数|个数|金额|费用|经费|面积)?:?(?:[(\[【〔][^()\[\]【】〔〕]{0,8}[)\]】〕]|/\S{1,3})?"
    r":?(?:\d[\d,]*(?:\.\d+)?(?:[个处座条项人名户盏套件次]|万?元|m2|平方米|公里|米|亩)?)?"
)
_WHOLE_TOTAL = re.compile(r"(?:本村|全村|以上|本表)?(?:合计|总计|共计|累计|总数)")
_QUANTITY = re.compile(r"[\d,.]+\s*\S{0,3}|[-—/]+")
_NOTE = re.compile(
    r"^[\s(]*(?:备?注(?:释)?[\d一二三]*|说明|填表说明|填报说明|注意事项|审核意见|以下空白|此表|本表|数据来源|资料来源|附注|附件"
    r"|※|\*{1,3})\s*(?:[:、.,)]|$|.{8,})"
)
_SIGNATURE = re.compile(
    r"(?:单位负责人|统计负责人|负责人|分管领导|主管领导|填表人|填报人|填报单位|制表人?|审核人?|复核人?|审批人?|经办人|联系人|联系电话"
    r"|报出日期|填表日期|填报日期|制表日期|日期|签字|签名|盖章|公章|村\(居\)委会|村委会)\s*(?:\(?(?:签字|签名|盖章|签章|公章)\)?)?\s*:"
)
_SEALED = re.compile(r"(?:盖章|签章|公章|签字)[)]?\s*$")
_GROUP = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.]|\([一二三四五六七八九十]{1,3}\)|[第]?[一二三四五六七八九十]{1,3}[、部类章]|◆|●|■)"
)
_FOOTER = re.compile(r"^第\s*\d+\s*页|^共\s*\d+\s*页|^-\s*\d+\s*-$")
_STEMS = frozenset("甲乙丙丁戊己庚辛")
_DIGITS = re.compile(r"\d{4,}")
_SHOWN = 16
_LONGEST_TOTAL = 24


class LineKind(StrEnum):
    """What a row under a header is."""

    RECORD = "record"
    BLANK = "blank"
    TOTAL = "total"
    NOTE = "note"
    HEADER = "header"
    GROUP = "group"
    UNFILLED = "unfilled"
    NEXT_TABLE = "next_table"


def kind_of(cells: Sequence[Cell], *, merged: bool, columns: Sequence[int]) -> LineKind:
    """Tell what a filled row is; ``merged`` when a range over three or more columns lies in it."""
    filled = [column for column, cell in enumerate(cells) if cell is not None]
    first = cells[filled[0]]
    if _is_total(cells, filled):
        return LineKind.TOTAL
    if not isinstance(first, str):
        return LineKind.RECORD
    text = _comparable(first)
    if _is_note(text, len(filled)) or _is_signature(text, cells, filled):
        return LineKind.NOTE
    if len(filled) == 1 and (merged or _GROUP.match(text) or filled[0] not in columns):
        return LineKind.GROUP
    return LineKind.RECORD


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _is_total(cells: Sequence[Cell], filled: list[int]) -> bool:
    """A total's word stands first, perhaps after a number, and little text that is no quantity follows it."""
    word = _total_word(cells)
    if not word or len(word) > _LONGEST_TOTAL:
        return False
    texts = [_comparable(cell) for column in filled if isinstance(cell := cells[column], str)]
    others = sum(1 for text in texts if not _QUANTITY.fullmatch(text)) - 1
    return bool(_TOTAL.fullmatch("".join(_comparable(word).split()))) and others * 3 <= max(len(cells), 3)


def _total_word(cells: Sequence[Cell]) -> str:
    """Return the first text among the first three filled cells, where a total says what it is, "" for none."""
    filled = [cell for cell in cells if cell is not None]
    return next((cell for cell in filled[:3] if isinstance(cell, str)), "")


def _is_note(first: str, count: int) -> bool:
    return count <= 2 and bool(_FOOTER.match(first) or _NOTE.match(first))


def _is_signature(first: str, cells: Sequence[Cell], filled: list[int]) -> bool:
    """The first words are 单位负责人: or the like, and at least half of the filled cells are of that sort."""
    if not _SIGNATURE.match(first):
        return False
    texts = [_comparable(cell_text(cells[column])) for column in filled]
    signed = sum(1 for text in texts if _SIGNATURE.search(text) or _SEALED.search(text))
    return len(texts) <= 2 or signed * 2 >= len(texts)


def is_part_total(cells: Sequence[Cell]) -> bool:
    """Tell whether a total speaks of a page or a group (小计, 本页合计, 道路类合计) and not of all rows."""
    return not _WHOLE_TOTAL.match("".join(_comparable(_total_word(cells)).split()))


def starts_other_table(titles: Sequence[str]) -> bool:
    """Tell whether a row is the header of another table: 序号 first, then titles without figures."""
    given = [title for title in titles if title]
    return len(given) >= 4 and given[0] in ORDINALS and not any(any(map(str.isdigit, one)) for one in given)


def is_numbering(cells: Sequence[Cell]) -> bool:
    """Tell whether a row only numbers the columns, as statistical forms do: 甲 乙 1 2 3."""
    texts = [_comparable(cell_text(cell)) for cell in cells if cell is not None]
    figures = [text.strip("()") for text in texts if text not in _STEMS]
    return len(texts) >= 4 and len(figures) >= 2 and figures == [str(number) for number in range(1, len(figures) + 1)]


def quoted(cells: Sequence[Cell]) -> str:
    """Return the beginning of a row for a list of skipped lines; long figures (phones) are hidden."""
    text = " ".join(filter(None, ("".join(cell_text(cell).split()) for cell in cells)))
    text = _DIGITS.sub("…", text)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"

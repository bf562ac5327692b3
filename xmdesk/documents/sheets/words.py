"""Headers made comparable: width, spaces, line breaks, punctuation and units in brackets do not matter."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORDS = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
_PER_YEAR = re.compile(r"\s*(?:/|每|一)\s*年$")
_UNITS = {
    "m2": "㎡",
    "平方米": "㎡",
    "平米": "㎡",
    "km": "公里",
    "千米": "公里",
    "m": "米",
    "圆": "元",
    "人民币元": "元",
    "万": "万元",
}
KNOWN_UNITS = ("元", "万元", "千元", "㎡", "公里", "米", "亩", "人", "个", "处", "户", "张", "学时", "小时", "%", "年")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a header without spaces and punctuation; words in brackets stay."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return a header without what stands in brackets."""
    return plain(_BRACKETED.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=8192)
def unit_of(text: str) -> str:
    """Return the unit that a header names in brackets or as its lowest title, in one spelling; empty when none."""
    text = unicodedata.normalize("NFKC", text)
    words = [found.group()[1:-1] for found in _BRACKETED.finditer(text)]
    if "/" in text:
        words.append(text.rpartition("/")[2])
    return next((unit for unit in map(_as_unit, words) if unit), "")


def is_unit(text: str) -> bool:
    """Tell whether a cell holds nothing but a unit: (㎡), 万元, 单位:元."""
    text = unicodedata.normalize("NFKC", text).strip()
    return bool(_as_unit(text.strip("()[]【】")))


def _as_unit(word: str) -> str:
    word = _PER_YEAR.sub("", word.strip().removeprefix("单位").strip(": "))
    unit = _UNITS.get(word.lower(), word)
    return unit if unit in KNOWN_UNITS else ""

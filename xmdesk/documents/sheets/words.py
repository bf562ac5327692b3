"""Headers made comparable: width, spaces, line breaks, punctuation and units in brackets do not matter."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORDS = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
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
    """Return the unit that a header names in brackets or after a colon, in one spelling; empty when none."""
    for found in _BRACKETED.findall(unicodedata.normalize("NFKC", text)):
        word = found[1:-1].strip().removeprefix("单位").strip(":： ")
        unit = _UNITS.get(word.lower(), word)
        if unit in KNOWN_UNITS or unit == "㎡":
            return unit
    return ""

"""Chinese numerals in small whole numbers: 二十三, 一千二, 二〇二六."""

import re

_DIGITS = {
    char: value
    for value, chars in enumerate(("〇○零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
ALL = "".join([*_DIGITS, *_UNITS, *_GROUPS])
_WORDS = re.compile(f"[{ALL}]{{1,20}}")


def chinese_digits(text: str) -> str:
    """Replace digit characters one by one (二〇二六 → 2026); other characters stay."""
    return "".join(str(_DIGITS.get(char, char)) for char in text)


def chinese_number(text: str) -> int | None:
    """Read a whole number written in words, also the spoken 一千二 (1200); ``None`` when it is not one."""
    if not _WORDS.fullmatch(text):
        return None
    if all(char in _DIGITS for char in text):
        return int(chinese_digits(text)) if len(text) <= 15 else None
    return _spoken_number(text)


def _spoken_number(text: str) -> int | None:
    total = section = digit = 0
    last_unit = 1
    pending = False
    for char in text:
        if char in _DIGITS:
            if pending and digit:
                return None
            digit, pending = _DIGITS[char], True
            last_unit = 1 if digit == 0 else last_unit
        elif char in _UNITS:
            section += (digit if pending else 1) * _UNITS[char]
            digit, pending, last_unit = 0, False, _UNITS[char]
        else:
            total = (total + section + digit) * _GROUPS[char]
            section, digit, pending, last_unit = 0, 0, False, _GROUPS[char]
    return total + section + digit * (last_unit // 10 if last_unit >= 100 else 1)

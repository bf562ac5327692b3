"""Folding Chinese text into lines: punctuation that may not begin or end a line, words and numbers kept whole.

Rules: GB/T 15834-2011 5.1 (placing of punctuation marks).
"""

from functools import lru_cache

from xmdesk.documents.fonts import Font, units

_NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’%‰℃…—～·,.;:!?)]}°″㎡\u2032\uff05")
_NOT_LAST = frozenset("（《「『【〔〈“‘([{￥¥$№")
_IN_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+.,%/:@_#*&'")


@lru_cache(maxsize=65536)
def fold(text: str, room: float, font: Font) -> tuple[str, ...]:
    """Fold text into lines of at most ``room`` points; a line break in the text is kept.

    A word wider than the room is cut; every line holds at least one character, so this always ends.
    """
    limit = room * 1000 / font.size + 0.01
    if "\n" not in text and units(text, font.face) <= limit:
        return (text,)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_folded(paragraph, limit, font.face))
    return tuple(lines)


def balanced(text: str, room: float, font: Font) -> tuple[str, ...]:
    """Fold a title or a head into as few lines as fit, all about equally long."""
    lines = fold(text, room, font)
    if len(lines) == 1 or "\n" in text:
        return lines
    narrow = font.width(text) / len(lines)
    while narrow < room:
        tried = fold(text, narrow, font)
        if len(tried) == len(lines):
            return tried
        narrow += font.size / 2
    return lines


def first_line(text: str, room: float, font: Font) -> str:
    """Return the text, shortened with … when it does not fit on one line."""
    if font.width(text) <= room:
        return text
    return fold(text, room - font.size, font)[0] + "…"


def _folded(text: str, limit: float, face: str) -> list[str]:
    lines: list[str] = []
    start = place = used = 0
    good = 0
    while place < len(text):
        advance = units(text[place], face)
        if place > start and _may_break(text[place - 1], text[place]):
            good = place
        if used + advance > limit and place > start and text[place] != " ":
            cut = good if good > start else place
            lines.append(text[start:cut].rstrip())
            start, used = cut, units(text[cut:place], face)
        used += advance
        place += 1
    lines.append(text[start:].rstrip())
    return lines


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return not (before in _IN_WORD and after in _IN_WORD)

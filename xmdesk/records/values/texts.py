"""Text and names of people, as they are stored: NFC, visible characters only, single spaces, nothing cut."""

import re
import unicodedata

from xmdesk.records.values.cells import Cell, narrow, open_cell
from xmdesk.records.values.reading import Bad, Note, Read

NAME_LIMIT = 50
FULL_LENGTH = 12
UPPER_LENGTHS = (6, 9)
_DOTS = "・．•‧⋅∙･·"
_DOT = re.compile(rf"\s*[{_DOTS}]\s*")
_PLAIN_DOT = re.compile(r"(?<=[^\x00-\x7f])\s*\.\s*(?=[^\x00-\x7f])")
_WIDE_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_WIDE_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")
_SEVERAL = re.compile(r"[、，,;；/]")
_ASIDE = re.compile(r"(?<=.)[(（]([^()（）]+)[)）]$")
_WHOLE_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇]{2,4}")
_LONGEST_OWN = 4
_OF_TWO = re.compile(
    "欧阳|上官|司马|诸葛|司徒|司空|东方|皇甫|尉迟|公孙|令狐|慕容|夏侯|端木|轩辕|长孙|宇文|呼延|南宫|西门|独孤|东郭|淳于|钟离|"
    "闻人|申屠|万俟|赫连|澹台|公冶|宗政|濮阳|太叔|公羊|仲孙|鲜于|闾丘|亓官|完颜|纳兰|拓跋"
)
"""Family names of two characters: in 欧阳 修远 the gap does not stand between two people."""


def clean_text(raw: object, limit: int, *, multiline: bool = False, none_answers: bool = False) -> Read[str]:
    """Read free text of at most ``limit`` characters (code points); longer text is refused, never cut.

    A leading ``= + - @`` stays: it is text. ``none_answers`` keeps 无 where it is an answer (经营权人).
    """
    cell = open_cell(raw, none_answers=none_answers)
    text = _lines(cell.text) if multiline else _one_line(cell.text)
    if len(text) > limit:
        raise Bad("V-TEXT-LONG", limit=limit, length=f"{len(text):,}")
    return Read(text, _text_notes(cell, text))


def read_name(raw: object) -> Read[str]:
    """Read the name of a person (F8): any Unicode letters, ``·`` between parts, no digits, no pictures."""
    cell = open_cell(raw)
    text = _WIDE_GAP.sub("", _one_line(_apart(cell.text)))
    dotted = _PLAIN_DOT.sub("·", _DOT.sub("·", text))
    if len(dotted) > NAME_LIMIT:
        raise Bad("V-TEXT-LONG", limit=NAME_LIMIT, length=f"{len(dotted):,}")
    _refuse_odd_name(dotted)
    notes = list(_text_notes(cell, text))
    if dotted != text:
        notes.append(Note("V-NAME-DOT"))
    if _SEVERAL.search(dotted):
        notes.append(Note("V-NAME-SEVERAL"))
    if aside := _ASIDE.search(dotted):
        notes.append(Note("V-NAME-ASIDE", {"aside": aside[1]}))
    return Read(dotted, tuple(notes))


def _apart(text: str) -> str:
    """Put a mark between whole names that stand side by side or below each other; 张 三 is one name, and so is 欧阳 修远."""
    parts = text.split()
    are_whole = len(parts) > 1 and all(map(_WHOLE_NAME.fullmatch, parts))
    is_one = are_whole and len("".join(parts)) <= _LONGEST_OWN and _OF_TWO.fullmatch(parts[0])
    return "、".join(parts) if are_whole and not is_one else text


def private_characters(text: str) -> tuple[str, ...]:
    """Code points from private-use areas (self-made characters of old systems), as ``U+E863``."""
    if text.isprintable() and "\ufffd" not in text:
        return ()
    found = {char for char in text if unicodedata.category(char) == "Co" or char == "\ufffd"}
    return tuple(f"U+{ord(char):04X}" for char in sorted(found))


def _one_line(text: str) -> str:
    joined = _WIDE_BREAK.sub("", "\n".join(text.splitlines()))
    return " ".join(joined.split())


def _lines(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _text_notes(cell: Cell, text: str) -> tuple[Note, ...]:
    notes = [Note("V-INVISIBLE")] if cell.invisible else list(cell.notes(text))
    private = private_characters(text)
    if private:
        notes.append(Note("V-PRIVATE-CHARACTERS", {"characters": "、".join(private[:5])}))
    return tuple(notes)


def _refuse_odd_name(name: str) -> None:
    if any(char.isdigit() for char in name):
        raise Bad("V-NAME-DIGITS")
    if any(unicodedata.category(char) in {"So", "Sk"} and char != "\ufffd" for char in name):
        raise Bad("V-NAME-EMOJI")
    if name and not any(_is_letter(char) for char in name):
        raise Bad("V-NAME-PUNCTUATION")


def _is_letter(char: str) -> bool:
    """Letters, 〇, self-made characters, and characters newer than this Python's Unicode table."""
    return unicodedata.category(char)[0] == "L" or unicodedata.category(char) in {"Nl", "Co", "Cn"}


def read_division_code(raw: object, *, takes_upper: bool = False) -> Read[str]:
    """Read a 12-digit statistical division code; shorter ones are refused, a lost leading 0 is named (BA11).

    ``takes_upper``: also the 9 digits of a township and the 6 of a district.
    """
    cell = open_cell(raw)
    code = "".join(narrow(cell.text).split()).lstrip("'")
    if code.endswith(".0"):
        code = code[:-2]
    if not code:
        return Read("", cell.notes())
    if not re.fullmatch(r"[0-9]+", code):
        raise Bad("V-DIVISION-CHARACTERS")
    if len(code) == 11:
        raise Bad("V-DIVISION-ZERO")
    if len(code) != FULL_LENGTH and not (takes_upper and len(code) in UPPER_LENGTHS):
        raise Bad("V-DIVISION-LENGTH", length=len(code))
    return Read(code, cell.notes(code))

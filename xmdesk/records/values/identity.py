"""Identity documents: the 18-character citizen number of GB 11643-1999, residence permits, passports and others."""

import re
from dataclasses import dataclass
from datetime import date

from xmdesk.clock import today
from xmdesk.records.values.cells import is_number, narrow, open_cell
from xmdesk.records.values.reading import Bad, Note, Read

CITIZEN = "1"
RESIDENCE = "2"
PASSPORT = "3"
OTHER = "9"

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_JUNK = re.compile(r"[\s\-‐‑‒–—−－'’‘`]+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
_PASSPORT_SHAPE = re.compile(r"[A-Z]{1,2}[0-9]{6,9}")
RESIDENCE_PREFIXES = ("81", "82", "83")
# GB/T 2260 province parts: 11 … 65, and the three residence-permit parts.
_PROVINCES = frozenset(
    f"{part}"
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for part in range(first, last + 1)
)


@dataclass(frozen=True)
class IdFacts:
    """What an 18-character number says about its holder; ``sex`` as in GB/T 2261.1 (1 male, 2 female)."""

    birth: date
    sex: str


def read_id(raw: object, *, doc_type: str = CITIZEN) -> Read[str]:
    """Read a document number for a document type: 1 citizen, 2 residence permit, 3 passport, 9 other.

    Messages carry no digit of the number. Numeric cells are refused: sheets keep 15 digits only and zero the rest.
    """
    if doc_type == PASSPORT:
        return _read_passport(raw)
    if doc_type == OTHER:
        return _read_other(raw)
    if is_number(raw) or isinstance(raw, bool):
        raise Bad("V-ID-NUMERIC")
    cell = open_cell(raw)
    number = _squeezed(cell.text)
    if not number:
        return Read("", cell.notes())
    _refuse_shape(number)
    _refuse_prefix(number, doc_type=doc_type)
    if _birth(number) is None:
        raise Bad("V-ID-BIRTH")
    if check_character(number) != number[17]:
        raise Bad("V-ID-CHECK")
    notes = cell.notes(number)
    return Read(number, notes if number[:2] in _PROVINCES else (*notes, Note("V-ID-REGION")))


def read_any_id(raw: object) -> Read[str]:
    """Read a number whose document type is not at hand: residence permits, passports and officers' cards by their shape.

    Whether number and type belong together is for the checks to say; a damaged citizen number is still refused here.
    """
    return read_id(raw, doc_type=_type_by_shape(_squeezed(raw)) if isinstance(raw, str) else CITIZEN)


def _type_by_shape(number: str) -> str:
    if number.startswith(RESIDENCE_PREFIXES):
        return RESIDENCE
    if "字" in number:
        return OTHER
    return PASSPORT if number[:1].isalpha() and number.isascii() and not _SCIENTIFIC.fullmatch(number) else CITIZEN


def check_character(number: str) -> str:
    """Return the ISO 7064 MOD 11-2 check character for the first 17 digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11]


def id_facts(number: str) -> IdFacts | None:
    """Birth date and sex from a valid citizen or residence number; ``None`` for anything else."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or check_character(number) != number[17]:
        return None
    birth = _birth(number)
    return None if birth is None else IdFacts(birth, "1" if int(number[16]) % 2 else "2")


def mask_id(number: str) -> str:
    """First 6 and last 4 of 18 characters; shorter numbers show at most a third, so nothing can be pieced together."""
    length = len(number)
    head, tail = (6, 4) if length >= 18 else (length // 6, length // 6)
    return number[:head] + "*" * (length - head - tail) + number[length - tail :]


def _squeezed(text: str) -> str:
    return _JUNK.sub("", narrow(text)).upper()


def _refuse_shape(number: str) -> None:
    if _SCIENTIFIC.fullmatch(number):
        raise Bad("V-ID-NUMERIC")
    if _PASSPORT_SHAPE.fullmatch(number) or "字" in number:
        raise Bad("V-ID-OTHER-DOCUMENT")
    if not re.fullmatch(r"[0-9]*[0-9X]", number):
        raise Bad("V-ID-CHARACTERS")
    if re.fullmatch(r"[0-9]{15}", number):
        raise Bad("V-ID-OLD")
    if len(number) != 18:
        raise Bad("V-ID-LENGTH", length=len(number))


def _refuse_prefix(number: str, *, doc_type: str) -> None:
    is_residence = number.startswith(RESIDENCE_PREFIXES)
    if doc_type == RESIDENCE and not is_residence:
        raise Bad("V-ID-NOT-RESIDENCE")
    if doc_type != RESIDENCE and is_residence:
        raise Bad("V-ID-RESIDENCE")


def _birth(number: str) -> date | None:
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return birth if date(1900, 1, 1) <= birth <= today() else None


def _read_passport(raw: object) -> Read[str]:
    cell = open_cell(raw)
    number = _squeezed(cell.text)
    if number and not re.fullmatch(r"[A-Z0-9]{5,20}", number):
        raise Bad("V-PASSPORT")
    return Read(number, _document_notes(number) or cell.notes(number))


def _read_other(raw: object) -> Read[str]:
    cell = open_cell(raw)
    number = "".join(narrow(cell.text).split()).upper()
    if number and (len(number) < 4 or len(number) > 30 or not any(char.isdigit() for char in number)):
        raise Bad("V-DOCUMENT")
    return Read(number, _document_notes(number) or cell.notes(number))


def _document_notes(number: str) -> tuple[Note, ...]:
    return (Note("V-ID-IS-CITIZEN"),) if id_facts(number) else ()

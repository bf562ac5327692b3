"""Unified social credit codes, GB 32100-2015, with the organisation code of GB 11714 inside."""

import re

from xmdesk.records.values.cells import is_number, narrow, open_cell
from xmdesk.records.values.reading import Bad, Note, Read

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_INNER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_JUNK = re.compile(r"[\s\-‐‑‒–—−'’‘`]+")


def read_credit_code(raw: object) -> Read[str]:
    """Read an 18-character code; any legal character may stand second (N2… village collectives are valid)."""
    if is_number(raw):
        raise Bad("V-CREDIT-NUMERIC")
    cell = open_cell(raw)
    code = _JUNK.sub("", narrow(cell.text)).upper()
    if not code:
        return Read("", cell.notes())
    if not re.fullmatch(r"[0-9A-Z]+", code) or set(code) - set(ALPHABET):
        raise Bad("V-CREDIT-CHARACTERS")
    if len(code) != 18:
        raise Bad("V-CREDIT-LENGTH", length=len(code))
    if credit_check(code) != code[17]:
        raise Bad("V-CREDIT-CHECK")
    notes = cell.notes(code)
    return Read(code, notes if organisation_check(code[8:16]) == code[16] else (*notes, Note("V-CREDIT-INNER")))


def credit_check(code: str) -> str:
    """Return the check character for the first 17 characters (weights 3^(i-1) mod 31)."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(code[:17], _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(body: str) -> str:
    """Return the GB 11714 check character of an eight-character organisation code."""
    total = sum(_INNER.index(char) * weight for char, weight in zip(body, _INNER_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]

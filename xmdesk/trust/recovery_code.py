"""The printed recovery code: 125 random bits, typed back by people from paper.

Crockford's alphabet (no I L O U), 25 characters and one check character, five groups. The check character is a weighted
sum in GF(32): it catches every single wrong character and every swap of two characters.
"""

import secrets
import unicodedata

from xmdesk.errors import WrongUse

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 25
_FIELD = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Make a fresh code as printed: ``XXXXX-XXXXX-XXXXX-XXXXX-XXXXXC``."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return printed(body + _check_character(body))


def printed(code: str) -> str:
    """Groups of five joined by hyphens; the check character ends the last group."""
    groups = [code[start : start + 5] for start in range(0, LENGTH - 5, 5)]
    return "-".join([*groups, code[LENGTH - 5 :]])


def read_code(typed: str) -> str:
    """Return the 26 characters of a code as somebody typed it, or refuse (``WrongUse``) a slip of the pen.

    Case, full-width forms, spaces and hyphens do not matter; O counts as 0, I and L as 1.
    """
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_LOOKALIKES)
    code = "".join(char for char in plain if char.isalnum())
    if len(code) != LENGTH + 1 or not set(code) <= set(ALPHABET):
        raise WrongUse("T-RECOVERY-FORM", length=LENGTH + 1, found=len(code))
    if _check_character(code[:LENGTH]) != code[LENGTH]:
        raise WrongUse("T-RECOVERY-TYPO")
    return code


def _check_character(body: str) -> str:
    total = 0
    weight = 2
    for char in body:
        total ^= _product(ALPHABET.index(char), weight)
        weight = _product(weight, 2)
    return ALPHABET[total]


def _product(left: int, right: int) -> int:
    result = 0
    while right:
        if right & 1:
            result ^= left
        left <<= 1
        if left & 32:
            left ^= _FIELD
        right >>= 1
    return result

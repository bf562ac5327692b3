"""What may serve as a password, and how people's typing becomes key material."""

import unicodedata
from functools import cache
from itertools import pairwise

from xmdesk.errors import WrongUse
from xmdesk.paths import resource

SHORTEST = 8


def normalised(password: str) -> str:
    """NFKC form, so that full-width typing in an input method opens the same box as plain typing."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str) -> None:
    """Refuse (``WrongUse``) passwords under eight characters and those that everybody tries first.

    The length is counted after NFKC. No composition rules and no forced change: OWASP Authentication Cheat Sheet.
    """
    plain = normalised(password)
    if len(plain) < SHORTEST:
        raise WrongUse("T-PASSWORD-SHORT", shortest=SHORTEST)
    if _is_common(plain.casefold()):
        raise WrongUse("T-PASSWORD-COMMON")


def joint_password(first: str, second: str) -> str:
    """One password out of two officers' passphrases, for slots that only two people together can open.

    Lengths are written in front, so no other pair of texts gives the same result.
    """
    one, two = normalised(first), normalised(second)
    return f"{len(one)}:{one}{len(two)}:{two}"


@cache
def _common() -> frozenset[str]:
    lines = resource("codes", "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_common(plain: str) -> bool:
    steps = {ord(right) - ord(left) for left, right in pairwise(plain)}
    is_run = len(steps) == 1 and steps <= {-1, 0, 1}
    return is_run or len(set(plain)) <= 2 or plain in _common()

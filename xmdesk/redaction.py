"""Numbers of people never stand whole in messages, places and logs (contracts.md, General; trust.md 4.3).

File names, headers and whatever else was typed may hold them; what is said about those shows the mask of the whole product:
first six and last four digits of an identity number, first three and last four of a mobile phone (domain.md F7).
"""

import logging
import re

_LONG = re.compile(r"\d{11}")
_IDENTITY = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")


def redacted(text: str) -> str:
    """Return the text with identity numbers (15 or 18 characters) and mobile phones masked."""
    if not _LONG.search(text):
        return text
    return _MOBILE.sub(r"\1****\2", _IDENTITY.sub(_masked, text))


def _masked(found: re.Match[str]) -> str:
    number = found[0]
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


class Redacting(logging.Formatter):
    """Formats a line of the log without any number of a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return redacted(super().format(record))

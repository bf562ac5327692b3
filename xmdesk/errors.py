"""Acts that could not be done and about which a person can do something. Words: ``resources/wording``.

Four families decide the exit code of the command line (contracts: 1 findings, 2 usage, 3 environment, 4 refused for
safety); the stable ``code`` names the cause.
"""

from typing import Any, ClassVar

from xmdesk.problems import Severity
from xmdesk.redaction import redacted
from xmdesk.wording import sentence


class XmError(Exception):
    """Heading, what happened, what to do: one dialog or one line on the terminal."""

    exit_code: ClassVar[int] = 3

    def __init__(self, code: str, /, **facts: Any) -> None:
        words = sentence(code)
        self.code = code
        self.facts = facts
        self.heading = words.heading.format(**facts)
        self.happened = redacted(words.text.format(**facts))
        self.to_do = redacted(words.to_do.format(**facts))
        self.command = words.command
        super().__init__(code)

    def as_json(self) -> dict[str, object]:
        """Return the shape of a problem, so that every JSON answer speaks one language: that of the command line."""
        return {
            "code": self.code,
            "severity": str(Severity.ERROR),
            "where": {},
            "text": self.happened,
            "to_do": f"{self.to_do}{self.command}",
        }


class Unfit(XmError):
    """The request is understood and nothing is in the way: what was given does not fit, which is a finding."""

    exit_code: ClassVar[int] = 1


class WrongUse(XmError):
    """The request itself cannot be understood."""

    exit_code: ClassVar[int] = 2


class Fault(XmError):
    """The surroundings do not allow it: not found, in use, damaged, full, wrong password."""

    exit_code: ClassVar[int] = 3


class Refused(XmError):
    """Refused for safety: bad signature, unknown signer, hostile file."""

    exit_code: ClassVar[int] = 4

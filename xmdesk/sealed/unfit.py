"""The one way in which reading a foreign file stops early."""

from typing import Any


class Unfit(Exception):
    """A file or content is not as our exporter writes it; ``code`` names the sentence in ``resources/wording``.

    It never leaves the layer: verification turns it into a finding, sealing into a refusal.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def need(holds: object, code: str = "R-STRUCTURE") -> None:
    """Stop with a code unless the condition holds."""
    if not holds:
        raise Unfit(code)

"""Faults whose answer the program knows: what to put in place of the text, as its own sentence says."""

import re

from xmdesk.problems import Problem

_ANSWERS = {
    "V-NUMBER-WORDS": re.compile(r"请写成 (\S+?)。"),
    "V-CHOICE-NEAR": re.compile(r"是否指“([^“”]+)”？"),
}
"""Found in the sentence, which is kept with a row that waits; where it names several, nobody knows the answer."""


def proposal(found: Problem) -> str:
    """Return the text that would mend a cell, "" where a person has to know."""
    answer = _ANSWERS[found.code].search(found.to_do) if found.code in _ANSWERS else None
    return answer[1] if answer else ""

"""The rolls (db/roll.py) of a book and what was asked of it lately."""

from collections.abc import Hashable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.roll import Roll

MOST: Final = 150_000
"""Registers of more rows are searched in the file: their texts would fill the memory of an old computer."""
KEPT_ANSWERS: Final = 6


class Rolls:
    """The rolls of a book and what was asked of it lately; every committed change is told to it. For any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rolls: dict[str, Roll] = {}
        self._asked: dict[Hashable, Sequence[str]] = {}
        self._number = 0

    @property
    def number(self) -> int:
        """How many changes were told; what was read before a change is not kept after it."""
        return self._number

    def has(self, key: str) -> bool:
        """Whether a register has a roll."""
        return key in self._rolls

    def keep(self, key: str, roll: "Roll", number: int) -> None:
        """Keep a roll that was read when so many changes had been told."""
        with self._lock:
            if number == self._number:
                self._rolls[key] = roll

    @property
    def warm(self) -> list[str]:
        """The registers that have a roll."""
        return [*self._rolls]

    def find(self, key: str, words: Sequence[Sequence[str]], gone: Sequence[str]) -> Sequence[str] | None:
        """Return what answers every word, or another way of writing it, in the roll of a register, without those of
        ``gone``; None where there is none.
        """
        with self._lock:
            roll = self._rolls.get(key)
            return None if roll is None or not words else roll.find(words, gone)

    def every(self, key: str, gone: Sequence[str]) -> Sequence[str] | None:
        """Return the uids of a register in their order, without those of ``gone``; None where it has no roll."""
        with self._lock:
            roll = self._rolls.get(key)
            return None if roll is None else roll.every(gone)

    def recall(self, question: Hashable) -> Sequence[str] | None:
        """Return the answer to a question asked since the last change."""
        return self._asked.get(question)

    def remember(self, question: Hashable, answer: Sequence[str], number: int) -> None:
        """Keep an answer until the next change; of many questions only the last ones."""
        with self._lock:
            if number == self._number:
                self._asked[question] = answer
                while len(self._asked) > KEPT_ANSWERS:
                    self._asked.pop(next(iter(self._asked)))

    def forget_answers(self) -> None:
        """Something was committed: what was read before does not count any more."""
        with self._lock:
            self._number += 1
            self._asked.clear()

    def tell(self, changed: Mapping[str, Mapping[str, str | None] | None]) -> None:
        """Learn the texts that a committed change left in each roll, by uid, None for what is gone; no texts: too many."""
        with self._lock:
            self._number += 1
            self._asked.clear()
            for key in [*self._rolls]:
                texts = changed.get(key)
                if texts is None or (texts and not self._rolls[key].lay_over(texts)):
                    del self._rolls[key]

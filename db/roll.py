"""The searched texts of large registers, held in memory: SQLite would decrypt and read all of them at every letter typed."""

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import compress
from threading import Lock
from typing import Final

MOST: Final = 150_000
"""Registers of more rows are searched in the file: their texts would fill the memory of an old computer."""
FEW: Final = 2_000
"""So many changes are laid over a roll; after more it is made anew when next asked for."""
KEPT_ANSWERS: Final = 4
SHARED_BY: Final = 8
"""A line that so many rows have (the owner of every facility) is looked at once and not in every row."""
BROAD: Final = 8
"""A line that more than an eighth of the rows have is kept as a mask over all rows."""


class Roll:
    """The texts of one register. Lines that many rows share stand apart, with the rows that have them."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        held = [(uid, text.encode()) for uid, text in pairs]
        counted = Counter(line for _, text in held for line in text.split(b"\n"))
        self._uids = [uid for uid, _ in held]
        self._shared = {line: array("I") for line, count in counted.items() if count >= SHARED_BY}
        self._own = [self._sort_in(place, text) for place, (_, text) in enumerate(held)]
        self._broad = {line: self._mask(places) for line, places in self._shared.items() if self._is_broad(places)}
        for line in self._broad:
            del self._shared[line]
        self._fresh: dict[str, bytes | None] = {}

    def _sort_in(self, place: int, text: bytes) -> bytes:
        own: list[bytes] = []
        for line in text.split(b"\n"):
            if line in self._shared:
                self._shared[line].append(place)
            else:
                own.append(line)
        return b"\n".join(own)

    def _is_broad(self, places: Sequence[int]) -> bool:
        return len(places) * BROAD > len(self._uids)

    def _mask(self, places: Sequence[int]) -> int:
        mask = bytearray(len(self._uids))
        for place in places:
            mask[place] = 1
        return int.from_bytes(mask, "little")

    def find(self, words: Sequence[str]) -> list[str]:
        """Return the uids, in their order, of the rows in which every word stands."""
        sought = [word.encode() for word in words]
        mask = self._rows(sought[0])
        for word in sought[1:]:
            mask &= self._rows(word)
        uids = list(compress(self._uids, mask.to_bytes(len(self._uids), "little")))
        if not self._fresh:
            return uids
        kept = [uid for uid in uids if uid not in self._fresh]
        more = [uid for uid, text in self._fresh.items() if text is not None and all(one in text for one in sought)]
        return sorted(kept + more)

    def _rows(self, word: bytes) -> int:
        """The rows in which a word stands: a number with one byte for each row, 1 where it does."""
        mask = bytearray([word in text for text in self._own])
        for line, places in self._shared.items():
            if word in line:
                for place in places:
                    mask[place] = 1
        found = int.from_bytes(mask, "little")
        for line, broad in self._broad.items():
            if word in line:
                found |= broad
        return found

    def lay_over(self, changed: Mapping[str, str | None]) -> bool:
        """Take changed texts, None for what is gone; tells whether they were few enough."""
        self._fresh.update({uid: None if text is None else text.encode() for uid, text in changed.items()})
        return len(self._fresh) <= FEW


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

    def keep(self, key: str, roll: Roll, number: int) -> None:
        """Keep a roll that was read when so many changes had been told."""
        with self._lock:
            if number == self._number:
                self._rolls[key] = roll

    def find(self, key: str, words: Sequence[str]) -> list[str] | None:
        """Return what answers in the roll of a register; None where there is none."""
        with self._lock:
            roll = self._rolls.get(key)
            return None if roll is None or not words else roll.find(words)

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

    def tell(self, touched: Mapping[str, Mapping[str, str | None]]) -> None:
        """Learn what a committed change touched: the new texts by register and uid, None for what is gone."""
        with self._lock:
            self._number += 1
            self._asked.clear()
            for key, changed in touched.items():
                if key in self._rolls and not self._rolls[key].lay_over(changed):
                    del self._rolls[key]

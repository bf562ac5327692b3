"""Which line of a grouped table is the head of a group and which a record; folded groups show their head alone."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Mapping, Sequence
from itertools import accumulate
from typing import Protocol


class Head(Protocol):
    """What the head of a group shows: the shared value, how many records, sums by column."""

    @property
    def key(self) -> Hashable:
        """The shared value itself: two groups may read the same."""
        ...

    @property
    def label(self) -> str:
        """What the records have in common."""
        ...

    @property
    def count(self) -> int:
        """How many records."""
        ...

    @property
    def totals(self) -> Mapping[str, str]:
        """Sums by name of the column."""
        ...

    @property
    def words(self) -> Mapping[str, str]:
        """The same sums with the label of the column before them."""
        ...


class Sections:
    """Lines and places: a *line* is a row of the table, a *place* the number of a record in the order of rows."""

    def __init__(self, heads: Sequence[Head], folded: Collection[str]) -> None:
        self._heads = heads
        self._folded = [one.label in folded for one in heads]
        sizes = [1 if shut else 1 + one.count for one, shut in zip(heads, self._folded, strict=True)]
        self._starts = [0, *accumulate(sizes)]
        self._firsts = [0, *accumulate(one.count for one in heads)]

    def __len__(self) -> int:
        """How many lines."""
        return self._starts[-1]

    def head(self, line: int) -> Head | None:
        """The head that stands in a line, or nothing where a record does."""
        number = bisect_right(self._starts, line) - 1
        return self._heads[number] if number < len(self._heads) and self._starts[number] == line else None

    def is_folded(self, line: int) -> bool:
        """Whether the group of a line is folded."""
        return self._folded[self._number(line)]

    def place(self, line: int) -> int:
        """The place of the record in a line; -1 for a head and beyond the end."""
        if not 0 <= line < len(self):
            return -1
        number = self._number(line)
        inside = line - self._starts[number]
        return self._firsts[number] + inside - 1 if inside else -1

    def line(self, place: int) -> int:
        """The line of a record; -1 while its group is folded."""
        number = bisect_right(self._firsts, place) - 1
        return -1 if self._folded[number] else self._starts[number] + 1 + place - self._firsts[number]

    def head_line(self, line: int) -> int:
        """The line of the head above a line."""
        return self._starts[self._number(line)]

    def head_of(self, place: int) -> Head:
        """The head of the group in which a record stands."""
        return self._heads[bisect_right(self._firsts, place) - 1]

    def heads_within(self, first: int, last: int) -> int:
        """How many heads stand in these lines."""
        return bisect_right(self._starts, last, hi=len(self._heads)) - bisect_left(
            self._starts, first, hi=len(self._heads)
        )

    def _number(self, line: int) -> int:
        return bisect_right(self._starts, line) - 1

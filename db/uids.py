"""Many uids in little room: a text of uids one after the other, read as a sequence."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast, overload

WIDTH: Final = 36
STEPS: Final = 16
"""Finding a uid among ascending ones costs about so many looks."""


class Uids(Sequence[str]):
    """A million uids in 36 MB, made in one piece by SQLite (``group_concat``); all are 36 characters long."""

    __slots__ = ("_text",)
    __hash__ = None  # type: ignore[assignment]  # like a list

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def packed(cls, uids: Sequence[str]) -> Sequence[str]:
        """Return the uids in little room where that is possible."""
        return cls("".join(uids)) if set(map(len, uids)) == {WIDTH} else uids

    def __len__(self) -> int:
        """How many."""
        return len(self._text) // WIDTH

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """One uid, or a list of some."""
        if isinstance(at, slice):
            return [self._one(place) for place in range(*at.indices(len(self)))]
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(at)
        return self._one(place)

    def __iter__(self) -> Iterator[str]:
        """One after the other."""
        return map(self._one, range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Whether the other holds the same uids in the same order; quick between two of this kind."""
        if isinstance(other, Uids):
            return self._text == other._text
        if not isinstance(other, list | tuple) or len(self) != len(cast("Sequence[str]", other)):
            return False
        return all(mine == one for mine, one in zip(self, cast("Sequence[str]", other), strict=True))

    def __contains__(self, uid: object) -> bool:
        """Whether a uid is among them."""
        return isinstance(uid, str) and self._find(uid) >= 0

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the place of a uid; ``ValueError`` where it is not there."""
        place = self._find(str(value))
        if place < start or (stop is not None and place >= stop):
            raise ValueError(value)
        return place

    def without(self, gone: Sequence[str]) -> "Uids":
        """Return those that are not among these; all stand here in ascending order."""
        kept: list[str] = []
        begin, places = 0, range(len(self))
        for uid in sorted(gone):
            place = bisect_left(places, uid, lo=begin, key=self._one)
            if place < len(self) and self._one(place) == uid:
                kept.append(self._text[begin * WIDTH : place * WIDTH])
                begin = place + 1
        return Uids("".join([*kept, self._text[begin * WIDTH :]]))

    def _one(self, place: int) -> str:
        return self._text[place * WIDTH : (place + 1) * WIDTH]

    def _find(self, uid: str) -> int:
        """The place of a uid; what stands across two of them is none."""
        at = self._text.find(uid) if len(uid) == WIDTH else -1
        while at > 0 and at % WIDTH:
            at = self._text.find(uid, at + 1)
        return at // WIDTH if at >= 0 else -1


def left_of(uids: Sequence[str], gone: Sequence[str], *, ascending: bool = False) -> Sequence[str]:
    """Return the uids that are not among those gone, in their order; many ``ascending`` ones are not looked at one by one."""
    if not gone or not uids:
        return uids
    if ascending and isinstance(uids, Uids) and len(gone) * STEPS < len(uids):
        return uids.without(gone)
    passed = set(gone)
    return Uids.packed([uid for uid in uids if uid not in passed])

"""The searched texts of a large register, held in memory: SQLite would decrypt and read all of them at every letter typed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from db.uids import WIDTH, Uids

FEW: Final = 2_000
"""So many changes are laid over a roll; after more it is made anew when next asked for."""
SHARED_BY: Final = 8
"""A line that so many rows have (the owner of every facility) is looked at once and not in every row."""
BROAD: Final = 8
"""A line that more than an eighth of the rows have is kept as a mask over all rows."""

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


class Roll:
    """The texts of one register, rows in the order of uids.

    Lines that many rows share stand apart, with the rows that have them; all others stand one after the other in one
    piece of memory, each row ended by a zero byte.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        held = [(uid, text.encode()) for uid, text in pairs]
        counted = Counter(line for _, text in held for line in text.split(b"\n"))
        shared: dict[bytes, list[int]] = {line: [] for line, count in counted.items() if count >= SHARED_BY}
        own = [_own_lines(text, place, shared) for place, (_, text) in enumerate(held)]
        self._uids = np.array([uid.encode() for uid, _ in held] or [b""], dtype=np.bytes_)[: len(held)]
        self._text = np.frombuffer(b"".join(own), dtype=np.uint8)
        self._starts = np.array([0, *accumulate(map(len, own))], dtype=np.intp)[:-1]
        self._often = np.bincount(self._text, minlength=256)
        self._shared: dict[bytes, Places] = {}
        self._broad: dict[bytes, Mask] = {}
        for line, places in shared.items():
            if len(places) * BROAD > len(held):
                self._broad[line] = self._mask(places)
            else:
                self._shared[line] = np.array(places, dtype=np.intp)
        self._fresh: dict[str, bytes | None] = {}
        self._stays = np.ones(len(held), dtype=np.bool_)

    def find(self, words: Sequence[Sequence[str]], gone: Sequence[str] = ()) -> Sequence[str]:
        """Return the uids, in their order, of the rows in which every word stands, in one of its ways of writing; those of
        ``gone`` are left out.
        """
        sought = [[way.encode() for way in word] for word in words]
        mask = self._stays.copy()
        for ways in sought:
            mask &= np.logical_or.reduce([self._rows(way) for way in ways])
        passed = set(gone)
        more = [uid for uid, text in self._fresh.items() if text and uid not in passed and _has_all(text, sought)]
        return self._merged(mask & ~self._among(gone), more)

    def every(self, gone: Sequence[str] = ()) -> Sequence[str]:
        """Return the uids of all rows in their order; those of ``gone`` are left out."""
        passed = set(gone)
        more = [uid for uid, text in self._fresh.items() if text is not None and uid not in passed]
        return self._merged(self._stays & ~self._among(gone), more)

    def lay_over(self, changed: Mapping[str, str | None]) -> bool:
        """Take changed texts, None for what is gone; tells whether they were few enough."""
        self._fresh.update({uid: None if text is None else text.encode() for uid, text in changed.items()})
        if len(self._fresh) > FEW:
            return False
        self._stays &= ~self._among([*changed])
        return True

    def _among(self, uids: Sequence[str]) -> Mask:
        """The rows of these uids."""
        if not uids or not self._uids.size:
            return self._mask([])
        wanted = np.array([uid.encode() for uid in uids], dtype=np.bytes_)
        places = np.searchsorted(self._uids, wanted).clip(max=self._uids.size - 1)
        return self._mask(places[self._uids[places] == wanted])

    def _merged(self, mask: Mask, more: Sequence[str]) -> Sequence[str]:
        """The uids under the mask and these, in their order."""
        found = self._uids[mask]
        if more:
            added = np.sort(np.array([uid.encode() for uid in more], dtype=np.bytes_))
            found = np.insert(found.astype(np.result_type(found, added)), np.searchsorted(found, added), added)
        if found.dtype.itemsize == WIDTH and np.char.str_len(found).min(initial=WIDTH) == WIDTH:
            return Uids(found.tobytes().decode())
        return [uid.decode() for uid in found.tolist()]

    def _rows(self, word: bytes) -> Mask:
        """The rows in which a word stands."""
        mask = self._own_rows(word)
        for line, places in self._shared.items():
            if word in line:
                mask[places] = True
        for line, broad in self._broad.items():
            if word in line:
                mask |= broad
        return mask

    def _own_rows(self, word: bytes) -> Mask:
        """As :meth:`_rows`, in what the rows do not share; its rarest byte is looked for first."""
        if not self._starts.size:
            return self._mask([])
        if len(word) == 1:
            return np.logical_or.reduceat(self._text == word[0], self._starts)
        first, *others = sorted(range(len(word)), key=lambda at: self._often[word[at]])
        if not self._often[word[first]]:
            return self._mask([])
        places = np.flatnonzero(self._text == word[first]) - first
        places = places[(places >= 0) & (places <= self._text.size - len(word))]
        for at in others:
            places = places[self._text[places + at] == word[at]]
        return self._mask(np.searchsorted(self._starts, places, side="right") - 1)

    def _mask(self, places: "Sequence[int] | Places") -> Mask:
        mask = np.zeros(len(self._uids), dtype=np.bool_)
        mask[np.asarray(places, dtype=np.intp)] = True
        return mask


def _has_all(text: bytes, sought: Sequence[Sequence[bytes]]) -> bool:
    return all(any(way in text for way in ways) for ways in sought)


def _own_lines(text: bytes, place: int, shared: dict[bytes, list[int]]) -> bytes:
    """The lines of a row that are its own; the others note the row."""
    own: list[bytes] = []
    for line in text.split(b"\n"):
        if line in shared:
            shared[line].append(place)
        else:
            own.append(line)
    return b"\n".join(own) + b"\0"

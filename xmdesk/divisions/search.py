"""Finds divisions by typed words in the national list: characters, readings, initials, or a code to start with.

Names that begin with the word come first, then higher levels, then lower codes. One pass of a compiled pattern over
the symbols of a level takes about 10 ms for all villages, so no index is kept.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from xmdesk.divisions.codes import Division, Level
from xmdesk.divisions.spelling import Patterns, Speller
from xmdesk.divisions.table import FIRST, Table
from xmdesk.pinyin import words

UPPER = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.TOWNSHIP)
UNIT_ENDS = re.compile("(?<=[省市区县旗州盟镇乡])|(?<=街道)")


class Search:
    """Searches one table; it keeps the names in memory once the first search was made (about 5 MB)."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._speller = Speller(table)

    def find(self, query: str, *, within: str, limit: int) -> list[Division]:
        """At most ``limit`` entries whose code begins with ``within``; a word of digits narrows like ``within``."""
        typed = words(query)
        starts = [word for word in typed if word.isdecimal()]
        spoken = [word for word in typed if word not in starts]
        scopes = _both({within}, *({start} for start in starts))
        if not spoken:
            found = self._by_code(scopes) if starts else iter(())
            return list(islice(found, limit))
        found = self._by_words(spoken, scopes, limit)
        if not found and len(spoken) == 1:
            pieces = [piece for piece in UNIT_ENDS.split(spoken[0]) if piece]
            found = self._by_words(pieces, scopes, limit) if len(pieces) > 1 else []
        return found

    def _by_code(self, scopes: set[str]) -> Iterator[Division]:
        for level in UPPER:
            for scope in sorted(scopes):
                yield from self._table.divisions(level, self._places(level, scope))
        for scope in sorted(scopes):
            for township in self._places(Level.TOWNSHIP, scope[:9]):
                yield from (one for one in self._table.villages(township) if one.code.startswith(scope))

    def _by_words(self, spoken: list[str], scopes: set[str], limit: int) -> list[Division]:
        """Each word in turn, the last first, is the entry's own; the others must stand in what it belongs to."""
        found: dict[str, Division] = {}
        for own in reversed(range(len(spoken))):
            above = [self._codes_named(word) for place, word in enumerate(spoken) if place != own]
            inside = _both(scopes, *above)
            patterns = self._speller.patterns(spoken[own])
            for one in self._matching(patterns, sorted(inside), limit) if inside else []:
                found.setdefault(one.code, one)
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def _codes_named(self, word: str) -> set[str]:
        """Codes above village level whose name holds the word."""
        pattern = self._speller.patterns(word).names
        found: set[str] = set()
        for level in UPPER if pattern else ():
            starts, codes = self._table.starts(level), self._table.codes(level)
            hits = pattern.finditer(self._table.text(level)) if pattern else ()
            found.update(str(codes[bisect_right(starts, hit.start()) - 1]) for hit in hits)
        return found

    def _matching(self, patterns: Patterns, scopes: list[str], limit: int) -> list[Division]:
        """Entries that begin with the word, then entries that hold it, then those whose usual ending holds it."""
        begin: dict[str, Division] = {}
        hold: dict[str, Division] = {}
        for level in Level if patterns.names else ():
            opening, later = self._hits(patterns.names, level, scopes, limit) if patterns.names else ([], [])
            for kept, hits in ((begin, opening), (hold, later)):
                entries = self._entries(level, hits, scopes)
                kept.update((one.code, one) for one in islice(entries, limit - len(kept)))
            if len(begin) >= limit:
                break
        found = begin | hold
        if patterns.endings and len(found) < limit:
            ends = self._ending_hits(patterns.endings, scopes)
            for one in chain.from_iterable(self._entries(level, [hit], scopes) for level, hit in ends):
                found.setdefault(one.code, one)
                if len(found) >= limit:
                    break
        return list(found.values())[:limit]

    def _hits(
        self, pattern: re.Pattern[str], level: Level, scopes: list[str], limit: int
    ) -> tuple[list[int], list[int]]:
        """Symbol offsets of hits that open a name, and of the first others."""
        text = self._table.text(level)
        opening: list[int] = []
        later: list[int] = []
        for first, last in self._stretches(level, scopes):
            for hit in pattern.finditer(text, first, last):
                place = hit.start()
                if text[place - 1] < chr(FIRST):
                    opening.append(place)
                    if len(opening) >= limit:
                        return opening, later
                elif len(later) < limit * 2:
                    later.append(place)
        return opening, later

    def _ending_hits(self, pattern: re.Pattern[str], scopes: list[str]) -> Iterator[tuple[Level, int]]:
        for level in Level:
            text = self._table.text(level)
            for first, last in self._stretches(level, scopes):
                yield from ((level, hit.start()) for hit in pattern.finditer(text, first, last))

    def _stretches(self, level: Level, scopes: list[str]) -> list[tuple[int, int]]:
        """Symbol offsets that the scopes cover, neighbours joined; a scope finer than a township covers all of it."""
        starts = self._table.starts(level)
        found: list[tuple[int, int]] = []
        for scope in scopes:
            places = self._places(min(level, Level.TOWNSHIP), scope[:9] if level is Level.VILLAGE else scope)
            first, last = starts[places.start], starts[places.stop]
            if found and found[-1][1] == first:
                found[-1] = (found[-1][0], last)
            elif first < last:
                found.append((first, last))
        return found

    def _places(self, level: Level, scope: str) -> range:
        """Places of the codes of a level above the villages that begin with the scope."""
        spare = level.digits - len(scope)
        if not scope.isdecimal() or spare < 0:
            return range(0) if scope else range(len(self._table.codes(level)))
        codes, start = self._table.codes(level), int(scope)
        return range(bisect_left(codes, start * 10**spare), bisect_left(codes, (start + 1) * 10**spare))

    def _entries(self, level: Level, hits: Iterable[int], scopes: list[str]) -> Iterator[Division]:
        """The entries in which the hits lie, each once, as far as the scopes reach."""
        starts = self._table.starts(level)
        seen: set[tuple[int, int]] = set()
        for hit in hits:
            place, inner = bisect_right(starts, hit) - 1, 0
            if level is Level.VILLAGE:
                inner = sum(sign < chr(FIRST) for sign in self._table.text(level)[starts[place] : hit])
            if (place, inner) in seen:
                continue
            seen.add((place, inner))
            one = self._table.villages(place)[inner] if level is Level.VILLAGE else self._table.division(level, place)
            if not any(len(scope) > 9 for scope in scopes) or one.code.startswith(tuple(scopes)):
                yield one


def _both(*many: set[str]) -> set[str]:
    """Code beginnings that satisfy every set at once: of two that nest the finer one stays."""
    kept = {""}
    for wanted in many:
        kept = _within(wanted, kept) | _within(kept, wanted)
    return kept - _within(kept, kept, itself=False)


def _within(codes: set[str], beginnings: set[str], *, itself: bool = True) -> set[str]:
    """Those codes that begin with one of the beginnings."""
    found = codes & beginnings if itself else set[str]()
    for size in {len(one) for one in beginnings}:
        found |= {code for code in codes if len(code) > size and code[:size] in beginnings}
    return found

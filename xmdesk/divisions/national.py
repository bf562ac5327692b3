"""The national list of divisions: look up a code, walk the tree, search. Nothing is read before the first question."""

from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from xmdesk.divisions.codes import Division, Level, ancestry, is_code_shape, level_of, unpadded
from xmdesk.divisions.search import Search
from xmdesk.divisions.table import Table
from xmdesk.paths import resource

PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Names of levels that exist only in codes and are not spoken."""


class Divisions:
    """区划: the list as published for 2023, 31 provinces down to 620,573 villages and communities."""

    def __init__(self, path: Path | None = None) -> None:
        self._table = Table(path or resource("divisions", "divisions_2023.bin"))
        self._search = Search(self._table)
        self._villages = lru_cache(maxsize=256)(self._table.villages)

    def get(self, code: str) -> Division | None:
        """The entry with this code, padded or not; None when there is none.

        One entry of 2023 has a code that looks padded (350527000000): what is in the list wins.
        """
        if not is_code_shape(code):
            return None
        level = level_of(code)
        if level is Level.VILLAGE:
            found = next((one for one in self._villages_of(code[:9]) if one.code == code), None)
            shorter = unpadded(code)
            return found if found or shorter == code else self.get(shorter)
        place = self._place(code, level)
        return None if place is None else self._table.division(level, place)

    def path(self, code: str) -> list[Division]:
        """The known entries from the province down to the code itself."""
        own = self.get(code)
        codes = ancestry(own.code if own else unpadded(code)) if is_code_shape(code) else []
        found = [self.get(one) for one in codes]
        return [one for one in found if one is not None]

    def children(self, code: str = "") -> list[Division]:
        """Entries one level below, by code; the provinces for an empty code."""
        if not code:
            return self._table.divisions(Level.PROVINCE, range(len(self._table.codes(Level.PROVINCE))))
        own = self.get(code)
        if own is None or own.level is Level.VILLAGE:
            return []
        if own.level is Level.TOWNSHIP:
            return list(self._villages_of(own.code))
        level = Level(own.level + 1)
        spare = 10 ** (level.digits - len(own.code))
        codes, start = self._table.codes(level), int(own.code)
        return self._table.divisions(
            level, range(bisect_left(codes, start * spare), bisect_left(codes, (start + 1) * spare))
        )

    def full_name(self, code: str) -> str:
        """Names from the province down, as people say them: without 市辖区 and without saying a name twice."""
        return spoken_path(self.path(code))

    def search(self, query: str, *, within: str = "", limit: int = 50) -> list[Division]:
        """Entries that answer to the words of the query: 军营, junying, jyc, 军y, 莲花 军营, 350212.

        Names that begin with the word come first, then higher levels, then lower codes; ``within`` is the beginning
        of a code.
        """
        return self._search.find(query, within=within, limit=limit)

    def _villages_of(self, code: str) -> list[Division]:
        place = self._place(code, Level.TOWNSHIP)
        return [] if place is None else self._villages(place)

    def _place(self, code: str, level: Level) -> int | None:
        codes, wanted = self._table.codes(level), int(code)
        place = bisect_left(codes, wanted)
        return place if place < len(codes) and codes[place] == wanted else None


def spoken_path(path: list[Division]) -> str:
    """The names of a path in one run; a name that the next one repeats is said once (济源市, 济源市沁园街道)."""
    names = [one.name for one in path if one.name not in PLACEHOLDERS]
    repeated = [later.startswith(name) for name, later in pairwise(names)]
    return "".join(name for name, again in zip(names, [*repeated, False], strict=False) if not again)

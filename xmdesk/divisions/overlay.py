"""The national list as a district sees it: the names and codes of its own roster win."""

from datetime import date

from xmdesk.divisions.codes import Division, ancestry, is_code_shape, level_of, parent_of
from xmdesk.divisions.national import Divisions, spoken_path
from xmdesk.divisions.roster import Roster
from xmdesk.pinyin import matches, words


class RosteredDivisions:
    """Divisions on one day with a roster laid over them; answers like :class:`Divisions`.

    An office of the roster appears under its present code with its own name; a code that it gave up, or that
    belongs to an office that has ended, is hidden from the tree and from search but still answers to :meth:`get`.
    """

    def __init__(self, divisions: Divisions, roster: Roster, on: date) -> None:
        self._divisions = divisions
        self._roster = roster
        self._on = on
        named = ((entry.code_on(on), entry.name) for entry in roster.current(on))
        self._offices = {code: Division(code, name, level_of(code)) for code, name in named if is_code_shape(code)}
        self._hidden = {one.code for entry in roster.entries for one in entry.codes()} - self._offices.keys()
        self._above: dict[str, str] = {}

    def get(self, code: str) -> Division | None:
        """The roster's entry with this code on the day, else the national one, else the office that once had it."""
        found = self._offices.get(code) or self._divisions.get(code)
        if found or not is_code_shape(code):
            return self._offices.get(found.code, found) if found else None
        entry = self._roster.by_code(code, self._on)
        return Division(code, entry.name, level_of(code)) if entry else None

    def path(self, code: str) -> list[Division]:
        """The known entries from the province down to the code itself."""
        own = self.get(code)
        found = [self.get(one) for one in ancestry(own.code)] if own else []
        return [one for one in found if one is not None]

    def children(self, code: str = "") -> list[Division]:
        """Entries one level below, by code."""
        own = self.get(code)
        above = own.code if own else code
        found = {one.code: one for one in self._divisions.children(above) if one.code not in self._hidden}
        found |= {child: one for child, one in self._offices.items() if parent_of(child) == above}
        return [found[child] for child in sorted(found)]

    def full_name(self, code: str) -> str:
        """Names from the province down, as people say them."""
        return spoken_path(self.path(code))

    def search(self, query: str, *, within: str = "", limit: int = 50) -> list[Division]:
        """Offices of the roster that answer to the query come first, by code, then entries of the national list."""
        typed = words(query)
        own = (one for one in self._offices.values() if one.code.startswith(within) and self._answers(one, typed))
        found = {one.code: one for one in sorted(own, key=lambda one: one.code)}
        extra = len(self._hidden) + len(self._offices)
        for one in self._divisions.search(query, within=within, limit=limit + extra):
            if one.code not in self._hidden and one.code not in self._offices:
                found[one.code] = one
        return list(found.values())[:limit]

    def _answers(self, one: Division, typed: list[str]) -> bool:
        """Whether every word is in the code, the name or the names above, and at least one in the code or the name."""
        starts = [word for word in typed if word.isdecimal()]
        spoken = [word for word in typed if word not in starts]
        if not typed or not all(one.code.startswith(start) for start in starts):
            return False
        here = [matches(word, one.name) for word in spoken]
        if not spoken or all(here):
            return True
        return any(here) and all(
            near or matches(word, self._names_above(one)) for near, word in zip(here, spoken, strict=True)
        )

    def _names_above(self, one: Division) -> str:
        parent = parent_of(one.code)
        if parent not in self._above:
            self._above[parent] = self.full_name(parent)
        return self._above[parent]

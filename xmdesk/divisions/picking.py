"""Divisions as a person picks one: by typed words or digits, in the home city first, or step by step from above."""

from collections.abc import Collection

from xmdesk.divisions.codes import Division, Level, parent_of
from xmdesk.divisions.national import PLACEHOLDERS, Divisions

HOME = "3502"
"""The city whose offices use this program: it is searched first, and the way down begins there."""
OFFICES = (Level.DISTRICT, Level.TOWNSHIP, Level.VILLAGE)
"""Levels at which there are offices."""
MOST = 30


class Picking:
    """Answers what is typed; nothing is read before the first question."""

    def __init__(self) -> None:
        self.divisions = Divisions()

    def find(self, text: str, levels: Collection[int] = OFFICES) -> list[Division]:
        """Return at most ``MOST`` divisions of these levels that answer to a text: of the home city, else of the country."""
        return self.near(text, levels) or self.far(text, levels)

    def near(self, text: str, levels: Collection[int] = OFFICES) -> list[Division]:
        """Return what answers in the home city; quick enough for every letter that is typed."""
        return self._search(text, levels, within=HOME)

    def far(self, text: str, levels: Collection[int] = OFFICES) -> list[Division]:
        """Return what answers in the whole country; takes long enough to be felt."""
        return self._search(text, levels, within="")

    def _search(self, text: str, levels: Collection[int], *, within: str) -> list[Division]:
        found = self.divisions.search(text, within=within, limit=2 * MOST)
        return [one for one in found if one.level in levels][:MOST]

    def warm(self) -> None:
        """Read what the first search needs."""
        self.divisions.search("x", within=HOME, limit=1)

    def onward(self, code: str) -> list[Division]:
        """Return what lies below a division, beside it at the last level; for no code what lies below the home city."""
        path = self.divisions.path(code)
        here = path[-1] if path else None
        if here is None:
            return self.divisions.children(HOME)
        return self.divisions.children(parent_of(here.code) if here.level is Level.VILLAGE else here.code)

    def place(self, code: str) -> dict[str, str]:
        """Return the names of the district and the township in which a code lies, as an office keeps them."""
        names = {one.level: one.name for one in self.divisions.path(code)}
        return {"district": names.get(Level.DISTRICT, ""), "township": names.get(Level.TOWNSHIP, "")}

    def way(self, code: str) -> str:
        """Return the names that lead to a division: 同安区 / 莲花镇 / 军营村委会; the home city goes without saying."""
        path = [one for one in self.divisions.path(code) if one.name not in PLACEHOLDERS]
        if code.startswith(HOME) and len(code) > len(HOME):
            path = [one for one in path if len(one.code) > len(HOME)]
        return " / ".join(one.name for one in path)

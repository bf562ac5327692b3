"""Turns a typed word into patterns over the symbols of the division list: characters, readings and initials alike."""

import re
from dataclasses import dataclass
from functools import cached_property

from xmdesk.divisions.table import FIRST, Table
from xmdesk.pinyin import Token, parse, readings


@dataclass(frozen=True)
class Patterns:
    """``names`` finds the word in the name proper (and on into the ending); ``endings`` in the ending alone."""

    names: re.Pattern[str] | None
    endings: re.Pattern[str] | None


class Speller:
    """Knows which symbols answer to a piece of a word."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._kept: dict[Token, frozenset[int]] = {}

    def patterns(self, word: str) -> Patterns:
        """Patterns of one folded word; a member is None when nothing can answer to it."""
        ways = [way for way in parse(word) if all(self._symbols(token) or self._ends(way, 0) for token in way)]
        openings = [(self._symbols(way[0]), self._after(way, 1)) for way in ways]
        openings = [(symbols, rest) for symbols, rest in openings if symbols and rest is not None]
        inside = [place + 1 for place, ending in enumerate(self._table.header.endings) if word in ending]
        return Patterns(_joined(openings), re.compile(_one_of(inside)) if inside else None)

    @cached_property
    def _by_sound(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for place, sign in enumerate(self._table.header.alphabet):
            for reading in readings(sign):
                found.setdefault(reading, set()).add(FIRST + place)
        return found

    def _symbols(self, token: Token) -> frozenset[int]:
        """Symbols that answer to one piece; a sign is its own reading only when it has no other."""
        if token not in self._kept:
            sounds = self._by_sound
            wanted = [token.text] if token.whole else [one for one in sounds if one.startswith(token.text)]
            heard = {symbol for sound in wanted for symbol in sounds.get(sound, ())}
            written = self._written.get(token.text)
            self._kept[token] = frozenset(heard if written is None else heard | {written})
        return self._kept[token]

    @cached_property
    def _written(self) -> dict[str, int]:
        return {sign: FIRST + place for place, sign in enumerate(self._table.header.alphabet)}

    def _ends(self, way: tuple[Token, ...], step: int) -> list[int]:
        """End symbols whose ending begins with the pieces from ``step`` on."""
        rest = way[step:]
        return [
            place + 1
            for place, ending in enumerate(self._table.header.endings)
            if len(ending) >= len(rest) and all(map(Token.accepts, rest, ending))
        ]

    def _after(self, way: tuple[Token, ...], step: int) -> str | None:
        """Pattern for the pieces from ``step`` on, in the name or running into its ending; None if impossible."""
        if step == len(way):
            return ""
        rest = self._after(way, step + 1)
        symbols, ends = self._symbols(way[step]), self._ends(way, step)
        if rest == "":
            return _one_of([*symbols, *ends]) if symbols or ends else None
        branches = [_one_of(symbols) + rest] if symbols and rest is not None else []
        branches += [_one_of(ends)] if ends else []
        return f"(?:{'|'.join(branches)})" if branches else None


def _joined(openings: list[tuple[frozenset[int], str]]) -> re.Pattern[str] | None:
    """One pattern for all ways; it opens with a plain set because ``re`` scans for that quickly."""
    if not openings:
        return None
    if len(openings) == 1:
        return re.compile(_one_of(openings[0][0]) + openings[0][1])
    first = _one_of({symbol for symbols, _ in openings for symbol in symbols})
    return re.compile(f"{first}(?:{'|'.join(f'(?<={_one_of(symbols)}){rest}' for symbols, rest in openings)})")


def _one_of(symbols: "set[int] | frozenset[int] | list[int]") -> str:
    """A set of symbols as a pattern, neighbours drawn together into ranges."""
    if len(symbols) == 1:
        return chr(next(iter(symbols)))
    runs: list[list[int]] = []
    for symbol in sorted(symbols):
        if runs and symbol == runs[-1][1] + 1:
            runs[-1][1] = symbol
        else:
            runs.append([symbol, symbol])
    return f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in runs)}]"

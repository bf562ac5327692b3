"""How Chinese text sounds, so that a list can be searched by typing letters: 军营村 answers to ``jyc`` and ``junying``.

Readings have no tones and write ü as v. The table (``resources/pinyin/readings.txt``, made from pypinyin) is read at
first use. One character may have several readings: 厦 is xia and sha.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from xmdesk.paths import resource

SURNAMES = {
    "单": "shan", "曾": "zeng", "覃": "qin", "仇": "qiu", "查": "zha", "朴": "piao", "盖": "ge", "解": "xie",
    "区": "ou", "任": "ren", "翟": "zhai", "缪": "miao", "乐": "yue", "种": "chong", "员": "yun", "召": "shao",
    "繁": "po", "秘": "bi", "卜": "bu", "柏": "bai", "隗": "wei", "祭": "zhai", "牟": "mu", "华": "hua",
    "朝": "chao", "长": "chang", "贾": "jia", "车": "che", "黑": "he", "尹": "yin", "洗": "xian", "石": "shi",
    "万": "wan", "折": "she", "逄": "pang", "乜": "nie", "佴": "nai", "郗": "xi", "燕": "yan", "宁": "ning",
}  # fmt: skip
"""Reading of a character where it opens a person's name."""

LONG_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "澹台": ("tan", "tai"), "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"), "鲜于": ("xian", "yu"), "令狐": ("ling", "hu"), "宿": ("su",),
}  # fmt: skip

LETTERS = re.compile(r"[a-z]+|.", re.DOTALL)
INITIALS = frozenset("abcdefghjklmnopqrstwxyz") | {"zh", "ch", "sh"}
PASSPORT = {"lyu": "lv", "nyu": "nv", "lyue": "lve", "nyue": "nve"}
"""Spellings of ü in passports (GB/T 28039-2011) for those of input methods."""

STARS = re.compile(r"\*{2,}")
MOST_SPLITS = 8
DOT = "·"
"""Stands between the parts of a name and is not spoken: 阿依古丽·买买提 answers to ``ayglmmt``."""


@dataclass(frozen=True)
class Token:
    """One typed piece that stands for one character: the character itself, a reading, or the start of a reading."""

    text: str
    whole: bool = False

    def accepts(self, char: str) -> bool:
        """Whether a character of the text answers to this piece."""
        if self.text == char:
            return True
        return any(one == self.text if self.whole else one.startswith(self.text) for one in readings(char))


def readings(char: str) -> tuple[str, ...]:
    """All readings of one character, the usual one first; other signs are read as themselves in lower case."""
    return _table().get(char) or (_folded(char),)


def spoken(text: str, *, person: bool = False) -> list[str]:
    """The usual reading of each character; ``person`` reads the surname as surnames are read (单 shan, 仇 qiu)."""
    sounds = [readings(char)[0] for char in text]
    if person:
        long = LONG_SURNAMES.get(text[:2])
        opening = long or tuple(SURNAMES[char] for char in text[:1] if char in SURNAMES)
        sounds[: len(opening)] = opening
    return sounds


def full(text: str, *, person: bool = False) -> str:
    """Whole reading without spaces: 军营村 gives ``junyingcun``."""
    return "".join(spoken(text, person=person))


def initials(text: str, *, person: bool = False) -> str:
    """First letters: 军营村 gives ``jyc``."""
    return "".join(sound[:1] for sound in spoken(text, person=person))


def matches(query: str, text: str) -> bool:
    """Whether every word of the query is found in the text, by characters, readings, initials or a mixture (军y)."""
    return all(_word_matches(word, text) for word in words(query))


def words(query: str) -> list[str]:
    """The words of a query: spaces of any width divide, ü is v, full-width letters and digits are narrow.

    The stars of a masked number divide too: it is found by the digits that are seen.
    """
    return STARS.sub(" ", _folded(query)).split()


def undotted(text: str) -> tuple[str, ...]:
    """The text and, where it has parts with dots between them, also as one word."""
    return (text, text.replace(DOT, "")) if DOT in text else (text,)


@lru_cache(maxsize=256)
def parse(word: str) -> tuple[tuple[Token, ...], ...]:
    """Every sensible way to cut one folded word into pieces; the last piece of a run of letters may be unfinished."""
    ways: list[tuple[Token, ...]] = [()]
    for run in LETTERS.findall(word):
        cuts = _cuts(run) if "a" <= run[0] <= "z" else [(Token(run),)]
        ways = [way + cut for way in ways for cut in cuts][:MOST_SPLITS]
    return tuple(ways)


def _word_matches(word: str, text: str) -> bool:
    return any(word in _folded(one) or any(_stands_in(way, one) for way in parse(word)) for one in undotted(text))


def _stands_in(way: tuple[Token, ...], text: str) -> bool:
    places = range(len(text) - len(way) + 1)
    return any(all(token.accepts(text[at + step]) for step, token in enumerate(way)) for at in places)


def _cuts(run: str) -> list[tuple[Token, ...]]:
    """Cuts of a run of letters into whole readings, and into bare initials; mixtures only when neither exists."""
    spelled = _split(run, mixed=False)
    bare = _bare(run)
    if not spelled and not bare:
        spelled = _split(run, mixed=True)
    found = spelled[: MOST_SPLITS - len(bare)] + bare
    return list(dict.fromkeys(found)) or [(Token(run),)]


def _bare(run: str) -> list[tuple[Token, ...]]:
    """Cuts into initials alone: ``zhch`` is z-h-c-h and zh-ch."""
    if not all(letter in INITIALS for letter in run):
        return []
    return [tuple(Token(letter) for letter in run), tuple(Token(one) for one in re.findall("[zcs]h|.", run))]


def _split(run: str, *, mixed: bool) -> list[tuple[Token, ...]]:
    """The shortest cuts into whole readings (``mixed``: and initials), of which the last may be unfinished.

    Built from the end, keeping only the best of each rest, so that a long run costs no more than its length.
    """
    best: list[list[tuple[Token, ...]]] = [[] for _ in run]
    for start in reversed(range(len(run))):
        found = _unfinished(run[start:])
        for end in range(start + 1, min(start + 7, len(run))):
            token = _piece(run[start:end], mixed=mixed)
            found += [(token, *rest) for rest in best[end]] if token else []
        best[start] = sorted(found, key=len)[:MOST_SPLITS]
    return best[0]


def _piece(letters: str, *, mixed: bool) -> Token | None:
    sound = PASSPORT.get(letters, letters)
    if sound in _syllables():
        return Token(sound, whole=True)
    return Token(sound) if mixed and sound in INITIALS else None


def _unfinished(run: str) -> list[tuple[Token, ...]]:
    sound = PASSPORT.get(run, run)
    return [(Token(sound),)] if sound in _starts() else []


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("ü", "v")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    also: list[tuple[str, str]] = []
    for line in resource("pinyin", "readings.txt").read_text("utf-8").splitlines():
        reading, firsts, others = line.split("\t")
        table.update(dict.fromkeys(firsts, (reading,)))
        also += [(char, reading) for char in others]
    for char, reading in also:
        table[char] += (reading,)
    return table


@cache
def _syllables() -> frozenset[str]:
    return frozenset(one for many in _table().values() for one in many)


@cache
def _starts() -> frozenset[str]:
    return frozenset(one[:size] for one in _syllables() for size in range(1, len(one) + 1))

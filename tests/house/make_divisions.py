"""Make ``resources/divisions/divisions_2023.bin``: ``python -m tests.house.make_divisions path/to/divisions_2023.csv.xz``.

Run by hand when a new yearly list is out (National Bureau of Statistics, 统计用区划代码; columns ``code,name``, codes
unpadded, ascending). Needs ``resources/pinyin/readings.txt``, because signs are numbered in the order of their sound,
which keeps search patterns short. The same list gives the same bytes.
"""

import csv
import io
import json
import lzma
import sys
from array import array
from pathlib import Path

from xmdesk.divisions.codes import Level
from xmdesk.divisions.table import FIRST, LONG_STEP, MAGIC
from xmdesk.pinyin import readings

TARGET = Path(__file__).resolve().parents[2] / "resources" / "divisions" / "divisions_2023.bin"

ENDINGS = (
    "",
    "村委会",
    "村民委员会",
    "社区居委会",
    "社区居民委员会",
    "居委会",
    "居民委员会",
    "社区",
    "村",
    "街道",
    "镇",
    "乡",
)


def main() -> None:
    """Read the list given on the command line and write the file."""
    with lzma.open(sys.argv[1]) as packed:
        rows = [(code, name) for code, name in csv.reader(io.TextIOWrapper(packed, "utf-8"))][1:]
    made = build(rows)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(made)
    sys.stdout.write(f"{TARGET.name}: {len(rows)} entries, {len(made)} bytes\n")


def build(rows: list[tuple[str, str]]) -> bytes:
    """The whole file for rows in ascending order of code."""
    signs = {sign for _, name in rows for sign in name}
    alphabet = "".join(sorted(signs, key=lambda sign: (readings(sign)[0], sign)))
    symbols = {sign: chr(FIRST + place) for place, sign in enumerate(alphabet)}
    sections: dict[str, bytes] = {}
    for level in Level:
        entries = [(code, encoded(name, symbols)) for code, name in rows if len(code) == level.digits]
        sections |= villages(entries, sections) if level is Level.VILLAGE else upper(entries, level)
    return assembled(alphabet, sections)


def encoded(name: str, symbols: dict[str, str]) -> str:
    """A name in symbols, the longest usual ending folded into its last one."""
    ending = max((ending for ending in ENDINGS if name.endswith(ending)), key=len)
    core = name[: len(name) - len(ending)]
    return "".join(symbols[sign] for sign in core) + chr(1 + ENDINGS.index(ending))


def upper(entries: list[tuple[str, str]], level: Level) -> dict[str, bytes]:
    """Sections of a level above the villages."""
    codes = array("I", (int(code) for code, _ in entries))
    return {f"codes{level.digits}": packed(codes)} | names([name for _, name in entries], level)


def villages(entries: list[tuple[str, str]], sections: dict[str, bytes]) -> dict[str, bytes]:
    """Sections of the villages, grouped by the townships already laid down."""
    townships = array("I", sections["codes9"])
    grouped: dict[int, list[tuple[str, str]]] = {code: [] for code in townships}
    for code, name in entries:
        grouped[int(code[:9])].append((code, name))
    steps = bytearray()
    step_starts = array("I", [0])
    for group in grouped.values():
        steps += steps_of([int(code[9:]) for code, _ in group])
        step_starts.append(len(steps))
    joined = ["".join(name for _, name in group) for group in grouped.values()]
    return names(joined, Level.VILLAGE) | {"step_starts": packed(step_starts), "steps": bytes(steps)}


def steps_of(numbers: list[int]) -> bytes:
    """Growth from number to number, starting below 0 so that no step is 0."""
    steps = bytearray()
    before = -1
    for number in numbers:
        jumps, step = divmod(number - before - 1, 255)
        steps += bytes([LONG_STEP] * jumps + [step + 1])
        before = number
    return bytes(steps)


def names(texts: list[str], level: Level) -> dict[str, bytes]:
    """Starts and symbols; one end symbol stands before the first name so that every name follows one."""
    starts = array("I", [1])
    for text in texts:
        starts.append(starts[-1] + len(text))
    whole = "\x01" + "".join(texts)
    return {f"starts{level.digits}": packed(starts), f"names{level.digits}": whole.encode("utf-16-le")}


def packed(numbers: "array[int]") -> bytes:
    """Little-endian bytes, four to a number."""
    return b"".join(number.to_bytes(4, "little") for number in numbers)


def assembled(alphabet: str, sections: dict[str, bytes]) -> bytes:
    """Magic, header, sections."""
    places: dict[str, tuple[int, int]] = {}
    offset = 0
    for name, content in sections.items():
        places[name] = (offset, len(content))
        offset += len(content)
    header = {"edition": "2023", "alphabet": alphabet, "endings": ENDINGS, "sections": places}
    opening = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return MAGIC + len(opening).to_bytes(4, "little") + opening + b"".join(sections.values())


if __name__ == "__main__":
    main()

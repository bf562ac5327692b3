"""How often something is looked after: ``{"unit": "周", "times": 2}``."""

import re
from collections.abc import Mapping
from typing import Any, cast

from xmdesk.records.values.cells import narrow, open_cell, quote
from xmdesk.records.values.numerals import ALL, chinese_number
from xmdesk.records.values.reading import Bad, Note, Read

UNITS = ("日", "周", "月", "季", "半年", "年")
AS_NEEDED = "按需"
_NEED = re.compile(
    r"按需.*|随坏随修.*|随时.*|即坏即修.*|不定期.*|视情况?.*|根据需要.*|有需要时.*|即时.*|损坏时.*|据实.*"
)
_NAMES = {
    "天": "日",
    "日": "日",
    "星期": "周",
    "礼拜": "周",
    "周": "周",
    "月": "月",
    "季度": "季",
    "季": "季",
    "半年": "半年",
    "年": "年",
}
_UNIT = "半年|季度|季|星期|礼拜|周|个?月|年|天|日"
_COUNT = rf"(?:不少于|不低于|至少|≥|>=)?\s*(\d{{1,3}}|[{ALL}]{{1,3}})\s*[次遍回]"
_WORK = r"(?:以上)?(?:的?(?:巡查|检查|保洁|清扫|维护|管护|养护|清理|巡护|清运|清淤|消毒))?"
_EVERY = re.compile(rf"(?:每|一|1)?个?({_UNIT})\s*{_WORK}(?:\s*{_COUNT})?{_WORK}", re.ASCII)
_PER = re.compile(rf"{_COUNT}\s*[/每]\s*({_UNIT})", re.ASCII)


def read_frequency(raw: object) -> Read[dict[str, Any]]:
    """Read 每日1次, 每周2次, 每月, 1次/日, 随坏随修, 按需; an empty cell is ``{}``."""
    if isinstance(raw, Mapping):
        return Read(_checked(cast("Mapping[str, Any]", raw)))
    cell = open_cell(raw)
    if not cell.text:
        return Read({}, cell.notes())
    text = "".join(narrow(cell.text).split())
    if _NEED.fullmatch(text):
        return Read({"unit": AS_NEEDED, "times": 0}, cell.notes() if text == AS_NEEDED else (Note("V-TIDIED"),))
    every, per = _EVERY.fullmatch(text), _PER.fullmatch(text)
    if not every and not per:
        raise Bad("V-FREQUENCY", text=quote(cell.text))
    unit, times = (per[2], per[1]) if per else (every[1], every[2]) if every else ("", "")
    return Read({"unit": _NAMES[unit.removeprefix("个")], "times": _times(times, cell.text)}, cell.notes())


def show_frequency(frequency: Mapping[str, Any]) -> str:
    """Return 每周2次 or 按需, which reads back as the same."""
    if not frequency:
        return ""
    return AS_NEEDED if frequency["unit"] == AS_NEEDED else f"每{frequency['unit']}{frequency['times']}次"


def _times(text: str | None, original: str) -> int:
    if not text:
        return 1
    times = int(text) if text.isdigit() else chinese_number(text)
    if not times or times > 999:
        raise Bad("V-FREQUENCY", text=quote(original))
    return times


def _checked(raw: Mapping[str, Any]) -> dict[str, Any]:
    if not raw:
        return {}
    unit, times = raw.get("unit"), raw.get("times")
    if unit == AS_NEEDED:
        return {"unit": AS_NEEDED, "times": 0}
    if unit not in UNITS or not isinstance(times, int) or not 0 < times < 1000:
        raise Bad("V-FREQUENCY", text=quote(f"{unit}{times}"))
    return {"unit": unit, "times": times}

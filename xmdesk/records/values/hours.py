"""Opening hours: weekday "1" (Monday) to "7" to a list of slots "HH:MM-HH:MM" (domain E4).

A slot that ends at or before its start runs past midnight and counts for the day on which it starts. A read week always
has all seven keys, with sorted slots; an empty answer is ``{}``. Holidays are no weekday: what is said of them is left out
with a note, and hours of holidays alone are refused.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple, cast

from xmdesk.records.values.cells import narrow, open_cell, quote
from xmdesk.records.values.reading import Bad, Note, Read

DAY = 1440
_EVENING = 17 * 60
"""From here on an earlier end means the next morning; before it, 14:30-5:30 is more likely a slip for 17:30."""
_NAMES = "一二三四五六日"
_DASHES = re.compile(r"\s*(?:[-‐‑‒–—―−－~～〜至到]|--)+\s*")
_DAY = "(?:周|星期|礼拜)"
_TO = r"\s*-\s*"
_DAYS = re.compile(
    rf"{_DAY}[一二三四五六日天末](?:{_TO}{_DAY}?[一二三四五六日天]|[、,，和及]?\s*{_DAY}?[一二三四五六日天末])*"
    rf"|{_DAY}[1-7](?:{_TO}{_DAY}?[1-7])?(?![\d:点时])"
    r"|(?:法定)?工作日|双休日|休息日|每天|每日|天天|全周|全年无休|全年|365天"
)
_ALL_DAY = re.compile(
    r"(?:全天候?|昼夜)?\s*24\s*(?:个?小时|h)(?:\s*(?:开放|服务|营业))?|全天候?|7\s*[×x*X]\s*24(?:\s*小时)?"
)
_CLOSED = re.compile(r"休息|闭馆|不开放|关闭|公休|停业|休馆|休")
_HALF = "上午|早上|清晨|凌晨|早|中午|下午|傍晚|晚上|夜间|晚"
_CLOCK = rf"({_HALF})?\s*(次日|翌日)?\s*(\d{{1,2}})(?:\s*[:.点时]\s*(\d{{2}}|半)?\s*分?)?"
_SLOT = re.compile(rf"{_CLOCK}\s*-\s*{_CLOCK}", re.ASCII)
_HOLIDAY = re.compile(r"(?:国家)?(?:法定)?(?:节假日|节日|假日)")
_HOLIDAY_REMARK = re.compile(
    rf"除\s*{_HOLIDAY.pattern}\s*(?:以外|之外|外)|(?:包括|包含|含)\s*{_HOLIDAY.pattern}"
    rf"|{_HOLIDAY.pattern}\s*(?:除外|不休息?|(?:照常|正常)(?!\s*[休关闭停])(?:开放)?)"
)
"""Words about holidays that belong to no times of their own."""
_FILLER = re.compile(r"[\s,、;。.()|/:和及]+|开放时间|服务时间|营业时间|开放|服务|营业|时间")
_SEASON = re.compile(r"[春夏秋冬]|暑期|寒假|暑假|旺季|淡季|\d+月|[五十]月|作息")
_WORDS = (
    (_HOLIDAY, "holidays"),
    (_DAYS, "days"),
    (_SLOT, "slot"),
    (_ALL_DAY, "all"),
    (_CLOSED, "closed"),
    (_FILLER, ""),
)
_CANONICAL = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")


class Slot(NamedTuple):
    """Minutes from the midnight before; ``end`` exceeds 1440 when the slot runs into the next day."""

    start: int
    end: int


class _Segment(NamedTuple):
    """Days and their times; ``holidays`` tells that they are meant too, and of no days that they alone are meant."""

    days: tuple[int, ...]
    slots: list[Slot]
    closed: bool = False
    holidays: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether no day is named at all."""
        return not self.days and not self.holidays


def read_hours(raw: object) -> Read[dict[str, list[str]]]:
    """Read opening hours as people write them; bare times mean every day, with a warning; seasons are refused."""
    if isinstance(raw, Mapping):
        return Read(_canonical_week(cast("Mapping[object, object]", raw)))
    cell = open_cell(raw)
    if not cell.text:
        return Read({}, cell.notes())
    text = _DASHES.sub("-", narrow(cell.text))
    if _SEASON.search(text):
        raise Bad("V-HOURS-SEASON")
    notes = [Note("V-HOURS-HOLIDAY")] if _HOLIDAY.search(text) else []
    segments = [one for one in _segments(_HOLIDAY_REMARK.sub(" ", text), cell.text) if one.days or one.is_bare]
    if not segments:
        raise Bad("V-HOURS-HOLIDAY-ONLY")
    if segments[0].is_bare:
        segments[0] = _Segment(tuple(range(1, 8)), segments[0].slots)
        if segments[0].slots != [Slot(0, DAY)]:
            notes.append(Note("V-HOURS-EVERY-DAY"))
    week = _week(segments)
    if not any(week.values()) and {day for one in segments for day in one.days} != set(week):
        raise Bad("V-HOURS", text=quote(cell.text))
    return Read(_texts(week), (*notes, *_slot_notes(week)))


def minutes_per_day(week: Mapping[str, list[str]], weekday: int | str) -> int:
    """Opening minutes of one weekday (1 Monday … 7 Sunday); overlapping slots count once, at most 1440."""
    total = reached = 0
    for slot in sorted(_slot(text) for text in week.get(str(weekday), [])):
        total += max(0, slot.end - max(slot.start, reached))
        reached = max(reached, slot.end)
    return min(total, DAY)


def show_hours(week: Mapping[str, list[str]]) -> str:
    """Return compact Chinese: 周一至周五 8:00-12:00 14:30-17:30；周六 9:00-12:00. Reading it gives the week again."""
    if not week:
        return ""
    runs: list[tuple[int, int, str]] = []
    for day in range(1, 8):
        shown = show_slots(week.get(str(day), ()))
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == shown:
            runs[-1] = (runs[-1][0], day, shown)
        else:
            runs.append((day, day, shown))
    if len(runs) == 1:
        return _whole_week(runs[0][2])
    return "；".join(f"{_days_text(first, last)} {shown}" for first, last, shown in runs if shown)


def show_slots(slots: Iterable[str]) -> str:
    """Return the slots of one day as they are written: 8:00-12:00 18:00-次日2:00."""
    return " ".join(_shown(text) for text in slots)


def slots_of(week: Mapping[str, list[str]], weekday: int | str) -> list[Slot]:
    """Return the slots of one weekday in minutes."""
    return [_slot(text) for text in week.get(str(weekday), [])]


def _whole_week(shown: str) -> str:
    if shown == "0:00-24:00":
        return "全天24小时"
    return f"每天 {shown}" if shown else "周一至周日休息"


def _days_text(first: int, last: int) -> str:
    names = f"周{_NAMES[first - 1]}", f"周{_NAMES[last - 1]}"
    return names[0] if first == last else "至".join(names)


def _shown(text: str) -> str:
    start, end = text.split("-")
    return re.sub(r"(?<!\d)0(?=\d:)", "", f"{start}-{end if end > start else f'次日{end}'}")


def _segments(text: str, original: str) -> list[_Segment]:
    """Cut the text into days followed by times, in the order written."""
    segments = [_Segment((), [])]
    place = 0
    while place < len(text):
        step = _step(text, place)
        if step is None:
            raise Bad("V-HOURS", text=quote(original))
        place, found = step
        if isinstance(found, tuple) and not isinstance(found, Slot):
            _begin(segments, found)
        elif isinstance(found, Slot):
            _add_slot(segments, found)
        elif found == "closed":
            segments[-1] = segments[-1]._replace(closed=True)
    return _tied(segments, original)


def _step(text: str, place: int) -> tuple[int, Slot | tuple[int, ...] | str] | None:
    """Return the next thing written and where it ends: days, a slot, or a word."""
    for pattern, word in _WORDS:
        found = pattern.match(text, place)
        if not found:
            continue
        if word == "holidays":
            return found.end(), ()
        if word == "days":
            return found.end(), _day_numbers(found[0])
        if word == "slot":
            return found.end(), _slot_from(found)
        return found.end(), Slot(0, DAY) if word == "all" else word
    return None


def _begin(segments: list[_Segment], days: tuple[int, ...]) -> None:
    """Begin new days, or add to those whose times are still to come; no days are holidays."""
    last = segments[-1]
    if last.slots or last.closed or last.is_bare:
        segments.append(_Segment(days, [], holidays=not days))
    else:
        segments[-1] = last._replace(days=(*last.days, *days), holidays=last.holidays or not days)


def _add_slot(segments: list[_Segment], slot: Slot) -> None:
    """Add a slot to the days it stands behind; behind days that are closed it is meant for all others."""
    if segments[-1].closed:
        segments.append(_Segment((), []))
    segments[-1].slots.append(slot)


def _tied(segments: list[_Segment], original: str) -> list[_Segment]:
    """Put times written before their days (8:00-18:00（周一至周日）) together, and refuse days without times."""
    first = segments[0]
    if len(segments) == 2 and first.slots and not segments[1].slots and not segments[1].closed:
        return [segments[1]._replace(slots=first.slots)]
    kept = segments if first.slots else segments[1:]
    if not kept or any(not one.slots and not one.closed for one in kept):
        raise Bad("V-HOURS", text=quote(original))
    bare = [one for one in kept if one.is_bare]
    if not bare or bare == kept[:1]:
        return kept
    if len(bare) > 1 or any(one.days and not one.closed for one in kept if not one.is_bare):
        raise Bad("V-HOURS", text=quote(original))
    return [*bare, *(one for one in kept if not one.is_bare)]


def _day_numbers(text: str) -> tuple[int, ...]:
    if "工作" in text:
        return (1, 2, 3, 4, 5)
    if text in ("双休日", "休息日"):
        return (6, 7)
    plain = re.sub(r"周|星期|礼拜|[、,，和及\s]", "", text).replace("天", "日").replace("末", "六日")
    if not re.search(rf"[{_NAMES}1-7]", plain) or text[0] in "每天全3":
        return tuple(range(1, 8))
    days: list[int] = []
    for first, last in re.findall(rf"([{_NAMES}1-7])(?:-([{_NAMES}1-7]))?", plain):
        start, end = _day_number(first), _day_number(last or first)
        days += [(start - 1 + step) % 7 + 1 for step in range((end - start) % 7 + 1)]
    return tuple(days)


def _day_number(char: str) -> int:
    return int(char) if char.isdigit() else _NAMES.index(char) + 1


def _slot_from(found: re.Match[str]) -> Slot:
    half, _, hour, minute, end_half, next_day, end_hour, end_minute = found.groups()
    start = _minute(half, hour, minute)
    end = _minute(end_half, end_hour, end_minute)
    if half and not end_half and end <= start and int(end_hour) < 12 and int(hour) < 12 and not next_day:
        end += DAY // 2
    if start >= DAY or end > DAY or not (end > start or next_day or start >= _EVENING):
        raise Bad("V-HOURS-ORDER", text=found[0].strip())
    slot = Slot(start, end + DAY if next_day or end <= start else end)
    if slot.end - slot.start > DAY or (slot.end == slot.start + DAY and not next_day and start):
        raise Bad("V-HOURS-ORDER", text=found[0].strip())
    return slot


def _minute(half: str | None, hour: str, minute: str | None) -> int:
    value = int(hour) * 60 + (30 if minute == "半" else int(minute or 0))
    if int(hour) > 24 or (minute not in (None, "半") and int(minute or 0) > 59):
        raise Bad("V-HOURS-CLOCK", text=f"{hour}:{minute or '00'}")
    afternoon = half in ("下午", "傍晚", "晚上", "夜间", "晚") or (half == "中午" and int(hour) < 6)
    return value + DAY // 2 if afternoon and int(hour) < 12 else value


def _week(segments: Iterable[_Segment]) -> dict[int, list[Slot]]:
    """Later words about a day add to it; days named without times (休息) are emptied."""
    week: dict[int, list[Slot]] = {day: [] for day in range(1, 8)}
    for segment in segments:
        for day in segment.days:
            week[day] = sorted({*week[day], *segment.slots}) if segment.slots else []
    return week


def _slot_notes(week: Mapping[int, list[Slot]]) -> list[Note]:
    notes: list[Note] = []
    if any(later.start < earlier.end for slots in week.values() for earlier, later in pairwise(slots)):
        notes.append(Note("V-HOURS-OVERLAP"))
    if any(slot.end > DAY for slots in week.values() for slot in slots):
        notes.append(Note("V-HOURS-MIDNIGHT"))
    return notes


def _texts(week: Mapping[int, list[Slot]]) -> dict[str, list[str]]:
    return {
        str(day): [f"{_clock(slot.start)}-{_clock(slot.end)}" for slot in slots] for day, slots in sorted(week.items())
    }


def _clock(minute: int) -> str:
    minute = minute - DAY if minute > DAY else minute
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _slot(text: str) -> Slot:
    found = _CANONICAL.fullmatch(text)
    if not found:
        raise Bad("V-HOURS", text=quote(text))
    start, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    if start >= DAY or end > DAY or int(found[2]) > 59 or int(found[4]) > 59:
        raise Bad("V-HOURS-CLOCK", text=text)
    return Slot(start, end if end > start else end + DAY)


def _canonical_week(raw: Mapping[object, object]) -> dict[str, list[str]]:
    if not raw:
        return {}
    week: dict[int, list[Slot]] = {day: [] for day in range(1, 8)}
    for day, slots in raw.items():
        if str(day) not in {"1", "2", "3", "4", "5", "6", "7"} or not isinstance(slots, list | tuple):
            raise Bad("V-HOURS", text=quote(str(day)))
        week[int(str(day))] = sorted({_slot(str(text)) for text in cast("list[object]", slots)})
    return _texts(week)

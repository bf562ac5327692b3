"""The year of a day that is typed without it, and the day of a time, where the person sees what was understood: forms and cells."""

from xmdesk import clock
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Day, Moment, PartialDay
from xmdesk.records.values.yearless import with_day, with_year


def with_its_year(spec: FieldSpec, text: str) -> str:
    """Return what was typed into a field of days with the year, or the day, that it lacks; anything else as it is."""
    if not isinstance(spec.kind, Day | Moment | PartialDay):
        return text
    from xmdesk.checks.days import HAPPENED

    today = clock.today()
    typed = with_day(text, today) if isinstance(spec.kind, Moment) else text
    return with_year(typed, today, is_past=spec.name in HAPPENED)


def understood(text: str, whole: str) -> str:
    """Say what a text was taken for that :func:`with_its_year` made whole."""
    if whole == text:
        return ""
    is_today = with_day(text, clock.today()) != text
    return "没有写日期，补的是今天。" if is_today else f"没有写年份，补的是{whole[:4]}年。"

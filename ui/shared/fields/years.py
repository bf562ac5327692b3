"""What a day lacks that is typed without its year or month, the day of a time, and days by name, where the person sees what was
understood: forms and cells.
"""

from xmdesk import clock
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Day, Moment, PartialDay
from xmdesk.records.values.yearless import with_day, with_month, with_year


def with_its_year(spec: FieldSpec, text: str) -> str:
    """Return what was typed into a field of days with the year, or the day, that it lacks; anything else as it is."""
    if not isinstance(spec.kind, Day | Moment | PartialDay):
        return text
    from xmdesk.checks.days import HAPPENED

    today, is_past = clock.today(), spec.name in HAPPENED
    typed = with_day(text, today) if isinstance(spec.kind, Moment) else text
    return with_year(with_month(typed, today, is_past=is_past), today, is_past=is_past)


def understood(text: str, whole: str) -> str:
    """Say what a text was taken for that :func:`with_its_year` made whole."""
    if whole == text:
        return ""
    if with_day(text, clock.today()) != text:
        return "没有写日期，补的是今天。"
    if with_month(text, clock.today(), is_past=False) == text:
        return f"没有写年份，补的是{whole[:4]}年。"
    day = whole.partition("日")[0]
    return f"没有写月份，补的是{day.partition('月')[0]}月。" if text.strip()[0].isdigit() else f"记的是{day}日。"

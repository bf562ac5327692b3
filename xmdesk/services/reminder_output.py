"""Reminders outside the window: a calendar file (RFC 5545) for a phone, and a list for the wall."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from xmdesk import clock
from xmdesk.documents.drawing import draw
from xmdesk.documents.parts import Align, Column, Footer, RegisterForm
from xmdesk.records.values.dates import show_day
from xmdesk.services.practising import watermark

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.reminding import Reminder

_LINE = 75
"""Longest line in octets without its end (RFC 5545 §3.1)."""


def calendar_file(reminders: Sequence["Reminder"]) -> bytes:
    """Return all-day events for what has a day. Only names of objects leave the book: undated ones, which may name people,
    are left out. The same thing keeps its UID, so that a newer file moves it instead of doubling it.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//xmdesk//reminders//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for one in reminders:
        if one.due_on:
            lines += _event(one, one.due_on, stamp)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(one: "Reminder", due: date, stamp: str) -> list[str]:
    title = one.title if one.kind.label in one.title else f"{one.kind.label}：{one.title}"
    return [
        "BEGIN:VEVENT",
        f"UID:{_uid(one)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        f"DESCRIPTION:{_escaped(one.to_do)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _uid(one: "Reminder") -> str:
    told = "\n".join((one.kind, one.register, one.uid, one.field, one.detail))
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@xmdesk"


def _escaped(text: str) -> str:
    """Escape as RFC 5545 §3.3.11 asks; other control characters have no place in a text."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(char for char in plain if char.isprintable())


def _folded(line: str) -> bytes:
    """Break a line so that no part exceeds 75 octets and no character is torn; later parts begin with a space."""
    parts: list[bytes] = []
    part = b""
    for char in line:
        octets = char.encode()
        if len(part) + len(octets) > _LINE:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"


def reminder_pdf(desk: "Desk", reminders: Sequence["Reminder"]) -> bytes:
    """Return the list as PDF bytes, in the order given."""
    office = desk.office.office()
    form = RegisterForm(
        title="待办事项",
        columns=(
            Column(("类别",), Align.CENTRE),
            Column(("事项",)),
            Column(("怎么办",)),
            Column(("期限",)),
            Column(("办结",), Align.CENTRE),
        ),
        rows=tuple((one.kind.label, one.text, one.to_do, _day(one), "□") for one in reminders),
        subtitle=show_day(clock.today()),
        office=office.name,
        division_code=office.code,
    )
    return draw([form], footer=Footer(remark="内部使用"), watermark=watermark(desk))


def _day(one: "Reminder") -> str:
    return f"{show_day(one.due_on)}{'（逾期）' if one.overdue else ''}"

"""What is due leaves as a calendar file and as a printed list; the calendar holds no persons."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xmdesk.documents.reading import page_texts
from tests.xmdesk.services.due_desk import TODAY, at_noon, duty, keep, quiet, saved
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.records.submission import CorrectionPoint
from xmdesk.services.desk import Desk
from xmdesk.services.reminder_output import calendar_file
from xmdesk.services.reminding import Reminder, ReminderKind, Reminding


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_noon(tmp_path) as made:
        quiet(made)
        yield made


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def reminder(title: str, due: date | None = TODAY, **values: Any) -> Reminder:
    return Reminder(ReminderKind.TERM, due, overdue=False, text="x", title=title, uid="u", **values)


def test_the_calendar_file_holds_all_day_events(desk: Desk) -> None:
    lines = unfolded(Reminding(desk).ics([reminder("公厕的管护期限止", date(2026, 12, 31), to_do="请续签，或更换。")]))

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    assert "DTSTART;VALUE=DATE:20261231" in event
    assert "DTEND;VALUE=DATE:20270101" in event
    assert "DTSTAMP:20261123T040000Z" in event
    assert "SUMMARY:协议和期限：公厕的管护期限止" in event
    assert re.fullmatch(r"UID:[0-9a-f]{32}@xmdesk", event[1])


@given(st.text(max_size=120))
def test_lines_are_folded_at_75_octets_without_tearing_a_character(title: str) -> None:
    content = calendar_file([reminder(title)])

    assert content.endswith(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert (
        "\ufffd" not in "".join(line.decode("utf-8", "replace") for line in content.split(b"\r\n")) or "\ufffd" in title
    )
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")


def test_commas_semicolons_and_backslashes_are_escaped(desk: Desk) -> None:
    lines = unfolded(Reminding(desk).ics([reminder("a,b;c\\d\ne")]))
    assert "SUMMARY:协议和期限：a\\,b\\;c\\\\d\\ne" in lines


def test_the_same_thing_keeps_its_uid_when_its_day_moves_and_different_things_differ(desk: Desk) -> None:
    def uids(*reminders: Reminder) -> list[str]:
        return [line for line in unfolded(Reminding(desk).ics(reminders)) if line.startswith("UID:")]

    assert uids(reminder("公厕")) == uids(reminder("公厕", date(2027, 1, 1)))
    assert len(set(uids(reminder("甲", detail="面"), reminder("甲", detail="水"), reminder("甲", field="x")))) == 3


def test_no_person_leaves_with_the_calendar(desk: Desk) -> None:
    person = desk.store.find(Person, name="郑小满")[0]
    saved(desk, person.changed(mobile="13800000000"), duty(keeper_person=person.uid, keeper_phone="13800000000"))
    saved(desk, Facility(name="书屋", kind=FacilityKind.LIBRARY, contact=person.uid))
    keep(desk, CorrectionPoint(register="persons", record=person.uid, record_title="郑小满", reason="请核对"))
    saved(desk, desk.store.find(DisasterOfficer, person=person.uid)[0].changed(confirmed_on=None))
    everything = Reminding(desk).today()
    assert any("郑小满" in one.text for one in everything)

    text = Reminding(desk).ics(everything).decode().replace("\r\n ", "")

    assert "BEGIN:VEVENT" in text
    assert "郑小满" not in text
    assert "13800000000" not in text


def test_the_list_is_printed_in_the_order_given(desk: Desk) -> None:
    saved(desk, duty("村口公厕", term_to=date(2026, 11, 20), confirmed=True))
    found = Reminding(desk).today()

    text = "".join("".join(page_texts(Reminding(desk).printed(found))).split())

    assert "待办事项" in text
    assert "村口公厕的管护期限到2026年11月20日，已过3天。" in text
    assert "（逾期）" in text
    assert "".join(page_texts(Reminding(desk).printed([])))

"""A practice book looks like work, is full of small things to find, and nothing of it can pass for a return."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.journeys.invented import district_desk
from tests.xmdesk.documents.reading import page_texts
from ui.compose import create_book
from xmdesk.clock import frozen, today
from xmdesk.divisions import Divisions
from xmdesk.errors import Refused
from xmdesk.periods import Period
from xmdesk.problems import Severity
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.submission import Submission
from xmdesk.records.values.identity import id_facts
from xmdesk.services.desk import Desk
from xmdesk.services.keyring import SEAL
from xmdesk.services.practising import PRACTICE_CODE, PRACTICE_NAME, Practising, is_practice, watermark
from xmdesk.services.printing import Printing
from xmdesk.services.recognising import FileKind, recognise
from xmdesk.services.reminding import ReminderKind, Reminding
from xmdesk.services.rolling import Rolling
from xmdesk.services.submitting import Sealed
from xmdesk.trust.argon import FLOOR_COST

QUARTER = Period("2026Q4")


def made(folder: Path) -> Desk:
    return create_book(
        folder, code=PRACTICE_CODE, name=PRACTICE_NAME, password="练习用的口令2026", cost=FLOOR_COST
    ).desk


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Desk]:
    with frozen(NOON), made(tmp_path / "练习册").closing() as desk:
        Practising(desk).furnish()
        yield desk


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Desk]:
    with frozen(NOON), made(tmp_path / "台账册").closing() as desk:
        yield desk


@pytest.fixture
def marked(real: Desk) -> Desk:
    """An empty book marked as practice, whose office is not called so: 练习 on a page is then the watermark."""
    real.office.save_office(real.office.office().changed(name="榕下村村民委员会"))
    real.office.set_setting("practice", value=True)
    return real


def test_every_register_holds_about_ten_rows(practice: Desk) -> None:
    assert {name: practice.registers.count(name) for name in REGISTERS} == dict.fromkeys(REGISTERS, 10)
    assert practice.office.office().name == PRACTICE_NAME
    assert Rolling(practice).list_of(2026) is not None


def test_references_and_numbers_are_in_place(practice: Desk) -> None:
    shown = practice.registers.shown_many(practice.registers.rows("shelters", practice.registers.uids("shelters")))
    assert {one["name"]: one["duty_person"] for one in shown}["练习村避灾点"] == "林志远"
    facilities = practice.registers.rows("facilities", practice.registers.uids("facilities"))
    assert len({one.facility_no for one in facilities}) == 10  # type: ignore[attr-defined]
    assert all(one.facility_no.startswith(PRACTICE_CODE) for one in facilities)  # type: ignore[attr-defined]


def test_identity_numbers_are_sound_and_of_a_division_that_does_not_exist(practice: Desk) -> None:
    persons = practice.store.all(Person)
    assert {one.id_no[:6] for one in persons} == {"350299"}
    assert len({one.id_no for one in persons}) == 10
    for one in persons:
        facts = id_facts(one.id_no)
        assert facts is not None
        assert (facts.sex, facts.birth.isoformat()) == (one.sex, one.born_on)
    assert {one.mobile[:7] for one in persons} == {"1380000"}
    assert Divisions().get("350299") is None
    assert Divisions().get(PRACTICE_CODE) is None


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 1, 2), date(2028, 2, 29), date(2031, 7, 15)])
def test_there_is_something_to_find_on_any_day_and_only_one_error(tmp_path: Path, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    with frozen(noon), made(tmp_path / "练习册").closing() as desk:
        Practising(desk).furnish()

        problems = desk.checking.all(Period.containing(today()))

        errors = [(one.where.title, one.where.label) for one in problems if one.severity is Severity.ERROR]
        assert errors == [("村口绿地", "管理权人")]
        assert len(problems) > 10
        kinds = {one.kind for one in Reminding(desk).today()}
        assert {ReminderKind.REPAIR, ReminderKind.INSPECTION, ReminderKind.SUPPLY, ReminderKind.TERM} <= kinds


def sealed_in(desk: Desk, folder: Path) -> Sealed:
    """Put the one error right, answer for empty forms, and seal."""
    (green,) = [one for one in desk.store.all(MaintenanceDuty) if one.subject == "村口绿地"]
    desk.registers.save(green.changed(manager="练习村村民委员会"))
    draft = desk.submitting.draft(QUARTER)
    nil = [form for form in draft.forms if not draft.rows[form]]
    return desk.submitting.seal(draft, folder, nil=nil, prepared_by="林志远", signed_off_by="林志远")


def test_sealing_can_be_learnt_and_every_page_says_so(practice: Desk, tmp_path: Path) -> None:
    sealed = sealed_in(practice, tmp_path)

    assert sealed.path.name.startswith("练习上报_")
    assert all(text.count("练习") > text.count("练习村") for text in page_texts(sealed.path.read_bytes()))
    assert [one.version for one in practice.store.all(Submission)] == [1]
    assert not practice.keyring.has(SEAL)
    assert practice.enrolling.certificate_facts() == {}


def test_no_district_accepts_what_it_seals(practice: Desk, tmp_path: Path) -> None:
    sealed = sealed_in(practice, tmp_path)
    with district_desk(tmp_path / "district").closing() as district:
        district.enrolling.init()
        (told,) = district.inbox.receive([sealed.path], processes=1)

        assert (told.verdict, told.code) == ("refuse", "INBOX-PRACTICE")
        assert district.inbox.submissions() == []


def test_what_it_sealed_is_known_as_practice_wherever_it_is_dropped(practice: Desk, tmp_path: Path) -> None:
    found = recognise(sealed_in(practice, tmp_path).path)

    assert found.kind is FileKind.STRANGER
    assert found.text.startswith("这是练习册密封的文件")


def test_it_asks_no_district_for_anything(practice: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as asking:
        practice.enrolling.request(tmp_path / "申请.pdf")

    assert asking.value.code == "PRACTICE-NO-REQUEST"
    assert not practice.keyring.has(SEAL)
    assert list(tmp_path.glob("*.pdf")) == []


def test_undo_does_not_make_it_a_real_book(practice: Desk) -> None:
    assert practice.store.undoable() is None
    assert is_practice(practice)


def test_every_page_of_it_says_so(marked: Desk) -> None:
    pages = [
        marked.submitting.preview(marked.submitting.draft(QUARTER)),
        Printing(marked).draw("shelters", period=QUARTER),
        Printing(marked).draw("shelters", period=QUARTER, blank=True),
        Reminding(marked).printed([]),
        Rolling(marked).printed(2026),
    ]
    assert [[text.count("练习") > 0 for text in page_texts(one)].count(False) for one in pages] == [0] * 5


def test_pages_of_a_real_book_do_not(marked: Desk) -> None:
    marked.office.set_setting("practice", value=False)
    assert watermark(marked) == ""
    pages = [
        marked.submitting.preview(marked.submitting.draft(QUARTER)),
        Printing(marked).draw("shelters", period=QUARTER),
        Reminding(marked).printed([]),
    ]
    assert not any("练习" in text for one in pages for text in page_texts(one))

"""What a reviewer sees of a received return, and what is picked there for the slip."""

import pytest

from tests.xmdesk.services.stories import QUARTER, Offices, keep, one_of, woman
from xmdesk.jobs import in_one_go
from xmdesk.problems import Severity
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.records.registers import OFFICE, WHOLE, part_title
from xmdesk.services.looking_in import Inside
from xmdesk.services.reviewing import Point

WORDS = "村里核实过，情况属实"


@pytest.fixture
def inside(offices: Offices) -> Inside:
    """The return of the village, one doubt about a facility and one about the office explained."""
    checking = offices.village.checking
    doubts = [one for one in checking.all(QUARTER) if one.severity is not Severity.ERROR]
    for register in ("facilities", OFFICE):
        checking.explain(next(one for one in doubts if one.where.register == register and one.where.field), WORDS)
    offices.receive(offices.seal().path)
    return opened(offices)


def opened(offices: Offices) -> Inside:
    (submission,) = offices.district.inbox.submissions()
    return Inside(submission, offices.district.reviewing.payload(submission))


def row_called(inside: Inside, register: str, name: str) -> int:
    (number,) = in_one_go(inside.found(register, name))
    return number


def test_forms_stand_in_their_order_with_rows_and_nil_then_people_and_the_office(inside: Inside) -> None:
    told = {one.register: (one.rows, one.is_nil) for one in inside.forms}

    assert list(told)[:2] == ["facilities", "duties"]
    assert list(told)[-2:] == ["persons", OFFICE]
    assert (told["facilities"], told["shelters"], told["persons"]) == ((2, False), (0, True), (1, False))


def test_rows_read_as_in_the_registers_with_numbers_of_people_masked(inside: Inside) -> None:
    specs = {spec.name: spec for spec in inside.fields("persons")}
    (person,) = inside.texts("persons", [1], [specs[name] for name in ("name", "id_no", "mobile")])
    number = row_called(inside, "facilities", "图书室")
    fields = [spec for spec in inside.fields("facilities") if spec.name in ("kind", "parent", "floor_area")]

    (room,) = inside.texts("facilities", [number], fields)

    assert person == {"name": "林阿土", "id_no": "110105********002X", "mobile": "138****8117"}
    assert room == {"kind": "图书室/农家书屋", "parent": "军营村党群服务中心", "floor_area": "60.5"}


def test_fields_that_nobody_answered_stand_last(inside: Inside) -> None:
    names = [spec.name for spec in inside.fields("facilities")]
    assert names.index("floor_area") < names.index("police_count")


@pytest.mark.parametrize("query", ["图书室", "tss", "60.5 tss", "军营村党群 图书"])
def test_rows_are_found_by_characters_of_any_field_and_by_the_sound_of_the_name(inside: Inside, query: str) -> None:
    (number,) = in_one_go(inside.found("facilities", query))
    assert inside.point("facilities", number).title == "图书室"


def test_a_search_pauses_so_that_a_window_can_go_on(offices: Offices) -> None:
    people = [woman(name=f"林{chr(0x4E00 + place)}", id_no="", mobile="") for place in range(120)]
    keep(offices.village, *people)
    for place, one in enumerate(people):
        keep(offices.village, Facility(name=f"设施{place}", contact=one.uid))
    steps = opened_large(offices).found("facilities", "设施")

    assert sum(1 for _ in steps) > 2


def opened_large(offices: Offices) -> Inside:
    payload = offices.village.submitting.draft(QUARTER).registers
    return Inside(None, {"registers": payload, "nil": {"facilities": False}, "explanations": []})  # type: ignore[arg-type]  # only its rows are asked for


def test_what_is_picked_becomes_a_point_that_the_slip_carries_to_the_village(offices: Offices, inside: Inside) -> None:
    number = row_called(inside, "facilities", "图书室")
    picked = (inside.point("facilities", number, "hours"), inside.point("duties"), inside.point(OFFICE, 1, "address"))
    points = [Point(**{**vars(one), "reason": "请改"}) for one in picked]

    slip = offices.district.reviewing.send_back(inside.submission, points, offices.folder / "slip.pdf")
    taken = offices.village.reviewing.take(slip)

    assert list(taken.points) == points
    room = one_of(offices.village, Facility, name="图书室")
    assert (points[0].uid, points[0].title, points[0].label) == (room.uid, "图书室", "开放时间")
    assert (points[2].uid, points[2].label) == (offices.village.office.office().uid, "办公地址")


def test_an_explanation_tells_what_it_is_about_and_can_be_refused(inside: Inside) -> None:
    (of_facility, of_office) = sorted(inside.explanations, key=lambda one: one.point.register)

    assert (of_facility.text, of_facility.point.register, of_facility.point.row_no > 0) == (WORDS, "facilities", True)
    assert of_facility.point.label in of_facility.about
    assert (of_office.point.register, of_office.point.uid != "") == (OFFICE, True)
    assert of_facility.refused.reason
    assert (of_facility.refused.field, of_facility.point.reason) == (of_facility.point.field, "")


@pytest.mark.parametrize(
    ("code", "about"), [("SLIP-350212-20261123-0001", "退回单 350212-20261123-0001"), ("Z-NEWER", "")]
)
def test_answers_to_slips_and_codes_of_newer_programs_have_their_words(code: str, about: str) -> None:
    told = {"register": "", "uid": "", "field": "", "code": code, "text": "已改", "by": "林阿土"}
    payload = {"registers": {}, "nil": {}, "explanations": [told]}

    (one,) = Inside(None, payload).explanations  # type: ignore[arg-type]  # only its explanations are asked for

    assert (one.about, one.text, one.by, part_title(one.point.register)) == (about, "已改", "林阿土", WHOLE)


def test_people_named_by_rows_are_shown_by_name(offices: Offices, inside: Inside) -> None:
    spec = next(one for one in inside.fields("facilities") if one.name == "contact")
    number = row_called(inside, "facilities", "图书室")
    assert inside.texts("facilities", [number], [spec]) == [{"contact": one_of(offices.village, Person).name}]

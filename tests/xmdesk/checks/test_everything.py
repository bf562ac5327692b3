"""What only shows across records, what the plan asks of an office, and how long ten thousand rows take."""

from datetime import date
from decimal import Decimal

import pytest

from tests.xmdesk.checks.samples import (
    ACTIVITY,
    COMMUNITY,
    COMPLETE,
    DUTY,
    HALL,
    HELPER,
    LIST,
    MAN,
    OFFICE,
    OFFICER,
    SHELTER,
    TRAINING,
    WOMAN,
    said_across,
    said_of,
    snapshot,
)
from xmdesk.checks.everything import BREATH, RULES, SURVEYS, check, check_breathing, check_record
from xmdesk.problems import Severity
from xmdesk.records.base import Record
from xmdesk.records.registers import REGISTERS
from xmdesk.records.submission import NilAnswer
from xmdesk.snapshot import REGISTER_OF, Parameters, Snapshot


def kinds_of(*kinds: str) -> list[Record]:
    """Facilities of these kinds, in service and complete."""
    return [
        HALL.changed(
            uid=f"f{kind}",
            kind=kind,
            name=f"设施{kind}",
            facility_no=f"no{kind}",
            police_effective=True,
            police_effective_by="派出所 2026-01-05",
            shows_12348=True,
            terminal_no=f"T{kind}",
            owner="村",
            operator="村",
            manager="村",
        )
        for kind in kinds
    ]


@pytest.mark.parametrize(
    ("one", "other", "code", "field"),
    [
        (HALL, {"name": "别处"}, "C-TWICE", "facility_no"),
        (HALL.changed(terminal_no="T1"), {"facility_no": ""}, "C-TWICE", "terminal_no"),
        (HALL, {"facility_no": ""}, "C-SAME", "name"),
        (DUTY, {"subject": "别的"}, "C-TWICE", "item_no"),
        (DUTY, {"item_no": ""}, "C-SAME", "subject"),
        (SHELTER, {"name": "别处避灾点"}, "C-TWICE", "shelter_no"),
        (SHELTER, {"shelter_no": ""}, "C-SAME", "name"),
        (HELPER, {"person": "m"}, "C-TWICE", "certificate_no"),
        (HELPER, {"certificate_no": ""}, "C-HELPER-TWICE", "person"),
        (OFFICER, {"post": "B"}, "C-OFFICER-TWICE", "person"),
        (OFFICER, {"person": "m"}, "C-OFFICER-FIRSTS", "post"),
        (OFFICER.changed(certificate_no="Z1"), {"person": "m", "post": "B"}, "C-TWICE", "certificate_no"),
        (ACTIVITY, {}, "C-SAME", "theme"),
        (WOMAN, {"name": "林阿花"}, "C-PERSON-SAME-ID", "id_no"),
        (WOMAN, {}, "C-PERSON-TWICE", "id_no"),
    ],
)
def test_what_may_stand_once_is_named_on_both_records(one: Record, other: dict, code: str, field: str) -> None:
    twin = one.changed(uid="twin", **other)
    found = check(snapshot(one, twin, MAN))

    assert {item.where.uid for item in found if (item.code, item.where.field) == (code, field)} == {one.uid, "twin"}


def test_a_trainings_double_is_named() -> None:
    assert ("C-SAME", "theme") in said_of(TRAINING, TRAINING.changed(uid="again"))


def test_an_item_of_another_year_may_keep_its_number() -> None:
    assert said_of(DUTY, DUTY.changed(uid="next", year=2027)) == set()


def test_terms_of_one_person_must_not_overlap() -> None:
    earlier = OFFICER.changed(uid="earlier", started_on="2018", ended_on="2021-06", post="B")
    other = OFFICER.changed(uid="other", person="m", started_on="2019", ended_on="2020", post="B")

    assert ("C-OFFICER-OVERLAP", "started_on") in said_of(OFFICER, earlier, other, MAN)
    assert said_of(OFFICER, earlier.changed(ended_on="2020-12"), other, MAN) == set()


def test_buildings_inside_each_other_are_named() -> None:
    first, second = kinds_of("03", "04")
    ring = [first.changed(parent="f04"), second.changed(parent="f03"), HALL.changed(parent="f03")]
    named = {one.where.uid for one in check(snapshot(*ring)) if one.code == "C-FACILITY-PARENT"}

    assert named == {"f03", "f04"}


def test_rooms_larger_than_their_building_are_named_with_both_numbers() -> None:
    rooms = [one.changed(parent=HALL.uid, floor_area=Decimal("300.5")) for one in kinds_of("03", "04")]
    found = [one for one in check(snapshot(HALL, *rooms)) if one.code == "C-FACILITY-PARTS"]

    assert [one.text for one in found] == ["各用房面积相加 601 ㎡，大于所在综合体的建筑面积 600 ㎡。"]


def test_a_village_with_nothing_falls_short_everywhere() -> None:
    assert said_across() == {
        "C-TARGET-HELPERS",
        "C-TARGET-OFFICERS",
        "C-TARGET-SHELTERS",
        "C-TARGET-WORKROOM",
        "C-TARGET-BOARD",
        "C-TARGET-CONVENIENCE",
        "C-TARGET-VILLAGE-SERVICE",
        "C-TARGET-ELDER-CARE",
        "C-TARGET-DUTIES",
        "C-TARGET-GUIDANCE",
        "C-TARGET-PRACTICE",
    }


def test_a_community_is_asked_for_other_things_than_a_village() -> None:
    said = said_across(COMMUNITY)

    assert {"C-TARGET-POLICE", "C-TARGET-MEDIATION", "C-TARGET-TERMINAL"} <= said
    assert not {"C-TARGET-VILLAGE-SERVICE", "C-TARGET-DUTIES", "C-TARGET-DUTY-LIST"} & said


def test_a_village_with_everything_is_left_in_peace() -> None:
    people = [WOMAN, MAN, MAN.changed(uid="n", name="王火", id_no="120103198806018241", sex="2", born_on="1988")]
    helpers = [
        HELPER.changed(uid=f"h{place}", person=who.uid, certificate_no=f"F{place}") for place, who in enumerate(people)
    ]
    doings = [
        ACTIVITY.changed(uid=f"{kind}{number}", kind=kind, theme=f"第{number}次", from_on=f"2026-0{number}", to_on="")
        for kind in ("家教指导", "家教实践")
        for number in (5, 6)
    ]
    halls = kinds_of("02", "03", "06", "09", "16", "17")

    assert check(snapshot(*people, *helpers, *doings, *halls, OFFICER, SHELTER, HALL, DUTY, LIST)) == []


def test_a_list_without_its_document_is_named() -> None:
    assert "C-TARGET-DUTY-LIST" in said_across(DUTY)
    assert "C-TARGET-DUTY-LIST" not in said_across(DUTY, LIST)


def test_forms_that_are_not_asked_for_are_not_looked_at() -> None:
    asked = Snapshot({"office": [OFFICE], "persons": [], "inspections": []}, snapshot().today, snapshot().period)

    assert {one.code for one in check(asked) if not one.where.uid} == set()


def test_a_district_is_not_measured_like_a_village() -> None:
    assert said_across(OFFICE.changed(kind="6")) == set()
    assert said_across(OFFICE.changed(kind=None)) == set()


def test_activities_missing_in_spring_are_a_notice_only() -> None:
    spring = check(snapshot(period="2026Q1", today=date(2026, 3, 31)))
    autumn = check(snapshot(period="2026Q4"))
    found = [
        {one.code: one.severity for one in problems if one.where.register == "activities"}
        for problems in (spring, autumn)
    ]

    assert found == [
        {"C-TARGET-ACTIVITIES-SO-FAR": Severity.NOTICE},
        {"C-TARGET-GUIDANCE": Severity.WARNING, "C-TARGET-PRACTICE": Severity.WARNING},
    ]


def test_activities_of_no_day_or_a_later_day_do_not_count_yet() -> None:
    later = [ACTIVITY.changed(uid=str(day), from_on=day, to_on="", theme=day) for day in ("2026-12-01", "")]
    said = [one.text for one in check(snapshot(*later)) if one.code == "C-TARGET-GUIDANCE"]

    assert said == ["本年“家教指导”活动 0 次，应不少于 2 次（3-2-(一)-2）。"]


def test_a_small_centre_is_a_notice_and_unknown_households_are_not_zero() -> None:
    assert "C-TARGET-CENTRE-AREA" in said_across(OFFICE.changed(households=2001), HALL)
    assert "C-TARGET-CENTRE-AREA" not in said_across(OFFICE.changed(households=2000), HALL)
    assert "C-TARGET-CENTRE-AREA" not in said_across(OFFICE.changed(households=0), HALL)


def test_the_district_decides_how_many_helpers_are_wanted() -> None:
    assert "C-TARGET-HELPERS" not in said_across(HELPER, parameters=Parameters(helpers_wanted=1))


def test_only_contradictions_block_and_soft_words_only_inform() -> None:
    found = check(snapshot())

    assert {one.severity for one in found} == {Severity.WARNING, Severity.NOTICE}
    assert {one.code for one in found if one.severity is Severity.NOTICE} == {"C-TARGET-ELDER-CARE"}


def test_every_register_has_its_rules() -> None:
    assert {REGISTER_OF[one] for one in RULES} == {*REGISTERS, "office", "duty_lists"}
    assert set(SURVEYS) == set(REGISTERS) - {"inspections"}
    assert NilAnswer not in RULES


def test_a_new_record_is_checked_among_those_that_are_saved() -> None:
    fresh = HALL.changed(uid="fresh", name="另一处")

    assert {one.code for one in check_record(fresh, snapshot(*COMPLETE))} == {"C-TWICE"}


def test_days_that_cannot_be_read_are_named_and_stop_nothing() -> None:
    strange = HALL.changed(in_use_on="去年", ended_on="2026-13", retired_on="")

    assert {("V-DATE", "in_use_on"), ("V-DATE-MONTH", "ended_on")} <= said_of(strange)


def test_one_record_among_ten_thousand_is_checked_by_itself() -> None:
    lamps = [
        DUTY.changed(uid=f"u{number}", item_no=f"{number:018d}", subject=f"路灯{number}") for number in range(10_000)
    ]
    many = snapshot(*COMPLETE, *lamps)
    found = check_record(lamps[5].changed(mode=None), many)

    assert [one.code for one in found] == ["C-MISSING"]


def test_ten_thousand_rows_are_checked_whole() -> None:
    lamps = [
        DUTY.changed(uid=f"u{number}", item_no=f"{number:018d}", subject=f"路灯{number}", confirmed=None, mode=None)
        for number in range(9_000)
    ]
    halls = [
        HALL.changed(uid=f"v{number}", facility_no=f"{number:016d}", name=f"设施{number}", hours={"1": ["08:00-15:00"]})
        for number in range(1_000)
    ]
    many = snapshot(*COMPLETE, *lamps, *halls)
    found = check(many)

    assert len(found) > 20_000


def test_many_findings_of_one_survey_are_made_with_pauses_between() -> None:
    alike = [HALL.changed(uid=f"f{at}", facility_no="") for at in range(20 * BREATH)]
    unlike = [one.changed(name=f"设施{at}") for at, one in enumerate(alike)]

    pauses = {name: sum(1 for _ in check_breathing(snapshot(*some))) for name, some in (("a", alike), ("u", unlike))}

    assert pauses["a"] - pauses["u"] >= 20

"""An invented village with a few records in every register, written through the services."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.books import new_book
from xmdesk.records.codes import (
    ActivityKind,
    DutyClass,
    Engagement,
    FacilityKind,
    HelperState,
    Post,
    TrainingForm,
    TrainingKind,
)
from xmdesk.records.doings import Activity, Training
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.shelter import Shelter
from xmdesk.services.desk import Desk
from xmdesk.trust.argon import Cost

CHEAP = Cost(memory_kib=19 * 1024, passes=2)
PASSWORD = "村口榕树下第三块石头"
PEOPLE = ("郑小满", "郑建新", "林银杏", "叶美澄", "郑水根", "林志远", "洪淑真")
FACILITIES = (
    ("党群服务中心", FacilityKind.PARTY_CENTRE, "620"),
    ("便民服务站", FacilityKind.CONVENIENCE, "45.5"),
    ("村卫生室", FacilityKind.CLINIC, "80"),
    ("幸福院", FacilityKind.ELDER_CARE, "210"),
    ("农家书屋", FacilityKind.LIBRARY, "60"),
    ("文化广场", FacilityKind.HISTORY_HALL, ""),
    ("健身路径", FacilityKind.FITNESS, ""),
    ("人民调解室", FacilityKind.MEDIATION, "20"),
    ("儿童之家", FacilityKind.CHILDREN_HOME, "48"),
    ("警务室", FacilityKind.POLICE, "25"),
)
DUTIES = (
    ("村主干道", DutyClass.ROAD),
    ("蓄水池", DutyClass.WATER),
    ("垃圾分类亭", DutyClass.WASTE),
    ("村口公厕", DutyClass.TOILET),
    ("太阳能路灯", DutyClass.LIGHT),
)
WEEK = {str(day): ["08:00-12:00", "14:30-18:30"] for day in range(1, 6)}


def village_desk(folder: Path) -> Desk:
    """Open a clerk's new book of an invented office."""
    return new_book(folder, code="350212105206", name="榕下村村民委员会", desk="clerk", password=PASSWORD)


def district_desk(folder: Path) -> Desk:
    """Open a reviewer's new book of a district."""
    return new_book(folder, code="350212", desk="reviewer", password=PASSWORD)


def enrol(desk: Desk, reviewer: Desk, folder: Path) -> None:
    """Let the district issue the village its certificate."""
    root = reviewer.enrolling.init()
    asked = desk.enrolling.request(folder / "开通申请.pdf")
    reviewer.enrolling.grant(folder / "开通申请.pdf", fingerprint=asked.fingerprint, out=folder / "开通证书.pdf")
    desk.enrolling.accept(folder / "开通证书.pdf", root_digits_typed=root.fingerprint)


def fill(desk: Desk) -> None:
    """Put a few records into every register."""
    people = [_person(name, place) for place, name in enumerate(PEOPLE)]
    desk.registers.save_all(people, label="新增人员")
    desk.registers.save_all(
        [_facility(one, people[place % 7]) for place, one in enumerate(FACILITIES)], label="新增设施"
    )
    duties = [_duty(one, people[place]) for place, one in enumerate(DUTIES)]
    desk.registers.save_all(duties, label="新增管护条目")
    for record in _others(people, duties):
        desk.registers.save(record)
    office = desk.office.office()
    names = {
        "prepared_by": PEOPLE[0],
        "signed_off_by": PEOPLE[1],
        "secretary": people[2].uid,
        "director": people[1].uid,
    }
    desk.office.save_office(office.changed(**names, address="榕下村88号", households=412, residents=1380))


def _person(name: str, place: int) -> Person:
    posts = ("村委会委员", "村委会主任", "村党支部书记", "妇联主席", "村民小组长", "应急管理员", "网格员")
    return Person(name=name, mobile=f"1380592{place:04d}", post=posts[place])


def _facility(one: tuple[str, FacilityKind, str], person: Person) -> Facility:
    name, kind, area = one
    return Facility(
        name=name,
        kind=kind,
        location="榕下村88号",
        floor_area=Decimal(area) if area else None,
        built_year=2018 if area else None,
        hours=WEEK if area else {},
        contact=person.uid,
        contact_phone=person.mobile,
        staff_count=2,
    )


def _duty(one: tuple[str, DutyClass], person: Person) -> MaintenanceDuty:
    subject, kind = one
    office = "榕下村村民委员会"
    return MaintenanceDuty(
        subject=subject,
        kind=kind,
        year=2026,
        owner=office,
        operator=office,
        manager=office,
        keeper=office,
        keeper_person=person.uid,
        keeper_phone=person.mobile,
        frequency={"unit": "周", "times": 2},
    )


def _others(people: list[Person], duties: list[MaintenanceDuty]) -> list[Any]:
    shelter = {"location": "榕下村88号", "capacity": 120, "duty_person": people[5].uid, "duty_phone": people[5].mobile}
    training = {
        "theme": "灾情报送实操",
        "kind": TrainingKind.DISASTER,
        "form": TrainingForm.PRACTICE,
        "hours": Decimal(4),
    }
    return [
        DisasterOfficer(person=people[5].uid, post=Post.FIRST, engagement=Engagement.PART_TIME, started_on="2023-05"),
        DisasterOfficer(person=people[6].uid, post=Post.DEPUTY, engagement=Engagement.PART_TIME),
        *(LegalHelper(person=one.uid, status=HelperState.ACTIVE) for one in people[2:5]),
        Shelter(name="榕下村避灾点", supplies=[{"item": "棉被", "quantity": "30", "unit": "床"}], **shelter),
        Inspection(duty=duties[4].uid, at="2026-11-02T09:30", inspector=PEOPLE[0], is_normal=True),
        Training(from_on="2026-05-18", organiser="镇应急办", people_count=8, **training),
        Activity(
            from_on="2026-10-12", theme="普法进榕树下", kind=ActivityKind.LEGAL, organiser="村委会", people_count=46
        ),
    ]

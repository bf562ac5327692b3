"""Invented villages, people and facilities, the same ones in every run; nobody here exists."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from xmdesk.periods import Period
from xmdesk.records.codes import FacilityKind, OfficeKind
from xmdesk.records.facility import Facility
from xmdesk.records.office import Office
from xmdesk.records.people import Person
from xmdesk.records.registers import FORMS
from xmdesk.sealed.payload import OfficeHead, document, row_of
from xmdesk.trust.argon import FLOOR_COST
from xmdesk.trust.profiles import DocumentKind

PASSWORD = "村口榕树下第三块石头"
DISTRICT = "350212"
PERIOD = Period.parse("2026Q3")
SIGNED_ON = date(2026, 10, 8)
ROWS_A_PERSON = 10
SURNAMES = "郑林叶洪陈黄苏许吴谢庄蔡王李张刘郭曾杨卓"
GIVEN = ("小满", "建新", "银杏", "美澄", "水根", "志远", "淑真", "明月", "家和", "春分", "立夏", "秋实", "文渊", "可心")
HAMLETS = ("榕下", "桥头", "后坂", "溪西", "田中央", "顶厝", "石埕", "云埔", "茶园", "山边", "古楼", "白交")
NOUNS = ("党群服务中心", "便民服务站", "村卫生室", "幸福院", "农家书屋", "健身路径", "人民调解室", "儿童之家", "警务室")
KINDS = tuple(FacilityKind)
WEEK = {str(day): ["08:00-12:00", "14:30-18:30"] for day in range(1, 6)}


def village_code(number: int) -> str:
    """Return the code of an invented village of the district: thirty to a township."""
    return f"{DISTRICT}{100 + number // 30:03d}{201 + number % 30}"


def village_name(number: int) -> str:
    return f"{HAMLETS[number % 12]}{HAMLETS[number // 12 % 12]}村村民委员会"


def uid(village: int, register: int, number: int) -> str:
    """Return an identity in the form of a version 7 UUID, made of where the record stands."""
    return f"01930000-0000-7000-8{register:03d}-{village:06d}{number:06d}"


def people(count: int, village: int = 0) -> list[Person]:
    return [
        Person(
            uid=uid(village, 1, number),
            name=SURNAMES[(number * 7 + village) % 20] + GIVEN[(number * 5 + village) % 14],
            mobile=f"1380592{(village * 37 + number) % 10000:04d}",
            post="村委会委员",
        )
        for number in range(count)
    ]


def facilities(count: int, contacts: list[Person], village: int = 0) -> list[Facility]:
    """Return facilities with fifteen fields filled in."""
    return [facility(number, contacts[number % len(contacts)], village) for number in range(count)]


def facility(number: int, contact: Person, village: int) -> Facility:
    hamlet, office = HAMLETS[(number + village) % 12], village_name(village)
    return Facility(
        uid=uid(village, 2, number),
        facility_no=f"{village_code(village)}{number + 1:04d}",
        name=f"{hamlet}{NOUNS[number % 9]}{number + 1}",
        kind=KINDS[number % len(KINDS)],
        location=f"{hamlet}自然村{number * 3 % 400 + 1}号一层",
        floor_area=Decimal(number * 17 % 900 + 20),
        activity_area=Decimal(number * 17 % 900 + 15),
        built_year=1998 + number % 27,
        in_use_on=f"{1999 + number % 27}-{number % 12 + 1:02d}",
        owner=office,
        operator=office,
        hours=WEEK,
        staff_count=number % 5 + 1,
        contact=contact.uid,
        contact_phone=contact.mobile,
    )


def _office(village: int) -> Office:
    return Office(
        uid=uid(village, 3, 0), code=village_code(village), name=village_name(village), kind=OfficeKind.VILLAGE
    )


def payload(rows: int, village: int = 0) -> dict[str, Any]:
    """Return the first submission of an invented village: so many facilities, a tenth as many people, the rest nil."""
    contacts = people(max(1, rows // ROWS_A_PERSON), village)
    held = facilities(rows, contacts, village)
    return document(
        DocumentKind.SUBMISSION,
        OfficeHead(village_code(village), village_name(village), str(OfficeKind.VILLAGE)),
        as_of=PERIOD.last.isoformat(),
        period=PERIOD.text,
        version=1,
        replaces="",
        sequence=1,
        previous_sha256="",
        audit_head="0" * 64,
        task_no="",
        registers={
            "office": [row_of(_office(village))],
            "duty_lists": [],
            **{form: [] for form in FORMS},
            "facilities": [row_of(one) for one in held],
            "persons": [row_of(one) for one in contacts],
        },
        nil={form: form != "facilities" for form in FORMS},
        explanations=[],
        changes={"added": [], "changed": [], "removed": [], "unchanged": rows},
        approval={
            "prepared_by": contacts[0].name,
            "reviewed_by": "",
            "signed_off_by": contacts[-1].name,
            "phone": "",
            "at": f"{SIGNED_ON.isoformat()}T02:00:00Z",
        },
        head={"form_no": "", "maker": "", "approval_no": "", "valid_until": ""},
        private="",
    )


def book(folder: Path, code: str, name: str, desk: str = ""):
    """Make a book whose password is checked quickly."""
    from ui.compose import create_book

    return create_book(folder, code=code, name=name, desk=desk, password=PASSWORD, cost=FLOOR_COST).desk

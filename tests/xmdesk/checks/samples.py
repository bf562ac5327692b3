"""Complete records of an invented village in which the checks find nothing, and ways to look at one changed thing."""

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from xmdesk.checks.everything import check, check_record
from xmdesk.periods import Period
from xmdesk.problems import Problem
from xmdesk.records.base import Record
from xmdesk.records.doings import Activity, Training
from xmdesk.records.duty import DutyList, Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.shelter import Shelter
from xmdesk.snapshot import REGISTER_OF, Snapshot

TODAY = date(2026, 11, 23)
WEEK = {str(day): ["08:00-12:00", "14:00-18:00"] for day in range(1, 8)}


R = TypeVar("R", bound=Record)


def made(cls: type[R], **values: Any) -> R:
    """A record from plain values: codes as they are stored."""
    return cls.model_validate(values)


WOMAN = made(
    Person,
    name="林阿土",
    id_no="11010519491231002X",
    sex="2",
    born_on="1949-12-31",
    political="13",
    education="70",
    post="白云村民委员会委员",
    mobile="13800008117",
)
MAN = WOMAN.changed(
    uid="m", name="陈水木", id_no="360426199101010071", sex="1", born_on="1991-01-01", mobile="13900008118"
)

OFFICE = made(
    Office,
    code="350212105201",
    name="白云村民委员会",
    kind="1",
    address="白云村1号",
    households=500,
    residents=1600,
    aged_0_14=200,
    aged_65_up=300,
    grids=[{"name": "第一网格", "full_time_count": 1}],
    secretary=WOMAN.uid,
    director=WOMAN.uid,
    phone="0592-7012345",
    prepared_by="林阿土",
    signed_off_by="林阿土",
)
COMMUNITY = OFFICE.changed(kind="2", community_worker_count=6)

HALL = made(
    Facility,
    facility_no="3502121052010001",
    name="白云村党群服务中心",
    kind="01",
    location="白云村1号",
    lng=Decimal("118.1"),
    lat=Decimal("24.6"),
    floor_area=Decimal(600),
    activity_area=Decimal(400),
    built_year=2018,
    in_use_on="2018-06",
    hours=WEEK,
    has_sign=True,
    staff_count=3,
    contact=WOMAN.uid,
    contact_phone="13800008117",
)
DUTY = made(
    MaintenanceDuty,
    item_no="350212105201060001",
    year=2026,
    kind="06",
    subject="村道路灯",
    location="全村",
    quantity=Decimal(120),
    unit="盏",
    built_year=2020,
    owner="白云村民委员会",
    operator="无",
    manager="同所有权人",
    keeper="白云村民委员会",
    keeper_person=WOMAN.uid,
    keeper_phone="13800008117",
    mode="自行",
    content="更换灯泡",
    standard="亮灯率95%",
    frequency={"unit": "周", "times": 1},
    funding=["村集体"],
    funding_amount=Decimal(12000),
    overseer="镇政府",
    hotline="12345",
    confirmed=True,
    confirmed_on=date(2026, 1, 10),
    noticed_on=date(2026, 2, 1),
)
LIST = made(DutyList, year=2026, state="已定稿", notice_from=date(2026, 2, 1), notice_to=date(2026, 2, 8))
GOOD_LOOK = made(Inspection, duty=DUTY.uid, at="2026-10-08T09:30", inspector="林阿土", kind="日常", is_normal=True)
TROUBLE = GOOD_LOOK.changed(
    is_normal=False,
    finding="3盏不亮",
    impact="使用",
    repair_person=WOMAN.uid,
    due_on=date(2026, 10, 15),
    state="已复核",
    done_on=date(2026, 10, 12),
    rechecked_by="陈水木",
)
OFFICER = made(
    DisasterOfficer,
    person=WOMAN.uid,
    post="A",
    engagement="兼职",
    started_on="2021-01",
    in_national_system=True,
    entered_on="2021-02",
    confirmed_on=date(2026, 4, 20),
)
SHELTER = made(
    Shelter,
    shelter_no="3502121052010001",
    name="白云村避灾点",
    space="室内",
    hazards=["台风"],
    location="白云村老人活动中心",
    total_area=Decimal(400),
    effective_area=Decimal(300),
    capacity=150,
    host="白云村民委员会",
    duty_person=WOMAN.uid,
    duty_phone="13800008117",
    supplies=[{"item": "棉被", "quantity": "30", "unit": "床", "expires": "2030", "place": ""}],
    rooms=["值班室", "男宿舍", "女宿舍", "仓库", "厕所"],
    has_wall_sign=True,
    has_route_sign=True,
    checked_on="2026-05-20",
    check_result="合格",
)
HELPER = made(
    LegalHelper,
    person=WOMAN.uid,
    sources=["村干部"],
    route="两委推荐",
    initial_training_on="2022-03",
    initial_training_hours=Decimal(8),
    certificate_no="FL0001",
    certificate_by="区司法局",
    certificate_on="2022-05",
    status="在册",
)
TRAINING = made(
    Training,
    from_on="2026-04-20",
    theme="汛前培训",
    kind="灾害信息员培训",
    organiser="区应急局",
    form="集中",
    hours=Decimal("3.5"),
    people_count=30,
    attendees=[{"person": WOMAN.uid, "result": "合格"}],
)
ACTIVITY = made(
    Activity, from_on="2026-06-01", to_on="2026-06-02", theme="亲子阅读", kind="家教指导", organiser="白云村"
)

COMPLETE: tuple[Record, ...] = (
    OFFICE, WOMAN, HALL, DUTY, LIST, GOOD_LOOK, TROUBLE, OFFICER, SHELTER, HELPER, TRAINING, ACTIVITY,
)  # fmt: skip


def snapshot(*records: Record, period: str = "2026Q4", today: date = TODAY, **more: Any) -> Snapshot:
    """Every register is asked for; the office and the woman are there unless another stands in their place."""
    rows: dict[str, list[Record]] = {name: [] for name in REGISTER_OF.values()}
    given = {one.uid for one in records}
    offices = any(isinstance(one, Office) for one in records)
    base = [one for one in (OFFICE, WOMAN) if one.uid not in given and not (offices and one is OFFICE)]
    for one in (*base, *records):
        rows[REGISTER_OF[type(one)]].append(one)
    return Snapshot(rows, today, Period(period), **more)


def codes(problems: list[Problem]) -> set[tuple[str, str]]:
    return {(one.code, one.where.field) for one in problems}


def said_of(record: Record, *others: Record, **more: Any) -> set[tuple[str, str]]:
    """Codes and fields found about one record among others (by default the complete village)."""
    around = [one for one in (*COMPLETE, *others) if one.uid != record.uid]
    offices = [one for one in (record, *others) if isinstance(one, Office)]
    if offices:
        around = [one for one in around if not (isinstance(one, Office) and one is OFFICE)]
    return codes(check_record(record, snapshot(*around, **more)))


def said_across(*records: Record, **more: Any) -> set[str]:
    """Codes that only show across records: those without a record of their own."""
    return {one.code for one in check(snapshot(*records, **more)) if not one.where.uid}

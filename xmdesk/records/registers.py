"""The registers by the names that the command line, the payload and the layouts use."""

from dataclasses import dataclass

from xmdesk.records.base import Kept, Record
from xmdesk.records.doings import Activity, Attachment, Training
from xmdesk.records.duty import DutyList, Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import (
    Cycle,
    FieldNote,
    ImportBatch,
    IssuedCertificate,
    OfficeSetting,
    ParkedRow,
    RosterOffice,
    SavedMapping,
)
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.shelter import Shelter
from xmdesk.records.submission import (
    CollectionTask,
    CorrectionPoint,
    Explanation,
    NilAnswer,
    ReceivedFile,
    Submission,
    Verdict,
)


@dataclass(frozen=True)
class Register:
    """A register: its name in code, its record class, its title, and whether it is a form of the return."""

    name: str
    record: type[Kept]
    title: str
    noun: str
    is_form: bool = True


REGISTERS: dict[str, Register] = {
    one.name: one
    for one in (
        Register("facilities", Facility, "公共服务设施台账", "设施"),
        Register("duties", MaintenanceDuty, "管护责任清单", "管护条目"),
        Register("inspections", Inspection, "巡查报修记录", "巡查记录"),
        Register("persons", Person, "人员名册", "人员", is_form=False),
        Register("disaster_officers", DisasterOfficer, "灾害信息员名册", "灾害信息员"),
        Register("shelters", Shelter, "避灾点一览表", "避灾点"),
        Register("legal_helpers", LegalHelper, "法律明白人花名册", "法律明白人"),
        Register("trainings", Training, "培训记录", "培训"),
        Register("activities", Activity, "活动记录", "活动"),
    )
}

FORMS: tuple[str, ...] = tuple(one.name for one in REGISTERS.values() if one.is_form)

OFFICE, OFFICE_TITLE, WHOLE = "office", "单位信息", "整份上报"


def part_record(name: str) -> type[Record]:
    """Return the class of one part of a return: a register, or the office's own data."""
    return Office if name == OFFICE else REGISTERS[name].record


def part_title(name: str) -> str:
    """Return what people call one part of a return; no name, or one that is not sent, means the whole of it."""
    if name == OFFICE:
        return OFFICE_TITLE
    return REGISTERS[name].title if name in REGISTERS else WHOLE


RECORDS: tuple[type[Record], ...] = (
    Office,
    Person,
    Facility,
    DutyList,
    MaintenanceDuty,
    Inspection,
    DisasterOfficer,
    Shelter,
    LegalHelper,
    Training,
    Activity,
    Attachment,
    CollectionTask,
    NilAnswer,
    Explanation,
    Submission,
    ReceivedFile,
    Verdict,
    CorrectionPoint,
    OfficeSetting,
    RosterOffice,
    IssuedCertificate,
    ImportBatch,
    ParkedRow,
    SavedMapping,
    FieldNote,
    Cycle,
)
"""Every class that a book stores; each has its table in ``db``."""

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, VILLAGE, duty, hall, saved, woman
from xmdesk.errors import Fault, WrongUse
from xmdesk.records.codes import ListState
from xmdesk.records.duty import DutyList, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer
from xmdesk.records.shelter import Shelter
from xmdesk.services.registers import Registers


@pytest.fixture
def registers(store: SqlStore) -> Registers:
    return Registers(store)


def test_numbers_are_given_in_turn_and_never_change(registers: Registers) -> None:
    first, second = saved(registers, hall()), saved(registers, hall(name="老人会"))
    assert (first.facility_no, second.facility_no) == (f"{VILLAGE}0001", f"{VILLAGE}0002")
    assert saved(registers, first.changed(name="改名")).facility_no == first.facility_no


def test_the_number_of_a_retired_record_is_not_given_again(registers: Registers) -> None:
    saved(registers, hall())
    second = saved(registers, hall(name="老人会"))
    registers.retire("facilities", second.uid, on="2026-11", reason="拆除")
    assert saved(registers, hall(name="书屋")).facility_no == f"{VILLAGE}0003"


def test_duties_are_numbered_within_their_class_and_shelters_by_themselves(registers: Registers) -> None:
    assert saved(registers, duty()).item_no == f"{VILLAGE}{duty().kind}0001"
    assert saved(registers, duty(kind=None)).item_no == ""
    assert saved(registers, Shelter(name="避灾点")).shelter_no == f"{VILLAGE}0001"


def test_many_records_saved_at_once_get_numbers_of_their_own(registers: Registers, store: SqlStore) -> None:
    registers.save_all([hall(name=f"设施{number}") for number in range(3)], label="新增设施")
    numbers = sorted(one.facility_no for one in store.all(Facility))
    assert numbers == [f"{VILLAGE}{number:04d}" for number in (1, 2, 3)]


def test_a_duty_brings_the_list_of_its_year_along_once(registers: Registers, store: SqlStore) -> None:
    saved(registers, duty())
    saved(registers, duty(subject="水池"))
    registers.save_all([duty(year=2025), duty(year=2025, subject="水池")], label="上年")
    assert sorted(one.year or 0 for one in store.all(DutyList)) == [2025, 2026]


@pytest.mark.parametrize(
    ("closed", "open_years", "wanted"), [((), (), 2026), ((2026,), (2027, 2028), 2027), ((2026,), (2025,), None)]
)
def test_a_new_duty_takes_the_year_of_the_list_that_is_open(
    registers: Registers, store: SqlStore, closed: tuple[int, ...], open_years: tuple[int, ...], wanted: int | None
) -> None:
    with store.change("清单") as change:
        change.save_many([DutyList(year=year, state=ListState.FINAL) for year in closed])
        change.save_many([DutyList(year=year) for year in open_years])
    made = registers.new("duties")
    assert isinstance(made, MaintenanceDuty)
    assert (registers.open_year(), made.year) == (wanted, wanted or 2026)
    assert registers.takes_new("duties") is (wanted is not None)
    assert registers.takes_new("facilities")


def test_sex_and_birth_follow_from_the_identity_number(registers: Registers) -> None:
    done = saved(registers, woman(born_on="1949"))
    assert (done.sex, done.born_on) == ("2", "1949-12-31")
    assert saved(registers, woman(born_on="1950")).born_on == "1950"


@pytest.mark.parametrize("day", ["2090", "2090-12", "2090-01-01"])
def test_nothing_ends_on_a_day_to_come(registers: Registers, day: str) -> None:
    one = saved(registers, hall())
    with pytest.raises(WrongUse) as refused:
        registers.retire("facilities", one.uid, on=day, reason="合并")
    assert refused.value.code == "DESK-FUTURE"
    assert registers.count("facilities") == 1


def test_a_retired_record_is_not_counted_and_can_come_back(registers: Registers) -> None:
    one = saved(registers, hall())
    registers.retire("facilities", one.uid, on="", reason="合并")
    retired = registers.get("facilities", one.uid)
    assert retired is not None
    assert (registers.count("facilities"), retired.retired_reason) == (0, "合并")
    assert retired.retired_on
    registers.restore("facilities", one.uid)
    assert registers.count("facilities") == 1


def test_retiring_what_is_not_there_is_a_fault(registers: Registers) -> None:
    with pytest.raises(Fault) as why:
        registers.retire("facilities", "无", on="2026", reason="")
    assert why.value.code == "RECORD-GONE"


def test_an_unknown_register_is_wrong_use_and_names_the_known_ones(registers: Registers) -> None:
    with pytest.raises(WrongUse) as why:
        registers.count("roads")
    assert "facilities" in why.value.facts["names"]


def test_numbers_are_shown_masked_unless_asked_for(registers: Registers) -> None:
    person = saved(registers, woman())
    assert ID_NO not in registers.shown(person).values()
    assert registers.shown(person)["mobile"] == "138****8117"
    assert registers.shown(person, reveal=True)["id_no"] == ID_NO


def test_references_are_shown_as_titles_and_posts_by_the_person(registers: Registers) -> None:
    person = saved(registers, woman())
    facility = saved(registers, hall(person))
    officer = saved(registers, DisasterOfficer(person=person.uid))
    assert registers.shown(facility)["contact"] == "林阿土"
    assert registers.shown(facility.changed(contact="gone"))["contact"] == ""
    assert [registers.title_of(one) for one in (facility, officer)] == ["军营村党群服务中心", "林阿土"]


def test_a_new_duty_is_for_this_year(registers: Registers, clock: object) -> None:
    assert registers.new("duties").model_dump()["year"] == 2026
    assert registers.new("shelters").title() == ""

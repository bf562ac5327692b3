from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, duty, hall, saved, woman
from xmdesk.records.codes import PersonRole
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.services.people import People, roles_by_person, roles_of
from xmdesk.services.registers import Registers

OTHER_ID = "360426199101010071"


def test_the_identity_number_decides_whatever_the_name() -> None:
    known = woman()
    assert People([known]).find(name="林阿士", id_no=ID_NO) == known


def test_two_identity_numbers_are_never_one_person() -> None:
    people = People([woman()])
    assert people.find(name="林阿土", id_no=OTHER_ID, phone="13800008117") is None
    made = people.take({"name": "林阿土", "id_no": OTHER_ID, "mobile": "13800008117"})
    assert made.uid in people.touched
    assert len({one.uid for one in (made, people.take({"name": "林阿土", "id_no": ID_NO}))}) == 2


def test_a_name_alone_means_the_only_person_of_that_name() -> None:
    people = People([woman()])
    assert people.find(name="林阿土") is not None
    people.take({"name": "林阿土", "id_no": OTHER_ID})
    assert people.find(name="林阿土") is None


def test_a_phone_tells_two_of_one_name_apart() -> None:
    first, second = woman(id_no=""), woman(id_no="", mobile="13900008118")
    people = People([first, second])
    assert people.find(name="林阿土", phone="13900008118") == second
    assert people.find(name="林阿土", phone="13700000000") is None


def test_the_second_phone_counts_too() -> None:
    known = woman(id_no="", other_phone="0592-7012345")
    assert People([known]).find(name="林阿土", phone="0592-7012345") == known


def test_what_is_known_is_completed_and_never_wiped() -> None:
    people = People([woman(post="村委", id_no="")])
    done = people.take({"name": "林阿土", "id_no": ID_NO, "post": "", "mobile": None})
    assert (done.post, done.mobile, done.id_no, done.sex) == ("村委", "13800008117", ID_NO, "2")
    assert list(people.touched) == [done.uid]


def test_a_person_who_is_known_already_is_not_touched() -> None:
    people = People([woman(sex="2", born_on="1949-12-31")])
    people.take({"name": "林阿土", "mobile": "13800008117"})
    assert people.touched == {}


def test_a_phone_beside_the_name_becomes_the_mobile_only_if_it_is_one() -> None:
    people = People([])
    assert people.take({"name": "林阿土"}, phone="13800008117").mobile == "13800008117"
    assert people.take({"name": "陈水木"}, phone="0592-7012345").mobile == ""


def test_two_numbers_in_one_cell_are_kept_apart() -> None:
    made = People([]).take({"name": "林阿土", "mobile": "13800008117/13900008118"})
    assert (made.mobile, made.other_phone) == ("13800008117", "13900008118")


def test_one_person_holds_many_roles_until_each_ends(store: SqlStore) -> None:
    registers = Registers(store)
    person = saved(registers, woman())
    helper, officer = LegalHelper(person=person.uid), DisasterOfficer(person=person.uid)
    for one in (hall(person), duty(keeper_person=person.uid), helper, officer):
        saved(registers, one)
    assert roles_by_person(store)[person.uid] == {
        PersonRole.CONTACT,
        PersonRole.KEEPER,
        PersonRole.HELPER,
        PersonRole.OFFICER,
    }
    in_order = [PersonRole.OFFICER, PersonRole.HELPER, PersonRole.KEEPER, PersonRole.CONTACT]
    assert roles_of(store, person.uid) == in_order
    saved(registers, officer.changed(ended_on="2026-10"))
    registers.retire("legal_helpers", helper.uid, on="2026", reason="")
    assert roles_by_person(store)[person.uid] == {PersonRole.CONTACT, PersonRole.KEEPER}
    assert roles_of(store, person.uid) == [PersonRole.KEEPER, PersonRole.CONTACT]


def test_a_nameless_person_is_still_a_person() -> None:
    assert isinstance(People([]).take({"mobile": "13800008117"}), Person)

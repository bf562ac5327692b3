"""A form that asks for more of the people a record names is filled from the roster, their numbers hidden."""

import pytest
from openpyxl import load_workbook

from db.store import open_memory
from tests.xmdesk.services.blank_forms import simple_form
from xmdesk.records.codes import FacilityKind, Political
from xmdesk.records.facility import Facility
from xmdesk.records.office import Office
from xmdesk.records.people import Person
from xmdesk.services.filling import Filling
from xmdesk.services.form_mapping import form_fields, matchers
from xmdesk.services.form_people import fields_of_named

NUMBER = "350212196001050012"


@pytest.fixture
def store():
    made = open_memory()
    keeper = Person(name="林阿土", id_no=NUMBER, post="书屋管理员", political=next(iter(Political)))
    with made.change("x") as change:
        change.save(Office(code="350212105206", name="榕下村村民委员会"))
        change.save_many([keeper, Facility(name="榕下书屋", kind=next(iter(FacilityKind)), contact=keeper.uid)])
        change.save(Facility(name="无人馆", kind=next(iter(FacilityKind))))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("register", "path", "fields"),
    [
        ("facilities", ("负责人身份证号",), ("contact.id_no",)),
        ("facilities", ("负责人身份证",), ("contact.id_no",)),
        ("facilities", ("负责人的性别",), ("contact.sex",)),
        ("facilities", ("负责人", "政治面貌"), ("contact.political",)),
        ("duties", ("管护责任人身份证号码",), ("keeper_person.id_no",)),
        ("shelters", ("副责任人职务",), ("deputy_person.post",)),
        ("facilities", ("身份证号",), ()),
        ("facilities", ("设施名称身份证号",), ()),
        ("disaster_officers", ("姓名身份证号",), ()),
    ],
)
def test_a_title_that_says_whose_leads_to_that_persons_field(register: str, path, fields) -> None:
    assert fields_of_named(register, path, matchers()) == fields


def test_they_are_offered_for_any_column(store) -> None:
    assert ("contact.id_no", "负责人：公民身份号码") in form_fields("facilities")


def test_a_form_is_filled_with_them_and_numbers_stay_hidden_without_a_reason(store, tmp_path) -> None:
    filling = Filling(store)
    blank = filling.look(simple_form(tmp_path / "表.xlsx", "设施名称", "负责人", "负责人身份证号", "负责人职务"))
    proposed = filling.propose(blank, "facilities")
    done = filling.fill(blank, proposed, store.uids(Facility), tmp_path / "报.xlsx")
    rows = [[one.value for one in row] for row in load_workbook(done.path).worksheets[0].iter_rows()]

    assert [one.field for one in proposed.columns] == ["name", "contact.name", "contact.id_no", "contact.post"]
    assert ["榕下书屋", "林阿土", "350212********0012", "书屋管理员"] in rows
    assert ["无人馆", None, None, None] in rows

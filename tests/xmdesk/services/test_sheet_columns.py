"""How registers look on sheets, and what their readers take."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.reading import Bad
from xmdesk.services.people import People
from xmdesk.services.sheet_columns import MUST_HAVE, sheet_register


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_has_the_columns_it_cannot_do_without(name: str) -> None:
    fields = {column.field for column in sheet_register(name).columns if column.required}

    assert fields == set(MUST_HAVE[name])


@pytest.mark.parametrize("name", REGISTERS)
def test_compound_columns_fill_fields_that_exist(name: str) -> None:
    described = sheet_register(name)
    fields = {column.field for column in described.columns}

    assert all(set(compound.fields) <= fields for compound in described.compounds)


def test_numbers_of_other_documents_are_told_by_their_shape() -> None:
    reader = sheet_register("persons").column("id_no").reader

    assert reader("e12345678").value == "E12345678"
    assert reader("350206********1541").value == "350206********1541"
    with pytest.raises(Bad, match="V-ID"):
        reader("350299199510151541")


def test_a_quantity_may_carry_its_unit() -> None:
    quantity = sheet_register("duties").column("quantity")

    assert quantity.reader("186盏").value == 186


def test_two_days_in_one_cell_are_beginning_and_end() -> None:
    compound = next(one for one in sheet_register("trainings").compounds if one.fields == ("from_on", "to_on"))

    assert compound.reader("2026年5月12日-13日").value == ("2026-05-12", "2026-05-13")


def test_minutes_and_seconds_are_read_from_sheets_and_days_without_year_are_not() -> None:
    register = sheet_register("facilities")
    place = next(one for one in register.compounds if one.fields == ("lng", "lat"))

    assert register.column("lng").reader("118°5′20″E").value == Decimal("118.088889")
    assert place.reader("118°5′20″E，24°28′47″N").value == (Decimal("118.088889"), Decimal("24.479722"))
    assert (bad := refusal(register.column("in_use_on").reader, "12.5")) is not None
    assert bad.code == "V-DATE-NO-YEAR"


def test_a_second_number_becomes_the_other_phone() -> None:
    person = People([]).take({"name": "蔡美玉", "mobile": "13800008117/0592-7018000"})

    assert (person.mobile, person.other_phone) == ("13800008117", "0592-7018000")


def refusal(reader: Callable[[object], object], text: str) -> Bad | None:
    try:
        reader(text)
    except Bad as why:
        return why
    return None


@pytest.mark.parametrize("name", REGISTERS)
def test_a_column_names_the_limit_that_its_reader_has(name: str) -> None:
    told = {one.field: (one.limit, refusal(one.reader, "长" * 3000)) for one in sheet_register(name).columns}
    limits = {
        field: (limit, why.facts["limit"]) for field, (limit, why) in told.items() if why and "limit" in why.facts
    }

    assert limits
    assert [field for field, (limit, meant) in limits.items() if limit != meant] == []


def test_the_name_of_a_person_may_have_50_characters() -> None:
    assert sheet_register("persons").column("name").limit == 50
    assert sheet_register("shelters").column("duty_person.name").limit == 50
    assert sheet_register("persons").column("address").limit == 120

"""A column in another unit that a person puts to a field is converted cell by cell, and said to be."""

from decimal import Decimal

import pytest

from xmdesk.documents.sheets.other_units import converting
from xmdesk.records.values.reading import Bad
from xmdesk.services.sheet_columns import sheet_register

COST = sheet_register("duties").column("funding_amount")
AREA = sheet_register("facilities").column("floor_area")
HEADER = "资金（万元/年）"


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("1.2", "12000"), (1.2, "12000"), (2, "20000"), ("0.5万元", "5000"), ("12000元", "12000"), ("", None)],
)
def test_ten_thousands_become_yuan_unless_the_cell_has_its_own_unit(cell: object, amount: str | None) -> None:
    found = converting(COST.reader, HEADER, COST)(cell)

    assert found.value == (None if amount is None else Decimal(amount))
    is_converted = "V-CONVERTED" in {one.code for one in found.notes}
    assert is_converted == (cell not in ("", "12000元"))


@pytest.mark.parametrize(("header", "cell", "area"), [("面积（亩）", "1.5", "1000"), ("面积（亩）", 2, "1333.33")])
def test_a_mu_is_two_thirds_of_a_thousand_square_metres(header: str, cell: object, area: str) -> None:
    assert converting(AREA.reader, header, AREA)(cell).value == Decimal(area)


@pytest.mark.parametrize("header", ["年度经费(元)", "年度经费", "人数（户）"])
def test_the_same_unit_none_or_one_of_something_else_is_read_as_it_stands(header: str) -> None:
    assert converting(COST.reader, header, COST)("1.2").value == Decimal("1.20")


def test_what_is_no_number_is_refused_as_before() -> None:
    with pytest.raises(Bad, match="V-NUMBER"):
        converting(COST.reader, HEADER, COST)("一些")

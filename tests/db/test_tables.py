"""The tables inherit the records: typed columns give typed values back."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from pydantic.fields import FieldInfo

from db.columns import PLACES_WITHOUT_KIND, Scaled, decimal_text, lie_of
from db.shapes import shapes
from db.store import SqlStore
from db.tables import BOOKKEEPING, ROWS, table_of
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility
from xmdesk.records.registers import RECORDS


def test_typed_columns_read_and_write_what_the_raw_path_does(store: SqlStore) -> None:
    kind = list(FacilityKind)[2]
    one = Facility(name="甲", kind=kind, floor_area=Decimal("3.60"), sign_checked_on=date(2026, 1, 2), duties=["a"])
    with store.change("新增") as change:
        change.save(one)
    table = table_of("facilities")
    again = {name: getattr(one, name) for name in Facility.model_fields} | {"uid": "2", "name": "乙"}
    books = {"row_version": 1, "created_at": "", "updated_at": "", "updated_by": "", "search": ""}

    with store.connections.writing() as connection:
        connection.execute(sa.insert(table).values(**again, **books))
        row = connection.execute(sa.select(table).where(table.c.name == "甲")).mappings().one()

    assert {name: row[name] for name in Facility.model_fields} == one.model_dump()
    assert store.get(Facility, "2") == one.model_copy(update={"uid": "2", "name": "乙"})
    assert row["kind"] is kind


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_no_field_is_called_like_a_bookkeeping_column(record: type) -> None:
    names = [column.name for column in table_of(record.key).columns]  # type: ignore[attr-defined]

    assert names == [*record.model_fields, *BOOKKEEPING]  # type: ignore[attr-defined]
    assert set(record.model_fields).isdisjoint(BOOKKEEPING)  # type: ignore[attr-defined]


def test_every_record_has_one_key_and_one_table() -> None:
    assert set(ROWS) == set(shapes())
    assert len(shapes()) == len(RECORDS)


@pytest.mark.parametrize("text", ["0", "3.6", "-12.05", "12000", "99999999999.99", "0.01"])
def test_decimals_lie_exactly_and_come_back_as_canonical_text(text: str) -> None:
    scaled = Scaled(2)

    assert scaled.load(scaled.store(Decimal(text))) == Decimal(text)
    assert scaled.load_text(scaled.store(Decimal(text))) == text
    assert decimal_text(Decimal("1E+3")) == "1000"


def test_a_decimal_without_a_kind_has_six_places_and_an_unknown_type_is_our_bug() -> None:
    lie = lie_of(FieldInfo(annotation=Decimal))  # type: ignore[arg-type]

    assert lie.store is not None
    assert lie.store(Decimal("0.000001")) == 1
    assert PLACES_WITHOUT_KIND == 6
    with pytest.raises(TypeError, match="no column"):
        lie_of(FieldInfo(annotation=bytes))  # type: ignore[arg-type]

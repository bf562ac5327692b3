"""Sheets that evidently have no header: read without at the window, imported whole, remembered apart from others."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.store import SqlStore
from xmdesk.documents.sheets.no_header import NO_HEADER
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow, SavedMapping
from xmdesk.records.people import Person
from xmdesk.services.import_begun import BegunImport, put_back
from xmdesk.services.importing import Importing
from xmdesk.services.parking import Parking
from xmdesk.services.recognising import recognise
from xmdesk.services.without_header import best_without_header, likely_register, preview_seen

PEOPLE = (
    ("林阿土", "男", "11010519491231002X", "13800008117", "1949-12-31"),
    ("黄一平", "女", "110105194912310046", "13899990000", "1949-12-31"),
)
PLACES = (
    ("军营村书屋", "农家书屋", "军营村部旁", "林阿土", "13800008117"),
    ("军营村卫生室", "村卫生室", "东社路口", "黄一平", "13899990000"),
)


@pytest.fixture
def importing(store: SqlStore) -> Importing:
    return Importing(store)


def sheet(tmp_path: Path, *rows: Sequence[str], name: str = "表.csv") -> Path:
    path = tmp_path / name
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


@pytest.mark.parametrize(("rows", "register"), [(PEOPLE, "persons"), (PLACES, "facilities")])
def test_the_register_is_guessed_by_what_stands_there(importing, tmp_path, rows, register: str) -> None:
    opened = importing.look(sheet(tmp_path, *rows))

    found = best_without_header(importing, opened)

    assert found is not None
    assert (found.register, found.counts["new"], found.choices.header_row) == (register, 2, NO_HEADER)


def test_the_first_row_is_imported_proven_and_taken_back(importing, store: SqlStore, tmp_path) -> None:
    found = preview_seen(importing, importing.look(sheet(tmp_path, *PLACES)), "facilities")

    result = importing.write(found)
    names = sorted(one.name for one in store.all(Facility))
    importing.undo(result.batch)

    assert (result.proven, names) == (2, sorted(one[0] for one in PLACES))
    assert store.all(Facility) == []


def test_a_sheet_with_a_header_is_read_as_ever(importing, tmp_path) -> None:
    opened = importing.look(sheet(tmp_path, ("姓名", "手机"), ("林阿土", "13800008117")))

    assert likely_register(opened.sheets[0]) is None
    assert preview_seen(importing, opened, "persons").found.table.header_rows == 1


def test_a_header_below_a_line_with_a_number_is_found(importing, tmp_path) -> None:
    rows = [("填表人", "13800008117"), ("姓名", "手机号码"), ("林阿土", "13800008117")]

    found = preview_seen(importing, importing.look(sheet(tmp_path, *rows)), "persons")

    assert (found.found.table.first_row, found.counts["new"]) == (1, 1)


def test_scripts_get_no_guess(importing, tmp_path) -> None:
    opened = importing.look(sheet(tmp_path, *PEOPLE))

    found = importing.preview(opened, "persons").found

    assert found.stopped
    assert found.table.header_rows


def test_what_was_mapped_is_remembered_for_the_next_sheet_of_that_sort_only(importing, tmp_path) -> None:
    told = '{"columns": {"第1列(A)": "name", "第2列(B)": "sex", "第5列(E)": "remark"}}'
    first = importing.preview(importing.look(sheet(tmp_path, *PEOPLE)), "persons", mapping=told, header_row=NO_HEADER)
    importing.write(first)

    same = preview_seen(importing, importing.look(sheet(tmp_path, PEOPLE[1], name="又一张.csv")), "persons")
    titled = sheet(tmp_path, ("姓名", "性别", "证件号码", "手机", "出生日期"), PEOPLE[1], name="有表头.csv")
    other = preview_seen(importing, importing.look(titled), "persons")

    assert same.found.mapping.header_of("remark") == "第5列(E)"
    assert other.found.mapping.header_of("born_on") == "出生日期"
    assert other.found.mapping.fingerprint != same.found.mapping.fingerprint


def test_a_row_that_waits_is_read_again_by_its_places(importing, store: SqlStore, tmp_path) -> None:
    spoilt = ("张三", "男", "11010519491231003", "13800008119", "")
    found = preview_seen(importing, importing.look(sheet(tmp_path, *PEOPLE, *[PEOPLE[1]] * 3, spoilt)), "persons")
    importing.write(found)
    (row,) = [one for one in store.all(ParkedRow) if one.row_no == 6]

    taken = Parking(store).take_parked(row.uid, {"第3列(C)": ""})

    assert taken.problems == ()
    assert [one.mobile for one in store.find(Person, name="张三")] == ["13800008119"]
    assert store.count(SavedMapping) == 1


def test_a_begun_import_that_changed_is_still_read_without_header(importing, tmp_path) -> None:
    path = sheet(tmp_path, *PEOPLE)
    before = preview_seen(importing, importing.look(path), "persons")
    begun = BegunImport(path, before.file.sha256, "persons", before.found.sheet, NO_HEADER, {"第5列(E)": ["remark"]})
    sheet(tmp_path, *PEOPLE[:1])

    again = put_back(importing, importing.look(path), begun)

    assert (again.is_same, again.begun.header_row, again.preview.counts["new"]) == (False, NO_HEADER, 1)
    assert again.preview.found.mapping.header_of("remark") == "第5列(E)"


def test_a_dropped_sheet_without_header_is_a_ledger(tmp_path) -> None:
    found = recognise(sheet(tmp_path, *PEOPLE))

    assert (found.kind, found.register) == ("ledger", "persons")
    assert "没有表头" in found.text


def test_a_few_words_are_nothing(tmp_path) -> None:
    assert recognise(sheet(tmp_path, ("东社", "西社"), ("三户", "五户"))).kind != "ledger"

"""Decisions about an import are kept as a draft holds them, and put back on the file when it is read again."""

import json
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from tests.xmdesk.services.test_importing import GOOD, facilities
from xmdesk.records.facility import Facility
from xmdesk.services.import_begun import BegunImport, put_back
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.pairing import Choice, Decision, Place, Told
from xmdesk.services.remarks import passed_over

HALL = ("军营村广场", "健身设施", "村口", "300", "", "")
AGAIN = ("军营村广场", "健身设施", "村口", "320", "", "")
VAGUE = ("军营村卫生室", "卫生室", "村部", "许多", "", "")


@pytest.fixture
def importing(store: SqlStore) -> Importing:
    return Importing(store)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return facilities(tmp_path, GOOD, HALL, AGAIN, VAGUE)


def begun_of(preview: ImportPreview, path: Path, **more: object) -> BegunImport:
    given: dict[str, object] = {"path": path, "sha256": preview.file.sha256, "register": "facilities"}
    return BegunImport(**{**given, "sheet": preview.found.sheet, **more})  # type: ignore[arg-type]  # named above


def stored(begun: BegunImport) -> BegunImport:
    """As it comes back from the book, where it stands as JSON."""
    return BegunImport.from_content(json.loads(json.dumps(begun.content(), ensure_ascii=False)))


def test_what_was_decided_comes_back_from_the_book_as_it_was(tmp_path: Path) -> None:
    begun = BegunImport(
        tmp_path / "设施.xlsx",
        "ab12",
        "facilities",
        "Sheet1",
        header_row=3,
        mapping={"片区": ["remark"], "面积": []},
        corrections={(4, "面积"): "35", (5, "面积"): "35", (9, "面积"): "40"},
        decisions={Place(7): Told(Choice.UPDATE, frozenset({"location"})), Place(8): Told(Choice.SKIP)},
        look={"place": 1},
    )

    assert stored(begun) == begun


def test_what_was_decided_about_other_tables_of_the_file_comes_back_too(tmp_path: Path) -> None:
    other = BegunImport(tmp_path / "设施.xlsx", "ab12", "persons", "人员", corrections={(9, "姓名"): "黄一"})
    begun = BegunImport(tmp_path / "设施.xlsx", "ab12", "facilities", "Sheet1", others=(other,))

    assert stored(begun) == begun


def test_of_a_file_that_has_changed_what_was_decided_about_its_other_tables_is_lost(
    importing: Importing, path: Path, tmp_path: Path
) -> None:
    preview = importing.preview(path, "facilities")
    other = begun_of(preview, path, corrections={(2, "设施名称"): "广场"})
    changed = importing.look(facilities(tmp_path, GOOD, HALL))

    found = put_back(importing, changed, begun_of(preview, path, others=(other,)))

    assert (found.is_same, found.has_lost, found.begun.others) == (False, True, ())


def test_what_thousands_of_rows_have_in_common_stands_there_once(tmp_path: Path) -> None:
    rows = range(4, 5_004)
    begun = BegunImport(
        tmp_path / "设施.xlsx",
        "ab12",
        "facilities",
        "Sheet1",
        corrections={(row, "面积"): "35" for row in rows},
        decisions={Place(row): Told(Choice.SKIP) for row in rows},
    )

    assert len(json.dumps(begun.content())) < 1_000
    assert stored(begun) == begun


def test_everything_is_put_back_on_the_same_file(importing: Importing, path: Path) -> None:
    before = importing.preview(path, "facilities")
    before = importing.reread(before, {(5, "建筑面积(㎡)"): "35"})
    (pair,) = before.pairs
    before = importing.decide(before, {pair.place: Decision(pair, Choice.UPDATE, frozenset({"floor_area"}))})
    told = {pair.place: Told(Choice.UPDATE, frozenset({"floor_area"}))}
    begun = begun_of(before, path, corrections={(5, "建筑面积(㎡)"): "35"}, decisions=told)

    again = put_back(importing, importing.look(path), stored(begun))

    assert again.is_same
    assert again.preview.counts == before.counts
    assert again.preview.counts["parked"] == 0
    assert [(one.choice, one.kept) for one in again.preview.pairs] == [(Choice.UPDATE, frozenset({"floor_area"}))]


def test_rows_that_are_read_otherwise_are_put_back_too(importing: Importing, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("设施名称", "设施类型"),
        ("甲馆", "农家书屋"),
        ("乙馆", "农家书屋"),
        ("合计", "2"),
        ("说明：附注", "农家书屋"),
    ):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "设施.xlsx")
    path = tmp_path / "设施.xlsx"
    begun = begun_of(importing.preview(path, "facilities"), path, skip_hidden=True, records=frozenset({5}))

    again = put_back(importing, importing.look(path), stored(begun))

    assert begun.is_decided
    assert [one.number for one in again.preview.found.rows] == [3, 5]
    assert [(one.number, one.is_read) for one in passed_over(again.preview)] == [(4, False), (5, True)]


def test_a_decision_that_no_longer_fits_the_book_is_left_out(importing: Importing, store: SqlStore, path: Path) -> None:
    before = importing.preview(path, "facilities")
    begun = begun_of(before, path, decisions={Place(2): Told(Choice.UPDATE), Place(4): Told(Choice.SKIP)})

    again = put_back(importing, importing.look(path), begun)

    assert again.preview.counts["left"] == 1
    assert store.all(Facility) == []


def test_a_file_that_has_changed_keeps_the_columns_that_are_still_there(importing: Importing, path: Path) -> None:
    before = importing.preview(path, "facilities")
    begun = begun_of(
        before,
        path,
        mapping={"坐落": ["remark"], "片区": ["location"]},
        corrections={(5, "建筑面积(㎡)"): "35"},
        decisions={Place(4): Told(Choice.SKIP)},
    )
    path.write_text(path.read_text("utf-8-sig").replace("村部二楼", "村部三楼"), "utf-8-sig")

    again = put_back(importing, importing.look(path), begun)

    assert not again.is_same
    assert again.begun.mapping == {"坐落": ["remark"]}
    assert again.preview.counts["parked"] == 1
    assert again.preview.counts["left"] == 0
    assert "村部三楼" in [one.record.remark for one in again.preview.joined if isinstance(one.record, Facility)]

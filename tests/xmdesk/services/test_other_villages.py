"""A list of the whole township leaves only the rows of the own village; the others wait, and can be said to be its own."""

from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore, open_memory
from xmdesk.divisions.national import Divisions
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer
from xmdesk.services.importing import Importing
from xmdesk.services.parking import Parking

VILLAGES = [one for one in Divisions().children("350212105") if one.name.endswith("村委会")]
OWN, NEIGHBOUR = VILLAGES[:2]
SHORT = NEIGHBOUR.name.removesuffix("村委会")
FAR = next(
    one
    for town in Divisions().children("350212")
    for one in Divisions().children(town.code)
    if town.code != "350212105" and one.name.endswith("村委会")
)


@pytest.fixture
def store():
    made = open_memory()
    with made.change("x") as change:
        change.save(Office(code=OWN.code, name=OWN.name.replace("村委会", "村村民委员会")))
    yield made
    made.close()


def listed(path: Path, header: str, *villages: str) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].append(("序号", header, "姓名", "A/B角"))
    for at, village in enumerate(villages):
        book.worksheets[0].append((at + 1, village, f"林{'甲乙丙丁戊'[at]}", "B角"))
    book.save(path)
    return path


def aside(store: SqlStore, path: Path) -> list[int]:
    preview = Importing(store).preview(path, "disaster_officers")
    assert all("SHEET-OTHER-VILLAGE" in {one.code for one in row.problems} for row in preview.parked)
    return [one.number for one in preview.parked]


@pytest.mark.parametrize("header", ["村（社区）", "所属村", "单位名称"])
def test_rows_of_other_villages_wait_however_they_are_called(store: SqlStore, tmp_path: Path, header: str) -> None:
    short = OWN.name.removesuffix("委会")
    path = listed(tmp_path / "表.xlsx", header, OWN.name, short, SHORT, NEIGHBOUR.name, FAR.name)

    assert aside(store, path) == [4, 5, 6]


def test_names_of_no_office_say_nothing(store: SqlStore, tmp_path: Path) -> None:
    assert aside(store, listed(tmp_path / "表.xlsx", "村", "某某自然村", "下厝角", "")) == []


def test_a_name_of_a_distant_village_alone_says_nothing(store: SqlStore, tmp_path: Path) -> None:
    assert aside(store, listed(tmp_path / "表.xlsx", "村", FAR.name)) == []


def test_a_row_that_waits_goes_in_once_its_village_is_corrected(store: SqlStore, tmp_path: Path) -> None:
    importing = Importing(store)
    importing.write(importing.preview(listed(tmp_path / "表.xlsx", "村", OWN.name, SHORT), "disaster_officers"))
    (waiting,) = importing.parked("disaster_officers")
    untouched = Parking(store).take_parked(waiting.uid, {})
    third = Parking(store).take_parked(waiting.uid, {"村": FAR.name})
    Parking(store).take_parked(waiting.uid, {"村": OWN.name})

    assert "SHEET-OTHER-VILLAGE" in {one.code for one in untouched.problems}
    assert "SHEET-OTHER-VILLAGE" in {one.code for one in third.problems}
    assert importing.parked("disaster_officers") == []
    assert store.count(DisasterOfficer) == 2

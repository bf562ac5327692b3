"""Rows about people: nobody is renamed, two people never become one in silence, and nothing said is lost."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, saved, woman
from xmdesk.problems import Severity
from xmdesk.records.codes import Sex
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.registers import REGISTERS
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.joining import Fate
from xmdesk.services.parking import Parking, TakenIn
from xmdesk.services.registers import Registers

OTHER_ID = "360426199101010071"
PEOPLE = ("persons", "legal_helpers", "disaster_officers")
HELPERS = ("姓名", "公民身份号码", "证书编号", "性别", "发证日期")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "表.csv"


def preview(store: SqlStore, path: Path, register: str, *rows: Sequence[str]) -> ImportPreview:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return Importing(store).preview(path, register)


def helpers(store: SqlStore, path: Path, *rows: Sequence[str]) -> ImportPreview:
    return preview(store, path, "legal_helpers", HELPERS, *rows)


def bring(store: SqlStore, found: ImportPreview) -> list[ParkedRow]:
    Importing(store).write(found)
    return store.all(ParkedRow)


def codes(found: ImportPreview) -> list[tuple[int, str]]:
    told = ("SHEET-ID", "IMPORT-")
    return sorted((one.where.row, one.code) for one in found.problems if one.code.startswith(told))


def names(store: SqlStore) -> list[str]:
    return sorted(one.name for one in store.all(Person))


def certificates(store: SqlStore) -> list[str]:
    return sorted(one.certificate_no for one in store.all(LegalHelper))


def mended(store: SqlStore, row: ParkedRow, **texts: str) -> TakenIn:
    return Parking(store).take_parked(row.uid, texts)


@pytest.mark.parametrize("register", PEOPLE)
def test_one_number_under_two_names_waits_and_both_rows_are_told(store: SqlStore, path: Path, register: str) -> None:
    rows = [("林阿土", ID_NO), ("陈水木", ID_NO)]
    found = preview(store, path, register, ("姓名", "公民身份号码"), *rows)
    (waiting,) = bring(store, found)
    assert codes(found) == [(2, "SHEET-ID-SHARED"), (3, "SHEET-ID-TWICE")]
    assert [one.text for one in found.parked[0].problems] == [
        "第 3 行“公民身份号码”：与第 2 行证件号码相同但姓名不同，未导入。"
    ]
    assert (names(store), waiting.raw["姓名"]) == (["林阿土"], "陈水木")
    assert store.count(REGISTERS[register].record) == 1


@pytest.mark.parametrize("register", PEOPLE)
def test_nobody_in_the_book_is_renamed_by_a_sheet(store: SqlStore, path: Path, register: str) -> None:
    known = saved(Registers(store), woman())
    found = preview(store, path, register, ("姓名", "公民身份号码"), ("陈水木", ID_NO))
    bring(store, found)
    assert codes(found) == [(2, "IMPORT-OTHER-NAME")]
    assert found.parked[0].problems[0].text == "第 2 行证件号码在人员名册里属于另一个人（林**），姓名不同。"
    assert (store.all(Person), found.counts["parked"]) == ([known], 1)


def test_a_nameless_person_of_the_book_gets_the_name_of_the_sheet(store: SqlStore, path: Path) -> None:
    saved(Registers(store), woman(name=""))
    bring(store, preview(store, path, "persons", ("姓名", "公民身份号码"), ("林阿土", ID_NO)))
    assert names(store) == ["林阿土"]


def test_a_parked_twin_goes_in_once_its_number_is_corrected(store: SqlStore, path: Path) -> None:
    (waiting,) = bring(store, helpers(store, path, ("林阿土", ID_NO, "c1", "", ""), ("陈水木", ID_NO, "c2", "", "")))
    assert [one.code for one in mended(store, waiting).problems] == ["IMPORT-OTHER-NAME"]
    assert mended(store, waiting, 公民身份号码=OTHER_ID).fate is Fate.NEW
    assert (names(store), certificates(store)) == (["林阿土", "陈水木"], ["c1", "c2"])


@pytest.mark.parametrize(
    ("register", "header", "texts"),
    [
        ("persons", "住址", ("东社", "西社")),
        ("persons", "性别", ("男", "女")),
        ("legal_helpers", "证书编号", ("c1", "c2")),
        ("legal_helpers", "性别", ("男", "女")),
        ("legal_helpers", "状态", ("在岗", "退出")),
        ("disaster_officers", "A/B角", ("A", "B")),
    ],
)
def test_a_row_that_contradicts_an_earlier_one_of_the_same_name_waits(
    store: SqlStore, path: Path, register: str, header: str, texts: tuple[str, str]
) -> None:
    found = preview(store, path, register, ("姓名", header), *(("林阿土", one) for one in texts))
    (waiting,) = bring(store, found)
    assert codes(found) == [(3, "IMPORT-CONTRADICTS")]
    assert f"与第 2 行像是同一人，但{header}不同" in found.parked[0].problems[0].text
    assert (found.counts["new"], found.counts["merged"], waiting.raw[header]) == (1, 0, texts[1])


def test_each_of_three_namesakes_keeps_what_the_sheet_says_of_it(store: SqlStore, path: Path) -> None:
    waiting = bring(store, helpers(store, path, *(("林阿土", "", one, "", "") for one in ("c1", "c2", "c3"))))
    assert (certificates(store), [one.raw["证书编号"] for one in waiting]) == (["c1"], ["c2", "c3"])


def test_one_number_and_one_name_with_two_certificates_waits_too(store: SqlStore, path: Path) -> None:
    found = helpers(store, path, ("林阿土", ID_NO, "c1", "", ""), ("林阿土", ID_NO, "c2", "", ""))
    assert codes(found) == [(3, "IMPORT-CONTRADICTS")]


def test_a_second_row_completes_the_first_and_is_told_of(store: SqlStore, path: Path) -> None:
    found = helpers(store, path, ("林阿土", "", "c1", "", ""), ("林阿土", "", "", "女", "2025-03"))
    bring(store, found)
    (helper,) = store.all(LegalHelper)
    assert (helper.certificate_no, helper.certificate_on, store.all(Person)[0].sex) == ("c1", "2025-03", "2")
    assert (found.counts["new"], found.counts["merged"], codes(found)) == (1, 1, [(3, "IMPORT-MERGED")])


def test_a_second_row_that_completes_only_the_person_counts_as_merged(store: SqlStore, path: Path) -> None:
    found = helpers(store, path, ("林阿土", "", "c1", "", ""), ("林阿土", "", "c1", "女", ""))
    assert (found.counts["merged"], found.counts["same"]) == (1, 0)


def test_rows_that_agree_are_the_same(store: SqlStore, path: Path) -> None:
    heads = ("序号", *HELPERS, "村民小组")
    rows = [("1", "林阿土", "", "c1", "女", "", "一组"), ("2", "林阿土", "", "c1", "女", "", "二组")]
    found = preview(store, path, "legal_helpers", heads, *rows)
    assert (found.counts["new"], found.counts["same"], found.counts["parked"]) == (1, 1, 0)
    assert codes(found) == [(3, "IMPORT-SAME-AS-ROW")]


@pytest.mark.parametrize("days", [("2025-03", "2025-03-20"), ("2025-03-20", "2025-03")])
def test_of_two_days_that_agree_the_more_precise_one_stays(store: SqlStore, path: Path, days: tuple[str, str]) -> None:
    bring(store, helpers(store, path, *(("林阿土", "", "c1", "", day) for day in days)))
    assert [one.certificate_on for one in store.all(LegalHelper)] == ["2025-03-20"]


def test_a_default_that_nobody_said_contradicts_nothing(store: SqlStore, path: Path) -> None:
    found = preview(
        store, path, "legal_helpers", ("姓名", "状态", "性别"), ("林阿土", "", "女"), ("林阿土", "在岗", "")
    )
    assert (found.counts["parked"], found.counts["merged"]) == (0, 1)


def test_a_namesake_with_a_number_of_its_own_is_another_person(store: SqlStore, path: Path) -> None:
    found = helpers(store, path, ("林阿土", "", "c1", "", ""), ("林阿土", ID_NO, "c2", "", ""))
    bring(store, found)
    assert (names(store), certificates(store)) == (["林阿土", "林阿土"], ["c1", "c2"])
    assert codes(found) == [(3, "IMPORT-NAMESAKE")]
    again = Importing(store).preview(path, "legal_helpers")
    assert (again.counts["same"], again.counts["new"]) == (2, 0)


def test_a_row_that_contradicts_is_not_merged_by_looking_at_it_again(store: SqlStore, path: Path) -> None:
    (waiting,) = bring(store, helpers(store, path, ("林阿土", "", "c1", "", ""), ("林阿土", "", "c2", "", "")))
    assert [one.code for one in mended(store, waiting).problems] == ["IMPORT-CONTRADICTS-BOOK"]
    assert certificates(store) == ["c1"]
    taken = mended(store, waiting, 公民身份号码=ID_NO)
    assert (taken.fate, [one.code for one in taken.problems]) == (Fate.NEW, ["IMPORT-NAMESAKE-BOOK"])
    assert certificates(store) == ["c1", "c2"]


def test_a_row_that_waited_for_another_reason_overwrites_no_row_of_its_sheet(store: SqlStore, path: Path) -> None:
    found = helpers(store, path, ("林阿土", ID_NO, "c1", "", ""), ("林阿土", ID_NO, "c2", "", "2025年13月"))
    (waiting,) = bring(store, found)
    assert [one.code for one in mended(store, waiting, 发证日期="2025-03").problems] == ["IMPORT-CONTRADICTS-BOOK"]
    assert mended(store, waiting, 发证日期="2025-03", 证书编号="c1").fate is Fate.CHANGED
    assert certificates(store) == ["c1"]


def test_a_new_sheet_still_changes_what_the_book_says(store: SqlStore, path: Path) -> None:
    bring(store, helpers(store, path, ("林阿土", ID_NO, "c1", "", "")))
    found = helpers(store, path, ("林阿土", ID_NO, "c2", "", ""))
    bring(store, found)
    assert (found.counts["changed"], certificates(store)) == (1, ["c2"])


def test_a_parked_row_of_a_surely_known_person_still_changes_the_book(store: SqlStore, path: Path) -> None:
    heads = ("姓名", "公民身份号码", "A/B角", "任职日期")
    bring(store, preview(store, path, "disaster_officers", heads, ("林阿土", ID_NO, "A", "")))
    row = ("林阿土", ID_NO, "B", "2025年13月")
    (waiting,) = bring(store, preview(store, path, "disaster_officers", heads, row))
    assert mended(store, waiting, 任职日期="2025-03").fate is Fate.CHANGED
    assert [one.post for one in store.all(DisasterOfficer)] == ["B"]


@pytest.mark.parametrize("register", PEOPLE)
@pytest.mark.parametrize(
    ("header", "text", "id_no", "code"),
    [
        ("性别", "男", ID_NO, "C-PERSON-SEX"),
        ("出生日期", "1980-02-01", ID_NO, "C-PERSON-BIRTH"),
        ("证件类型", "居民身份证", "E12345670", "V-ID-OTHER-DOCUMENT"),
        ("证件类型", "护照", ID_NO, "V-ID-IS-CITIZEN"),
    ],
)
def test_what_contradicts_an_identity_number_is_told_and_goes_in(
    store: SqlStore, path: Path, register: str, header: str, text: str, id_no: str, code: str
) -> None:
    found = preview(store, path, register, ("姓名", "身份证号码", header), ("林阿土", id_no, text))
    told = [one for one in found.problems if one.severity is not Severity.NOTICE]
    column = "身份证号码" if code.startswith("V-ID") else header
    assert [(one.code, one.severity, one.where.row, one.where.column) for one in told] == [
        (code, Severity.WARNING, 2, column)
    ]
    assert (bring(store, found), names(store)) == ([], ["林阿土"])


def test_a_number_that_contradicts_what_the_book_says_is_told_too(store: SqlStore, path: Path) -> None:
    saved(Registers(store), woman(id_no="", sex=Sex.MALE))
    found = preview(store, path, "persons", ("姓名", "身份证号码"), ("林阿土", ID_NO))
    assert [(one.code, one.where.row) for one in found.problems] == [("C-PERSON-SEX", 2)]


def test_a_row_that_says_nothing_of_identity_is_not_told_of_it(store: SqlStore, path: Path) -> None:
    saved(Registers(store), woman(sex=Sex.MALE))
    assert preview(store, path, "persons", ("姓名", "单位及职务"), ("林阿土", "村委委员")).problems == ()

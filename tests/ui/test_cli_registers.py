"""register import on the command line: what it says in words."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.books import new_book
from tests.journeys.terminal import Answer, Terminal
from ui.compose import open_book
from xmdesk.records.codes import DutyClass, ListState
from xmdesk.records.duty import DutyList, MaintenanceDuty
from xmdesk.records.people import Person

ID_NO = "11010519491231002X"


@pytest.fixture
def terminal(tmp_path: Path, shared_cache: Path) -> Terminal:
    made = Terminal(tmp_path, shared_cache)
    about = {"code": "350212105206", "name": "榕下村村民委员会"}
    new_book(tmp_path / "book", **about, password=made.password).upkeep.close()
    return made


def imported(terminal: Terminal, register: str, *rows: Sequence[str], expect: int = 0) -> Answer:
    sheet = terminal.folder / "表.csv"
    sheet.write_text("\n".join(",".join(row) for row in rows), "utf-8-sig")
    words = ("register", "import", terminal.folder / "book", register, sheet, "--dry-run")
    return terminal(*words, plain=True, expect=expect)


def test_a_row_that_went_into_an_earlier_one_is_counted_and_named(terminal: Terminal) -> None:
    rows = [("姓名", "证书编号", "性别"), ("林阿土", "c1", ""), ("林阿土", "", "女")]
    answer = imported(terminal, "legal_helpers", *rows)

    assert "新增1 更新0 并入1 相同0" in answer.out
    assert "第 3 行与第 2 行是同一条，已并入第 2 行。" in answer.err


@pytest.mark.parametrize("more", [["--dry-run"], []], ids=["dry run", "real run"])
def test_rows_of_a_finalised_list_are_refused_in_a_dry_run_as_in_a_real_one(
    terminal: Terminal, more: list[str]
) -> None:
    with open_book(terminal.folder / "book", terminal.password).closing() as desk:
        desk.registers.save(MaintenanceDuty(year=2026, kind=DutyClass.LIGHT, subject="路灯", keeper="电工组"))
        (listed,) = desk.store.find(DutyList, year=2026)
        with desk.store.change("定稿") as change:
            change.save(listed.changed(state=ListState.FINAL))
    sheet = terminal.folder / "表.csv"
    sheet.write_text("清单年度,管护对象,管护责任人\n2026,公厕,保洁队\n", "utf-8-sig")

    answer = terminal("register", "import", terminal.folder / "book", "duties", sheet, *more, expect=3)

    assert answer.json["error"]["code"] == "LIST-FINAL"


def test_what_was_not_read_is_listed(terminal: Terminal) -> None:
    rows = [("姓名", "血型", "空列"), ("林阿土", "AB", ""), ("合计", "1人", "")]
    answer = imported(terminal, "persons", *rows)

    assert "不认识的列“血型”，内容没有读入台账。要读入时请在“列对应”里指出它是哪一项。" in answer.err
    assert "空列" not in answer.err
    assert "第 3 行像是合计" in answer.err


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("今日", "村里"), ("无", "事")], "SHEET-COLUMN-MISSING"),
        ([("通知",), ("请各村于月底前报送。",)], "SHEET-NONE"),
        ([], "SHEET-NONE"),
    ],
    ids=["no column that is needed", "no header", "no cell"],
)
def test_a_table_that_is_not_this_register_is_a_finding(
    terminal: Terminal, rows: list[tuple[str, ...]], code: str
) -> None:
    sheet = terminal.folder / "表.csv"
    sheet.write_text("\n".join(",".join(row) for row in rows) or "\n\n", "utf-8-sig")
    answer = terminal("register", "import", terminal.folder / "book", "persons", sheet, "--dry-run", expect=1)

    assert [one["code"] for one in answer.json["problems"] if one["severity"] == "error"] == [code]


def test_two_names_under_one_number_are_told_at_both_rows(terminal: Terminal) -> None:
    rows = [("姓名", "公民身份号码"), ("林阿土", ID_NO), ("陈水木", ID_NO)]
    answer = imported(terminal, "persons", *rows, expect=1)

    assert "第 2 行“公民身份号码”：与第 3 行证件号码相同但姓名不同" in answer.err
    assert "第 3 行“公民身份号码”：与第 2 行证件号码相同但姓名不同" in answer.err
    assert ID_NO not in answer.out + answer.err


def test_the_lock_of_an_open_workbook_is_refused_with_the_file_to_take_instead(terminal: Terminal) -> None:
    lock = terminal.folder / "~$人员.xlsx"
    lock.write_bytes(b"\x06admin".ljust(165))

    answer = terminal("register", "import", terminal.folder / "book", "persons", lock, plain=True, expect=3)

    assert "请改用“人员.xlsx”" in answer.err


def test_people_behind_the_rows_are_counted(terminal: Terminal) -> None:
    sheet = terminal.folder / "表.csv"
    words = ("register", "import", terminal.folder / "book", "disaster_officers", sheet)
    sheet.write_text("姓名,A/B角\n林阿土,A\n", "utf-8-sig")
    first = terminal(*words, plain=True)
    sheet.write_text(f"姓名,A/B角,公民身份号码\n林阿土,A,{ID_NO}\n", "utf-8-sig")

    second = terminal(*words)

    assert "相同0 待处理0 跳过0；人员名册 新增1" in first.out
    assert second.json["people"] == {"new": 0, "completed": 1, "changed": 0}
    assert (second.json["changed"], second.json["same"], bool(second.json["batch"])) == (0, 0, True)


def test_a_name_of_several_is_somebody_new_and_told(terminal: Terminal) -> None:
    with open_book(terminal.folder / "book", terminal.password).closing() as desk:
        for mobile in ("13800008117", "13899990000"):
            desk.registers.save(Person(name="林阿土", mobile=mobile))
    sheet = terminal.folder / "表.csv"
    sheet.write_text("设施名称,设施类型,负责人\n书屋,农家书屋,林阿土\n卫生室,卫生室,林阿土\n", "utf-8-sig")

    answer = terminal("register", "import", terminal.folder / "book", "facilities", sheet)

    assert [(one["code"], one["where"]["row"]) for one in answer.json["problems"]] == [("IMPORT-NAMESAKES", 2)]
    assert (answer.json["new"], answer.json["parked"], answer.json["people"]["new"]) == (2, 0, 1)

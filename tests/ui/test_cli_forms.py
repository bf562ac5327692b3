"""form fill and form what on the command line."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.books import new_book
from tests.journeys.terminal import Terminal
from tests.xmdesk.services.blank_forms import officers_form, simple_form
from ui.compose import opened
from xmdesk.ports import Condition, Op
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.services.finding import Filter, Finding


@pytest.fixture
def terminal(tmp_path: Path, shared_cache: Path) -> Terminal:
    """A terminal beside a book with two officers and one who left."""
    made = Terminal(tmp_path, shared_cache)
    about = {"code": "350212105206", "name": "榕下村村民委员会"}
    with new_book(tmp_path / "book", **about, password=made.password).closing() as desk:
        people = [Person(name=name, id_no="11010519491231002X") for name in ("林银杏", "叶美澄", "郑建新")]
        officers = [DisasterOfficer(person=one.uid) for one in people]
        officers[2] = officers[2].changed(retired_on="2025-01-01", retired_reason="调离")
        with desk.store.change("x") as change:
            change.save_many(people)
            change.save_many(officers)
    return made


def cells(path: Path, place: str) -> Any:
    return load_workbook(path).worksheets[0][place].value


def test_a_blank_form_is_filled_in_one_command(terminal: Terminal) -> None:
    blank, out = officers_form(terminal.folder / "表.xlsx"), terminal.folder / "报.xlsx"

    answer = terminal("form", "fill", terminal.folder / "book", "disaster_officers", blank, "--out", out).json

    assert answer["rows"] == 2
    assert answer["masked"] == ["基本情况/身份证号码"]
    assert answer["mapping"]["columns"]["基本情况/姓名"] == {"fields": ["person.name"], "format": "text"}
    assert [cells(out, place) for place in ("C6", "C7", "C8")] == ["林银杏", "叶美澄", None]

    terminal("form", "fill", terminal.folder / "book", "disaster_officers", blank, "--out", out, expect=3)
    words = (
        "form",
        "fill",
        terminal.folder / "book",
        "disaster_officers",
        blank,
        "--out",
        out,
        "--force",
        "--unmasked",
    )
    assert terminal(*words, expect=2).json["error"]["code"] == "EXPORT-REASON"
    terminal(*words, "--reason", "区应急局核对")
    assert cells(out, "F6") == "11010519491231002X"


def test_a_map_and_a_filter_choose_what_goes_in(terminal: Terminal) -> None:
    book, blank, out = terminal.folder / "book", terminal.folder / "表.xlsx", terminal.folder / "报.xlsx"
    simple_form(blank, "谁", "哪里")
    (terminal.folder / "map.json").write_text('{"谁": "person.name", "哪里": "@office"}', "utf-8")
    with opened(book, terminal.password) as desk:
        Finding(desk.store).save(Filter("disaster_officers", "姓叶的", (Condition("person.name", Op.CONTAINS, "叶"),)))

    words = ("form", "fill", book, "disaster_officers", blank, "--out", out)
    assert terminal(*words, expect=2).json["error"]["code"] == "FORM-NO-FIELD"
    answer = terminal(*words, "--map", terminal.folder / "map.json", "--filter", "姓叶的").json

    assert answer["rows"] == 1
    assert (cells(out, "A2"), cells(out, "B2")) == ("叶美澄", "榕下村村民委员会")
    assert terminal(*words, "--filter", "没有", expect=2).json["error"]["code"] == "FILTER-UNKNOWN"
    said = terminal(*words, "--force", plain=True)
    assert said.out.startswith("已填 2 行：")


def test_a_file_is_explained_without_a_book(terminal: Terminal) -> None:
    blank = officers_form(terminal.folder / "表.xlsx")

    answer = terminal("form", "what", blank).json

    assert (answer["kind"], answer["register"]) == ("blank_form", "disaster_officers")

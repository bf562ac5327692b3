from datetime import date

import pytest

from xmdesk.divisions import (
    Divisions,
    FormerCode,
    OfficeKind,
    Roster,
    RosteredDivisions,
    RosterEntry,
    read_roster,
    roster_rows,
)
from xmdesk.problems import Problem

TODAY = date(2026, 11, 23)

SHEET = """
| 区划代码     | 单位名称     | 单位类型   | 启用日期  | 停用日期   | 原区划代码                           |
| 350206003024 | 禾盛社区     |            |           |            |                                      |
| 350206003024 | 禾缘社区     |            |           |            |                                      |
|              | 金泰社区     |            |           |            |                                      |
| 350212105206 | 军营村       | 行政村     |           |            |                                      |
| 350212105006 | 小坪社区     | 村改居社区 | 2010/1/1  |            | 350212105213（2010-01-01至2024年12月31日） |
| 350212105209 | 西坑村       |            | 2010-1-1  | 2025-06-30 |                                      |
| 35021210521  | 云洋村       |            |           |            |                                      |
| 350212777001 | 新设社区     |            |           |            |                                      |
"""


def rows(table: str) -> list[dict[str, str]]:
    """Rows of a Markdown table as mappings of heading to cell."""
    heading, *lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]
    return [dict(zip(heading, line, strict=True)) for line in lines]


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return Divisions()


@pytest.fixture
def roster() -> Roster:
    reading = read_roster(rows(SHEET))
    assert reading.problems == []
    return reading.roster


def named(problems: list[Problem], code: str) -> list[tuple[int, str]]:
    return [(one.where.row, one.where.title) for one in problems if one.code == code]


def test_a_code_used_by_two_offices_is_reported_at_both(roster: Roster, divisions: Divisions) -> None:
    found = roster.problems(divisions)

    assert named(found, "roster_code_twice") == [(2, "禾盛社区"), (3, "禾缘社区")]
    assert any("350206003024" in one.text and "禾盛社区、禾缘社区" in one.text for one in found)


def test_blank_malformed_and_homeless_codes_are_reported(roster: Roster, divisions: Divisions) -> None:
    found = roster.problems(divisions)

    assert named(found, "roster_code_blank") == [(4, "金泰社区")]
    assert named(found, "roster_code_malformed") == [(8, "云洋村")]
    assert named(found, "roster_parent_unknown") == [(9, "新设社区")]


def test_a_township_on_the_roster_is_home_enough(divisions: Divisions) -> None:
    roster = Roster([RosterEntry("t", "350212777", "新设街道"), RosterEntry("v", "350212777001", "新设社区")])

    assert roster.problems(divisions) == []


def test_the_same_name_in_one_township_is_reported_and_in_two_is_not(divisions: Divisions) -> None:
    twice = [RosterEntry("a", "350212105206", "军营村"), RosterEntry("b", "350212105207", "军营村")]
    apart = [RosterEntry("a", "350212105206", "军营村"), RosterEntry("b", "350212103207", "军营村")]

    assert len(named(Roster(twice).problems(divisions), "roster_name_twice")) == 2
    assert "莲花镇" in Roster(twice).problems(divisions)[0].text
    assert named(Roster(apart).problems(divisions), "roster_name_twice") == []


def test_a_name_taken_over_after_an_office_ended_is_no_duplicate(divisions: Divisions) -> None:
    before = RosterEntry("a", "350212105206", "军营村", valid_to=date(2024, 12, 31))
    after = RosterEntry("b", "350212105006", "军营村", valid_from=date(2025, 1, 1))

    assert Roster([before, after]).problems(divisions) == []


def test_a_code_given_to_another_office_later_is_no_duplicate(divisions: Divisions) -> None:
    moved = RosterEntry(
        "a", "350212105006", "甲社区", former_codes=(FormerCode("350212105206", None, date(2024, 12, 31)),)
    )
    heir = RosterEntry("b", "350212105206", "乙村", valid_from=date(2025, 1, 1))
    roster = Roster([moved, heir])

    assert roster.problems(divisions) == []
    assert roster.by_code("350212105206", date(2024, 6, 1)) == moved
    assert roster.by_code("350212105206", date(2025, 6, 1)) == heir


def test_a_code_given_away_too_early_is_a_duplicate(divisions: Divisions) -> None:
    moved = RosterEntry(
        "a", "350212105006", "甲社区", former_codes=(FormerCode("350212105206", None, date(2024, 12, 31)),)
    )
    heir = RosterEntry("b", "350212105206", "乙村", valid_from=date(2024, 12, 31))

    assert len(named(Roster([moved, heir]).problems(divisions), "roster_code_twice")) == 2


def test_identities_names_and_dates_are_checked(divisions: Divisions) -> None:
    roster = Roster(
        [
            RosterEntry("a", "350212105206", "军营村"),
            RosterEntry("a", "350212105207", "", valid_from=date(2025, 1, 1), valid_to=date(2024, 1, 1)),
        ]
    )

    assert {one.code for one in roster.problems(divisions)} == {
        "roster_uid_twice", "roster_name_blank", "roster_dates_reversed",
    }  # fmt: skip


def test_an_office_is_followed_through_a_change_of_code(roster: Roster) -> None:
    office = roster.by_code("350212105006", TODAY)

    assert office is not None
    assert office == roster.by_code("350212105213", date(2020, 1, 1)) == roster.by_code("350212105213", TODAY)
    assert office.code_on(date(2024, 12, 31)) == "350212105213"
    assert office.code_on(date(2025, 1, 1)) == "350212105006"
    assert office.code_on(date(2009, 12, 31)) == ""
    assert roster.by_uid(office.uid) == office


def test_a_code_that_nobody_had_leads_nowhere(roster: Roster) -> None:
    assert roster.by_code("350212105299", TODAY) is None
    assert roster.by_uid("nobody") is None


def test_offices_that_ended_are_not_current(roster: Roster) -> None:
    names = {entry.name for entry in roster.current(TODAY)}

    assert "西坑村" not in names
    assert "西坑村" in {entry.name for entry in roster.current(date(2025, 6, 30))}
    assert "军营村" in names


def test_the_kind_of_office_follows_the_code_unless_given(roster: Roster) -> None:
    kinds = {entry.name: entry.office_kind for entry in roster.entries}

    assert kinds["禾盛社区"] is OfficeKind.COMMUNITY
    assert kinds["西坑村"] is OfficeKind.VILLAGE
    assert kinds["小坪社区"] is OfficeKind.CONVERTED
    assert kinds["金泰社区"] is None


def test_a_roster_written_and_read_again_is_the_same(roster: Roster) -> None:
    again = read_roster(roster_rows(roster))

    assert again.problems == []
    assert again.roster.entries == roster.entries


def test_the_same_row_without_identity_always_gets_the_same_one() -> None:
    first, second = (read_roster(rows(SHEET)).roster.entries for _ in range(2))

    assert [entry.uid for entry in first] == [entry.uid for entry in second]
    assert len({entry.uid for entry in first}) == len(first)


def test_cells_that_cannot_be_read_are_reported_with_their_row() -> None:
    reading = read_roster(
        [
            {"区划代码": " ", "单位名称": ""},
            {
                "区划代码": "350212105206",
                "单位名称": "军营村",
                "启用日期": "去年",
                "单位类型": "大队",
                "原区划代码": "不详",
            },
            {"区划代码": "350212105207", "单位名称": "淡溪村", "停用日期": "2024-02-30"},
        ]
    )

    assert [(one.code, one.where.row) for one in reading.problems] == [
        ("roster_kind_unknown", 3),
        ("roster_date_malformed", 3),
        ("roster_former_malformed", 3),
        ("roster_date_malformed", 4),
    ]
    assert [entry.name for entry in reading.roster.entries] == ["军营村", "淡溪村"]


def test_a_missing_column_is_reported_once() -> None:
    reading = read_roster([{"单位名称": "军营村"}, {"单位名称": "淡溪村"}])

    assert [one.where.label for one in reading.problems] == ["区划代码"]


def test_other_headings_and_spaced_codes_are_understood() -> None:
    entry = read_roster([{"统计用区划代码": "350212 105 206", "名称": "军营村"}]).roster.entries[0]

    assert (entry.code, entry.name) == ("350212105206", "军营村")


@pytest.fixture
def rostered(divisions: Divisions, roster: Roster) -> RosteredDivisions:
    return RosteredDivisions(divisions, roster, TODAY)


def test_names_of_the_roster_win(rostered: RosteredDivisions) -> None:
    found = rostered.get("350212105206")

    assert found is not None
    assert found.name == "军营村"
    assert rostered.full_name("350212105206") == "福建省厦门市同安区莲花镇军营村"


def test_the_tree_shows_the_roster_and_hides_what_it_gave_up(rostered: RosteredDivisions) -> None:
    found = {one.code: one.name for one in rostered.children("350212105")}

    assert found["350212105206"] == "军营村"
    assert found["350212105006"] == "小坪社区"
    assert found["350212105207"] == "淡溪村委会"
    assert "350212105213" not in found
    assert "350212105209" not in found
    assert list(found) == sorted(found)


def test_a_code_given_up_still_answers(rostered: RosteredDivisions) -> None:
    found = rostered.get("350212105213")

    assert found is not None
    assert rostered.get("350212777001") is not None
    assert rostered.get("350212777002") is None
    assert rostered.path("350212777002") == []


def test_before_the_change_the_former_code_is_shown(divisions: Divisions, roster: Roster) -> None:
    then = RosteredDivisions(divisions, roster, date(2020, 1, 1))

    assert "350212105213" in {one.code for one in then.children("350212105")}
    assert "350212105006" not in {one.code for one in then.children("350212105")}
    assert "350212105209" in {one.code for one in then.children("350212105")}


@pytest.mark.parametrize("query", ["小坪", "xiaoping", "xpsq", "莲花 小坪", "350212105006", "同安 xp"])
def test_search_finds_the_roster_under_its_present_code(rostered: RosteredDivisions, query: str) -> None:
    found = [one.code for one in rostered.search(query, within="350212")]

    assert found[0] == "350212105006"
    assert "350212105213" not in found


def test_search_of_the_roster_keeps_to_the_place_and_the_limit(rostered: RosteredDivisions) -> None:
    assert rostered.search("小坪", within="350213") == []
    assert rostered.search("") == []
    assert len(rostered.search("社区", within="3502", limit=3)) == 3
    assert "淡溪村委会" in {one.name for one in rostered.search("danxi", within="3502")}
    assert rostered.search("军营", within="3502")[0].name == "军营村"
    assert len([one for one in rostered.search("军营", within="3502") if one.code == "350212105206"]) == 1

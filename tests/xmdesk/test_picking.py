"""Divisions as a person picks one: home first, by any way of typing, step by step, and what a code says of an office."""

import pytest

from xmdesk.divisions import Division, Level, Picking
from xmdesk.divisions.picking import HOME, MOST

JUNYING = "350212105206"


@pytest.fixture(scope="module")
def picking() -> Picking:
    return Picking()


@pytest.mark.parametrize(
    "typed", ["军营", "junying", "junyingcun", "jyc", "军y", "莲花 军营", "lh jyc", "35021210520", JUNYING]
)
def test_a_village_is_found_however_it_is_typed(picking: Picking, typed: str) -> None:
    assert JUNYING in [one.code for one in picking.find(typed)]


def test_the_country_is_looked_through_only_for_what_the_home_city_has_not(picking: Picking) -> None:
    home, elsewhere = picking.find("军营"), picking.find("东华门")

    assert {one.code[:4] for one in home} == {HOME}
    assert "110101001" in [one.code for one in elsewhere]
    assert MOST >= len(picking.far("军营")) > len(home)


def test_only_the_levels_asked_for_are_found(picking: Picking) -> None:
    assert {one.level for one in picking.find("同安", (3, 4))} <= {Level.DISTRICT, Level.TOWNSHIP}
    assert Division("350212", "同安区", Level.DISTRICT) in picking.find("同安", (3, 4))
    assert picking.find("350212", (5,))[0].level is Level.VILLAGE


def test_what_answers_to_nothing_finds_nothing(picking: Picking) -> None:
    assert picking.find("飞机场跑道尽头") == []
    assert picking.find("999999") == []


def test_the_way_leads_down_from_the_home_city_and_then_stays_beside(picking: Picking) -> None:
    districts = picking.onward("")
    townships = picking.onward("350212")
    villages = picking.onward("350212105")

    assert "同安区" in [one.name for one in districts]
    assert "莲花镇" in [one.name for one in townships]
    assert JUNYING in [one.code for one in villages]
    assert picking.onward(JUNYING) == villages
    assert picking.onward("350212105999") == villages


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (JUNYING, "同安区 / 莲花镇 / 军营村委会"),
        ("350212", "同安区"),
        ("110101001001", "北京市 / 东城区 / 东华门街道 / 多福巷社区居委会"),
        ("350212105999", "同安区 / 莲花镇"),
        ("99", ""),
    ],
)
def test_a_division_is_told_by_the_names_that_lead_to_it(picking: Picking, code: str, words: str) -> None:
    assert picking.way(code) == words


@pytest.mark.parametrize(
    ("code", "district", "township"),
    [(JUNYING, "同安区", "莲花镇"), ("350212105", "同安区", "莲花镇"), ("350212", "同安区", ""), ("", "", "")],
)
def test_a_code_says_district_and_township(picking: Picking, code: str, district: str, township: str) -> None:
    assert picking.place(code) == {"district": district, "township": township}

"""Chinese lines: nothing lost, punctuation where it belongs, numbers whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xmdesk.documents.fonts import SANS, SERIF, Font
from xmdesk.documents.lines import balanced, first_line, fold

BODY = Font(SERIF, 9)
TEXTS = st.text(alphabet="村道路灯管护，。、；：（）《》“”12a9 -", max_size=60)


@given(text=TEXTS, room=st.floats(20, 200))
def test_folding_loses_nothing_but_spaces_at_the_ends_of_lines(text: str, room: float):
    lines = fold(text, room, BODY)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(text=TEXTS, room=st.floats(60, 200))
def test_no_line_is_wider_than_its_room(text: str, room: float):
    assert all(BODY.width(line) <= room + 0.01 for line in fold(text, room, BODY))


@given(text=st.text(alphabet="村道路灯，。；（）《》", max_size=60).filter(lambda text: "，，" not in text))
def test_a_line_of_ordinary_text_begins_with_no_closing_mark_and_ends_with_no_opening_one(text: str):
    ordinary = all(not (a in "，。；）》（《" and b in "，。；）》（《") for a, b in pairwise(text))
    lines = fold(text, 60, BODY)
    if ordinary:
        assert all(line[0] not in "，。；）》" for line in lines[1:])
        assert all(line[-1] not in "（《" for line in lines[:-1])


def test_a_mark_takes_the_character_before_it_to_the_next_line():
    assert fold("路面保洁，边沟", 4.2 * 9, BODY) == ("路面保", "洁，边沟")


def test_numbers_dates_and_words_stay_whole():
    assert fold("经费1,234,567.00元", 7 * 9, BODY) == ("经费", "1,234,567.00元")
    assert fold("建成于2026-11-23前", 6 * 9, BODY) == ("建成于", "2026-11-23前")


def test_a_word_wider_than_the_line_is_cut():
    lines = fold("A" * 40, 60, BODY)
    assert "".join(lines) == "A" * 40
    assert len(lines) > 1


def test_line_breaks_in_the_text_are_kept():
    assert fold("年度经费\n（元）", 500, BODY) == ("年度经费", "（元）")
    assert fold("", 500, BODY) == ("",)


def test_titles_are_folded_into_lines_about_equally_long():
    title = "厦门市翔安区新店镇农村公共基础设施管护责任清单汇总表"
    plain, even = fold(title, 20 * 10, Font(SANS, 10)), balanced(title, 20 * 10, Font(SANS, 10))
    assert [len(line) for line in plain] == [20, 6]
    assert [len(line) for line in even] == [13, 13]


@pytest.mark.parametrize("room", [40, 80, 500])
def test_a_shortened_line_says_that_it_is_shortened(room: float):
    shown = first_line("农村公共基础设施管护责任清单", room, BODY)
    assert BODY.width(shown) <= room
    assert shown.endswith("…") == (room < 500)

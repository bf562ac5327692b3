"""Columns: the room is used exactly, what must not be broken is not broken, shared heads are shared."""

import pytest

from xmdesk.documents.columns import PAD, SIZES, fit, head_heights, heads, needs_of
from xmdesk.documents.fonts import Font
from xmdesk.documents.lines import fold
from xmdesk.documents.parts import Column

ID_NUMBER = Column(("公民身份号码",))
TEXT = Column(("管护内容和标准",))


def test_the_widths_fill_the_room_exactly():
    needs = [needs_of(ID_NUMBER, ["350213********001X"]), needs_of(TEXT, ["路面保洁" * 30] * 5)]
    for room in (150.0, 400.0, 740.0):
        assert sum(fit(needs, room).widths) == pytest.approx(room)


def test_identity_numbers_and_names_of_four_characters_are_not_folded_beside_a_long_text():
    texts = ["路面保洁、边沟清理，" * 25] * 8
    needs = [
        needs_of(ID_NUMBER, ["350213********001X"]),
        needs_of(Column(("姓名",)), ["欧阳小敏"]),
        needs_of(TEXT, texts),
    ]
    grid = fit(needs, 300)
    assert fold("350213********001X", grid.widths[0] - 2 * PAD, grid.font) == ("350213********001X",)
    assert fold("欧阳小敏", grid.widths[1] - 2 * PAD, grid.font) == ("欧阳小敏",)


def test_one_very_long_text_does_not_squeeze_the_others():
    needs = [
        needs_of(TEXT, ["日产日清"] * 20 + ["长" * 2000]),
        needs_of(Column(("坐落",)), ["白云村后厝自然村1号旁"] * 21),
    ]
    assert fit(needs, 500).widths[1] > 90


def test_smaller_type_is_preferred_to_folding_as_long_as_it_is_easy_to_read():
    needs = [needs_of(TEXT, ["白云村后厝自然村第三小组活动中心旁" * 2] * 9)] * 2
    natural = 2 * (34 * 9 + 2 * PAD + 0.2)
    assert fit(needs, natural + 1).font.size == SIZES[0]
    assert fit(needs, natural * 0.93).font.size == 8.0
    assert fit(needs, natural * 0.6).font.size == SIZES[0]


def test_too_many_columns_end_at_the_smallest_type_and_still_fit():
    needs = [needs_of(ID_NUMBER, ["350213********001X"])] * 30
    grid = fit(needs, 700)
    assert grid.font.size == SIZES[-1]
    assert sum(grid.widths) == pytest.approx(700)


def test_a_bold_total_is_wide_enough():
    column = Column(("经费",))
    grid = fit([needs_of(column, ["0"], "1,234,567.00"), needs_of(TEXT, ["路" * 300])], 200)
    assert fold("1,234,567.00", grid.widths[0] - 2 * PAD, Font("Sans", grid.font.size)) == ("1,234,567.00",)


def test_neighbours_share_their_outer_heads_and_leaves_reach_down_to_the_rows():
    columns = (
        Column(("序号",)),
        Column(("面积", "室内", "建筑")),
        Column(("面积", "室内", "活动")),
        Column(("面积", "室外")),
        Column(("备注",)),
    )
    grid = fit([needs_of(column, ["1"]) for column in columns], 400)
    cells = {cell.lines[0]: (cell.first, cell.last, cell.top, cell.bottom) for cell in heads(columns, grid)}
    assert cells == {
        "序号": (0, 1, 0, 3),
        "面积": (1, 4, 0, 1),
        "室内": (1, 3, 1, 2),
        "建筑": (1, 2, 2, 3),
        "活动": (2, 3, 2, 3),
        "室外": (3, 4, 1, 3),
        "备注": (4, 5, 0, 3),
    }


def test_equal_heads_that_are_not_neighbours_stay_apart():
    columns = (Column(("甲", "一")), Column(("乙",)), Column(("甲", "二")))
    grid = fit([needs_of(column, ["1"]) for column in columns], 300)
    assert [cell.lines[0] for cell in heads(columns, grid)].count("甲") == 2


def test_a_tall_head_gets_the_height_it_needs():
    columns = (Column(("一\n二\n三\n四",)), Column(("甲", "乙")))
    grid = fit([needs_of(column, ["1"]) for column in columns], 200)
    heights = head_heights(heads(columns, grid), grid)
    assert sum(heights) >= 4 * grid.head.size * 1.3

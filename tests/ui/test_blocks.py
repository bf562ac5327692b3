"""Blocks of cells survive the clipboard, ours and that of other programs."""

import pytest

from ui.shared.blocks import as_html, as_text, from_text, repeated


@pytest.mark.parametrize(
    "block",
    [
        [["一", "二\n三"], ['带"引号', "制表\t符"]],
        [['"整格引号"'], ['"'], ['""'], ['"开头'], ['""两个']],
        [['"引\n号"', "末"]],
        [["甲"], [""], [""]],
        [[""]],
        [["", ""], ["", "乙"]],
    ],
)
def test_what_goes_out_comes_back_as_it_was(block: list[list[str]]) -> None:
    assert from_text(as_text(block)) == block


def test_lines_of_another_program_become_as_long_as_the_longest() -> None:
    assert from_text("") == []
    assert from_text("甲\t乙\r\n丙\r\n") == [["甲", "乙"], ["丙", ""]]
    assert from_text("甲\r乙") == [["甲"], ["乙"]]


def test_empty_cells_at_the_end_of_a_column_are_cells() -> None:
    assert from_text("甲\r\n\r\n\r\n") == [["甲"], [""], [""]]


def test_a_break_inside_a_cell_stays_inside() -> None:
    assert from_text('"一楼\n二楼 ""南"""\t村部\n岭头\t无') == [['一楼\n二楼 "南"', "村部"], ["岭头", "无"]]


@pytest.mark.parametrize("cell", ['"农家书屋"管理员', '"没有后一半', '"健身点"', '5" 水管'])
def test_quotes_that_a_person_wrote_stay(cell: str) -> None:
    assert from_text(f"{cell}\t乙\n丙\t丁\n") == [[cell, "乙"], ["丙", "丁"]]


def test_a_cell_longer_than_most_is_taken_whole() -> None:
    assert from_text(f'"{"长" * 200_000}\n完"\t乙') == [["长" * 200_000 + "\n完", "乙"]]


def test_long_numbers_go_out_as_text_and_quantities_as_numbers() -> None:
    found = as_html([["3502110000000012", "12.5"], ["<b>&", "一\n二"]], [True, False])

    assert "<td style=\"mso-number-format:'\\@'\">3502110000000012</td><td>12.5</td>" in found
    assert "&lt;b&gt;&amp;</td>" in found
    assert '一<br style="mso-data-placement:same-cell">二' in found


def test_a_block_is_repeated_where_it_goes_in_without_a_rest() -> None:
    assert repeated([["甲", "乙"]], 2, 2) == [["甲", "乙"], ["甲", "乙"]]
    assert repeated([["甲", "乙"]], 2, 1) == [["甲", "乙"], ["甲", "乙"]]
    assert repeated([["甲"]], 1, 3) == [["甲", "甲", "甲"]]
    assert repeated([["甲"], ["乙"]], 3, 1) == [["甲"], ["乙"]]
    assert repeated([["甲"], ["乙"]], 1, 1) == [["甲"], ["乙"]]

"""Text and names: tidied, never cut, rare characters kept (trust.md BF, F8)."""

import pytest

from xmdesk.records.values.reading import Bad
from xmdesk.records.values.texts import clean_text, read_division_code, read_name


def codes(read: object) -> list[str]:
    return [note.code for note in read.notes]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("raw", "value", "notes"),
    [
        ("军营村 ", "军营村", ["V-TIDIED"]),
        ("  隘头　18号", "隘头 18号", ["V-TIDIED"]),
        ("隘头\n18号", "隘头18号", ["V-TIDIED"]),
        ("Room 1\r\nFloor 2", "Room 1 Floor 2", ["V-TIDIED"]),
        ("\u202e军营\u200b村\ufeff", "军营村", ["V-INVISIBLE"]),
        ("军\x00营", "军营", ["V-INVISIBLE"]),
        ("军\ud800营", "军营", ["V-INVISIBLE"]),
        ("=1+1", "=1+1", []),
        ("＝１＋１", "＝１＋１", []),
        ("@here", "@here", []),
        ("-18号", "-18号", []),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", []),
        ("'; DROP TABLE 村 -- %s ${x} \\", "'; DROP TABLE 村 -- %s ${x} \\", []),
        ("𠮷村𫖯䶮㐱", "𠮷村𫖯䶮㐱", []),
        ("葛\U000e0100飾", "葛\U000e0100飾", []),
        ("e\u0301", "é", ["V-TIDIED"]),
        ("很好😀", "很好😀", []),
        ("村\ue863", "村\ue863", ["V-PRIVATE-CHARACTERS"]),
        ("—", "", ["V-EMPTY-MARK"]),
        ("无", "", ["V-EMPTY-MARK"]),
        ("/", "", ["V-EMPTY-MARK"]),
        (None, "", []),
        ("", "", []),
        (1201, "1201", []),
        (1201.0, "1201", []),
    ],
)
def test_text_is_tidied_and_otherwise_left_alone(raw: object, value: str, notes: list[str]) -> None:
    found = clean_text(raw, 60)
    assert (found.value, codes(found)) == (value, notes)


def test_none_is_an_answer_where_the_column_says_so() -> None:
    assert clean_text("无", 60, none_answers=True).value == "无"
    assert clean_text("—", 60, none_answers=True).value == ""


def test_long_text_is_refused_and_never_cut() -> None:
    with pytest.raises(Bad) as bad:
        clean_text("长" * 10_000, 50)
    assert (bad.value.code, bad.value.facts) == ("V-TEXT-LONG", {"limit": 50, "length": "10,000"})


def test_a_character_outside_the_basic_plane_counts_once() -> None:
    assert clean_text("𠮷" * 50, 50).value == "𠮷" * 50


def test_lines_stay_in_remarks() -> None:
    assert (
        clean_text("第一行  x\r\n\r\n\r\n\r\n第二行\u2028第三行 ", 60, multiline=True).value
        == "第一行 x\n\n第二行\n第三行"
    )


@pytest.mark.parametrize("raw", ["同上", "〃", " 同 上 ", '"'])
def test_ditto_marks_are_refused(raw: str) -> None:
    with pytest.raises(Bad, match="V-DITTO"):
        clean_text(raw, 60)


@pytest.mark.parametrize("raw", ["#REF!", "#n/a", "#VALUE!", " #DIV/0! "])
def test_error_values_are_refused(raw: str) -> None:
    with pytest.raises(Bad, match="V-CELL-ERROR"):
        clean_text(raw, 60)


@pytest.mark.parametrize(
    ("raw", "name", "notes"),
    [
        ("张 三", "张三", ["V-TIDIED"]),
        ("王\n㛃", "王㛃", ["V-TIDIED"]),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提", ["V-NAME-DOT"]),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提", ["V-NAME-DOT"]),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提", ["V-NAME-DOT"]),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提", ["V-NAME-DOT"]),
        ("阿卜杜拉 · 买买提", "阿卜杜拉·买买提", ["V-TIDIED"]),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提", []),
        ("J. Smith", "J. Smith", []),
        ("李𫖯", "李𫖯", []),
        ("丁一〇", "丁一〇", []),
        ("张\ue863", "张\ue863", ["V-PRIVATE-CHARACTERS"]),
        ("许秀兰、苏建国", "许秀兰、苏建国", ["V-NAME-SEVERAL"]),
        ("许秀兰\n苏建国", "许秀兰、苏建国", ["V-TIDIED", "V-NAME-SEVERAL"]),
        ("许秀兰 苏建国", "许秀兰、苏建国", ["V-TIDIED", "V-NAME-SEVERAL"]),
        ("许兰　苏国", "许兰、苏国", ["V-TIDIED", "V-NAME-SEVERAL"]),
        ("欧阳 修远", "欧阳修远", ["V-TIDIED"]),
        ("张 三 丰", "张三丰", ["V-TIDIED"]),
        ("许秀兰\n(副)", "许秀兰(副)", ["V-TIDIED", "V-NAME-ASIDE"]),
        ("许秀兰（书记）", "许秀兰（书记）", ["V-NAME-ASIDE"]),
        ("(许秀兰)", "(许秀兰)", []),
        ("無", "無", []),
        ("-", "", ["V-EMPTY-MARK"]),
    ],
)
def test_names_are_tidied(raw: str, name: str, notes: list[str]) -> None:
    found = read_name(raw)
    assert (found.value, codes(found)) == (name, notes)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("张三1", "V-NAME-DIGITS"),
        ("张三①", "V-NAME-DIGITS"),
        ("张三😀", "V-NAME-EMOJI"),
        ("★张三", "V-NAME-EMOJI"),
        ("……", "V-NAME-PUNCTUATION"),
        ("长" * 51, "V-TEXT-LONG"),
    ],
)
def test_names_that_cannot_be_names_wait(raw: str, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_name(raw)
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("raw", "value"),
    [("350212105206", "350212105206"), (350212105206, "350212105206"), (" 3502 1210 5206 ", "350212105206"), ("", "")],
)
def test_division_codes_are_twelve_digits_of_text(raw: object, value: str) -> None:
    assert read_division_code(raw).value == value


@pytest.mark.parametrize("code", ["350212", "350212105", "350212105206"])
def test_where_offices_above_a_village_are_named_their_codes_are_read_too(code: str) -> None:
    assert read_division_code(code, takes_upper=True).value == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("35021210520", "V-DIVISION-ZERO"),
        ("350212105", "V-DIVISION-LENGTH"),
        ("350212105206000", "V-DIVISION-LENGTH"),
        ("35021210520X", "V-DIVISION-CHARACTERS"),
    ],
)
def test_other_division_codes_wait(raw: str, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_division_code(raw)
    assert bad.value.code == code

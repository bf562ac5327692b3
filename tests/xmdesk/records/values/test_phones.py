"""Telephone numbers and columns that mix them with names (trust.md BF1–BF3). Numbers are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xmdesk.records.values.phones import (
    mask_phone,
    read_mobile,
    read_name_and_phone,
    read_phone,
    read_phone_or_mask,
    read_phones,
    read_unit_and_phone,
    split_phones,
)
from xmdesk.records.values.reading import Bad


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("13800008117", "13800008117"),
        ("138 0000 8117", "13800008117"),
        ("138-0000-8117", "13800008117"),
        ("+8613800008117", "13800008117"),
        ("+86 138 0000 8117", "13800008117"),
        ("008613800008117", "13800008117"),
        ("8613800008117", "13800008117"),
        ("１３８００００８１１７", "13800008117"),
        ("'13800008117", "13800008117"),
        ("手机：13800008117", "13800008117"),
        (13800008117, "13800008117"),
        (13800008117.0, "13800008117"),
        ("13800008117.0", "13800008117"),
        ("0592-7018000", "0592-7018000"),
        ("05927018000", "0592-7018000"),
        ("（0592）7018000", "0592-7018000"),
        ("0592—7018000", "0592-7018000"),
        ("0592-7018000转801", "0592-7018000-801"),
        ("0592-7018000-801", "0592-7018000-801"),
        ("0592-1234567", "0592-1234567"),
        ("020-87654321", "020-87654321"),
        ("+86 592 7018000", "0592-7018000"),
        ("7018000", "7018000"),
        ("400-800-1234", "400-800-1234"),
        ("12345", "12345"),
        ("12348", "12348"),
        (110, "110"),
        ("—", ""),
        (None, ""),
    ],
)
def test_numbers_are_read_as_people_write_them(raw: object, value: str) -> None:
    assert read_phone(raw).value == value


@pytest.mark.parametrize(
    "raw",
    [
        "13800008117/0592-7018000",
        "13800008117、05927018000",
        "138 0000 8117 0592 7018000",
        "13800008117；0592-7018000",
        "手机13800008117，办公0592-7018000",
    ],
)
def test_two_numbers_are_taken_apart_with_a_warning(raw: str) -> None:
    found = read_phones(raw)
    assert found.value == ("13800008117", "0592-7018000")
    assert [note.code for note in found.notes] == ["V-PHONE-TWO"]
    assert split_phones(read_phone(raw).value) == found.value


def test_the_same_number_twice_is_one_number() -> None:
    assert read_phones("13800008117/138 0000 8117").value == ("13800008117", "")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1380000811", "V-PHONE-LENGTH"),
        ("138000081171", "V-PHONE-LENGTH"),
        (1380000811, "V-PHONE-LENGTH"),
        ("138OOOO8117", "V-PHONE-CHARACTERS"),
        ("1.38E+10", "V-PHONE-ROUNDED"),
        ("5.92702e9", "V-PHONE-ROUNDED"),
        ("١٣٨٠٠٠٠٨١١٧", "V-PHONE-CHARACTERS"),
        ("12800008117", "V-PHONE-PREFIX"),
        (5927018000, "V-PHONE-ZERO"),
        ("592-7018000", "V-PHONE-ZERO"),
        ("13800008117/13900001111/13700002222", "V-PHONE-MANY"),
        ("-13000000", "V-PHONE-UNKNOWN"),
        ("1", "V-PHONE-UNKNOWN"),
        (True, "V-PHONE-UNKNOWN"),
        ("同上", "V-DITTO"),
    ],
)
def test_wrong_numbers_wait_for_a_stated_reason(raw: object, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_phone(raw)
    assert bad.value.code == code


def test_short_numbers_and_dropped_remarks_are_warned_about() -> None:
    assert [note.code for note in read_phone("668117").notes] == ["V-PHONE-SHORT"]
    assert "V-PHONE-REMARK" in [note.code for note in read_phone("13800008117（微信同号）").notes]


def test_a_mobile_column_takes_exactly_one_mobile() -> None:
    assert read_mobile("138 0000 8117").value == "13800008117"
    assert read_mobile("").value == ""
    with pytest.raises(Bad, match="V-PHONE-NOT-MOBILE"):
        read_mobile("0592-7018000")
    with pytest.raises(Bad, match="V-PHONE-ONE-ONLY"):
        read_mobile("13800008117/13900001111")


@pytest.mark.parametrize(
    ("raw", "name", "phone"),
    [
        ("蔡美玉 138 0000 8117", "蔡美玉", "13800008117"),
        ("蔡美玉13800008117", "蔡美玉", "13800008117"),
        ("蔡美玉：0592-7018000", "蔡美玉", "0592-7018000"),
        ("蔡美玉（13800008117）", "蔡美玉", "13800008117"),
        ("13800008117 蔡美玉", "蔡美玉", "13800008117"),
        ("13800008117（蔡美玉）", "蔡美玉", "13800008117"),
        ("138 0000 8117 (庄明辉)", "庄明辉", "13800008117"),
        ("13800008117（微信同号）", "", "13800008117"),
        ("蔡美玉 13800008117（短号）", "蔡美玉", "13800008117"),
        ("李䶮\n138 0000 9197", "李䶮", "13800009197"),
        ("王小明（0592）7018000", "王小明", "0592-7018000"),
        ("蔡美玉 13800008117/0592-7018000", "蔡美玉", "13800008117/0592-7018000"),
        ("蔡美玉", "蔡美玉", ""),
        ("13800008117", "", "13800008117"),
        ("", "", ""),
    ],
)
def test_name_and_phone_in_one_column(raw: str, name: str, phone: str) -> None:
    assert read_name_and_phone(raw).value == (name, phone)


def test_a_name_in_brackets_behind_its_number_is_no_lost_remark() -> None:
    assert "V-PHONE-REMARK" not in [one.code for one in read_name_and_phone("13800008117（蔡美玉）").notes]
    assert "V-PHONE-REMARK" in [one.code for one in read_name_and_phone("13800008117（微信同号）").notes]


@pytest.mark.parametrize(
    ("raw", "unit", "phone"),
    [
        ("区城管局 12345", "区城管局", "12345"),
        ("区城管局（12345）", "区城管局", "12345"),
        ("镇建设办", "镇建设办", ""),
        ("区农业农村局 0592-7022222", "区农业农村局", "0592-7022222"),
        ("第3村民小组 13800008117", "第3村民小组", "13800008117"),
        ("第3村民小组", "第3村民小组", ""),
        ("12345", "", "12345"),
        (None, "", ""),
    ],
)
def test_unit_and_phone_in_one_column(raw: object, unit: str, phone: str) -> None:
    assert read_unit_and_phone(raw).value == (unit, phone)


def test_two_people_in_one_column_wait() -> None:
    with pytest.raises(Bad, match="V-PHONE-APART"):
        read_name_and_phone("蔡美玉 13800008117、庄明辉 13900002222")
    with pytest.raises(Bad, match="V-PHONE-LENGTH"):
        read_name_and_phone("蔡美玉 1380000811")


def test_the_one_mask_for_phones() -> None:
    assert mask_phone("13800001234") == "138****1234"
    assert mask_phone("13800001234/0592-7018000") == "138****1234/059*-***8000"
    assert mask_phone("7018000") == "*****00"
    assert mask_phone("12345") == "12345"
    assert mask_phone("") == ""


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"1[3-9][0-9]{9}|0592-[2-9][0-9]{6}|[2-8][0-9]{6}", fullmatch=True))
def test_masks_hide_at_least_four_digits(number: str) -> None:
    masked = mask_phone(read_phone(number).value)
    assert masked.count("*") >= 4
    assert mask_phone(masked) == masked


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("138****8117", "138****8117"),
        (" 138 **** 8117 ", "138****8117"),
        ("０５９２-7018000、138＊＊＊＊8117", "0592-7018000/138****8117"),
        ("13800008117", "13800008117"),
        (13800008117, "13800008117"),
        (None, ""),
    ],
)
def test_a_masked_mobile_passes_where_it_may_stand_for_a_known_one(raw: object, kept: str) -> None:
    assert read_phone_or_mask(raw).value == kept


@pytest.mark.parametrize("raw", ["138***8117", "138****8117/138****8118/12345", "138****8117/138****", "****8117"])
def test_other_stars_among_figures_are_no_number(raw: str) -> None:
    with pytest.raises(Bad):
        read_phone_or_mask(raw)

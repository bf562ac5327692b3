"""Numbers exactly (trust.md BA30–BA32, BG7, BG8)."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xmdesk.records.values.numbers import read_count, read_decimal, read_percent, read_yes_no
from xmdesk.records.values.reading import Bad


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1,200", "1200"),
        ("1，200", "1200"),
        ("1 200元", "1200"),
        ("１２００", "1200"),
        ("￥1,200.50", "1200.50"),
        ("12,345,678.9", "12345678.9"),
        (8000.5, "8000.5"),
        (0.1 + 0.2, "0.3"),
        (12000, "12000"),
        (Decimal("3.60"), "3.6"),
        ("1.500", "1.5"),
        ("0", "0"),
        (0, "0"),
    ],
)
def test_amounts_are_read_exactly(raw: object, value: str) -> None:
    assert read_decimal(raw, 2).value == Decimal(value)


def test_zero_and_nothing_and_not_applicable_are_three_things() -> None:
    assert read_decimal(0, 2).value == 0
    assert read_decimal("", 2).value is None
    assert read_decimal("—", 2).value is None
    with pytest.raises(Bad, match="V-NUMBER"):
        read_decimal("无此项", 2)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1.2万", "V-NUMBER-WORDS"),
        ("1.2万元", "V-NUMBER-WORDS"),
        ("一千二", "V-NUMBER-WORDS"),
        ("3千", "V-NUMBER-WORDS"),
        (-5, "V-NUMBER-NEGATIVE"),
        ("-5", "V-NUMBER-NEGATIVE"),
        ("－5元", "V-NUMBER-NEGATIVE"),
        ("1e309", "V-NUMBER-BIG"),
        (float("inf"), "V-NUMBER-BIG"),
        (float("nan"), "V-NUMBER-BIG"),
        (Decimal("sNaN"), "V-NUMBER-BIG"),
        ("NaN", "V-NUMBER-BIG"),
        ("9" * 100, "V-NUMBER-BIG"),
        (10**4000, "V-NUMBER-BIG"),
        (10**12, "V-NUMBER-BIG"),
        ("1.234", "V-NUMBER-PLACES"),
        (1.234, "V-NUMBER-PLACES"),
        ("1,2000", "V-NUMBER"),
        ("35%", "V-NUMBER"),
        ("约100", "V-NUMBER"),
        ("1200米", "V-NUMBER"),
        (True, "V-NUMBER"),
        (datetime.fromisoformat("2026-01-01"), "V-NUMBER-DATE"),
        ("#REF!", "V-CELL-ERROR"),
        ("同上", "V-DITTO"),
    ],
)
def test_other_amounts_wait_for_a_stated_reason(raw: object, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_decimal(raw, 2)
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("raw", "number"),
    [("1.2万", "12000"), ("一千二", "1200"), ("两万", "20000"), ("3千", "3000"), ("1.25万元", "12500")],
)
def test_words_are_answered_with_the_figures_to_write(raw: str, number: str) -> None:
    with pytest.raises(Bad) as bad:
        read_decimal(raw, 2)
    assert str(bad.value.facts["number"]) == number


def test_units_are_tolerated_where_the_column_allows_them() -> None:
    assert read_count("8学时", units=("学时",)).value == 8
    assert read_count("30 床", units=("床",)).value == 30
    assert read_decimal("120平方米", 2, units=("㎡",)).value == 120
    assert read_decimal("1.2万元", 4, units=("万元",)).value == Decimal("1.2")
    with pytest.raises(Bad, match="V-NUMBER"):
        read_count("8学时")
    with pytest.raises(Bad, match="V-NUMBER"):
        read_decimal("120元", 2, units=("㎡",))


def test_counts_are_whole() -> None:
    assert read_count(8.0).value == 8
    assert read_count("８").value == 8
    assert read_count(None).value is None
    with pytest.raises(Bad, match="V-NUMBER-WHOLE"):
        read_count(8.5)
    with pytest.raises(Bad, match="V-NUMBER-WHOLE"):
        read_count(999_999_999_999.4)


def test_percentages() -> None:
    assert read_percent("35%").value == 35
    assert read_percent(35).value == 35
    assert read_percent("３５\uff05").value == 35
    fraction = read_percent(0.35)
    assert (fraction.value, fraction.notes[0].code) == (35, "V-PERCENT-FRACTION")
    assert read_percent(Decimal("0.35")).value == Decimal("0.35")
    with pytest.raises(Bad, match="V-PERCENT-ONE"):
        read_percent(1)
    with pytest.raises(Bad, match="V-PERCENT-RANGE"):
        read_percent("101%")


@pytest.mark.parametrize("raw", ["是", "有", "√", "对", "1", 1, 1.0, True, "Y", "已"])
def test_yes(raw: object) -> None:
    assert read_yes_no(raw).value is True


@pytest.mark.parametrize("raw", ["否", "无", "×", "0", 0, False, "N", "没有", "X"])
def test_no(raw: object) -> None:
    assert read_yes_no(raw).value is False


@pytest.mark.parametrize("raw", ["", None, "未核实", "—", "/"])
def test_neither(raw: object) -> None:
    assert read_yes_no(raw).value is None


def test_anything_else_is_neither_guessed_nor_dropped() -> None:
    with pytest.raises(Bad, match="V-YES-NO"):
        read_yes_no("大概")
    with pytest.raises(Bad, match="V-YES-NO"):
        read_yes_no(2)


@settings(max_examples=200, deadline=None)
@given(st.decimals(0, 999_999_999_999, places=2))
def test_amounts_survive_their_own_spelling(value: Decimal) -> None:
    assert read_decimal(f"{value:,f}", 2).value == value
    assert read_decimal(f"{value:f}元", 2).value == value
    assert read_decimal(float(value), 2).value == value

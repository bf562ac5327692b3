"""What holds for all readers: only Bad is raised, output is read as itself, and nothing private is said."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xmdesk.problems import Severity, problem
from xmdesk.records.codes import FacilityKind, HelperSource
from xmdesk.records.values.choices import read_choice, read_choices
from xmdesk.records.values.coordinates import read_degrees, read_point
from xmdesk.records.values.credit_code import read_credit_code
from xmdesk.records.values.dates import read_day, read_moment, read_partial_day, read_year
from xmdesk.records.values.frequency import read_frequency
from xmdesk.records.values.hours import read_hours
from xmdesk.records.values.identity import check_character, read_id
from xmdesk.records.values.numbers import read_count, read_decimal, read_percent, read_yes_no
from xmdesk.records.values.phones import (
    read_mobile,
    read_name_and_phone,
    read_phone,
    read_phones,
    read_unit_and_phone,
)
from xmdesk.records.values.reading import Bad, Note, Read
from xmdesk.records.values.supplies import read_supplies
from xmdesk.records.values.texts import clean_text, read_division_code, read_name

Reader = Callable[[object], Read[Any]]

READERS: dict[str, Reader] = {
    "text": lambda raw: clean_text(raw, 60),
    "remark": lambda raw: clean_text(raw, 500, multiline=True),
    "right": lambda raw: clean_text(raw, 60, none_answers=True),
    "name": read_name,
    "division": read_division_code,
    "citizen": read_id,
    "residence": lambda raw: read_id(raw, doc_type="2"),
    "passport": lambda raw: read_id(raw, doc_type="3"),
    "other": lambda raw: read_id(raw, doc_type="9"),
    "credit": read_credit_code,
    "phone": read_phone,
    "mobile": read_mobile,
    "day": read_day,
    "partial": read_partial_day,
    "year": read_year,
    "moment": read_moment,
    "count": lambda raw: read_count(raw, units=("学时",)),
    "decimal": lambda raw: read_decimal(raw, 2),
    "percent": read_percent,
    "yes": read_yes_no,
    "hours": read_hours,
    "choice": lambda raw: read_choice(raw, FacilityKind.table()),
    "choices": lambda raw: read_choices(raw, HelperSource.table()),
    "supplies": read_supplies,
    "frequency": read_frequency,
    "longitude": lambda raw: read_degrees(raw, "lng"),
    "latitude": lambda raw: read_degrees(raw, "lat"),
}
COMBINED: dict[str, Reader] = {
    "phones": read_phones,
    "person": read_name_and_phone,
    "unit": read_unit_and_phone,
    "point": read_point,
}

FRAGMENTS = """
2026 年 1 月 5 日 号 . - — / 、 ， : ： ( ) （ ） 周一 至 周五 8:00 12:00 上午 24小时 休息 次日 每 周 2 次 万 元 % 一千二
13800008117 0592 7018000 12345 转 蔡美玉 区城管局 棉被 30 床 到期 党员 01 党群服务中心 118.1 24.5 ° X x × √ 是 无 同上 #REF!
１２ = + E 11010519491231002X 91350100M000100Y43 😀 '
"""


def _tried(reader: Reader, raw: object) -> tuple[Bad | None, tuple[Note, ...], object]:
    """What a reader says about a cell: why not, notes, value."""
    try:
        found = reader(raw)
    except Bad as bad:
        return bad, (), None
    return None, found.notes, found.value


fragments = st.sampled_from([*FRAGMENTS.split(), "\u200b", "\u202e", "\ud800", "\U0002cc56", "\ue000", "\n", "\t", " "])
written = st.lists(fragments, max_size=8).map("".join) | st.lists(fragments, max_size=6).map(" ".join)
cells = (
    written
    | st.text(max_size=60)
    | st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10_000, 80_000)
    | st.integers(10**9, 10**18)
    | st.floats()
    | st.decimals(allow_nan=True)
    | st.dates()
    | st.datetimes()
    | st.times()
)


@settings(max_examples=200, deadline=None)
@given(cells)
def test_readers_raise_nothing_but_bad_and_every_sentence_exists(raw: object) -> None:
    for reader in (*READERS.values(), *COMBINED.values()):
        bad, notes, _ = _tried(reader, raw)
        assert bad is None or problem(bad.code, **bad.facts).severity is Severity.ERROR
        assert all(problem(note.code, **note.facts).severity is not Severity.ERROR for note in notes)


@settings(max_examples=200, deadline=None)
@given(cells)
def test_readers_read_their_own_output_as_itself(raw: object) -> None:
    for name, reader in READERS.items():
        try:
            value = reader(raw).value
        except Bad:
            continue
        again = reader(value).value
        assert (again, type(again)) == (value, type(value)), name


@pytest.mark.parametrize("reader", [*READERS.values(), *COMBINED.values()], ids=[*READERS, *COMBINED])
@pytest.mark.parametrize(
    "raw", [10**400, Decimal("1E+99999"), Decimal("-Infinity"), "9" * 5000, b"x", object(), "\x00"]
)
def test_extreme_cells_do_not_break_a_reader(reader: Reader, raw: object) -> None:
    bad, _, value = _tried(reader, raw)
    if bad is None:
        assert value in ("", None, (), [], {}, ("", ""), (None, None)) or len(str(value)) <= 500


def _number(born: date, sequence: int) -> str:
    body = f"350212{born:%Y%m%d}{sequence:03d}"
    return body + check_character(body)


people = st.builds(_number, st.dates(date(1930, 1, 1), date(2010, 1, 1)), st.integers(0, 999))
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
around = st.sampled_from(["", "x", "张三", "号", " ", "、", "1", "同", "周一", "棉被", "床", "年"])
spelling = st.sampled_from(["{0}", "{1} {2}", "{1}-{2}", "{1}.{2}", "{1}\u200b{2}", "{1}，{2}"])


@settings(max_examples=200, deadline=None)
@given(people | mobiles, spelling, around, around)
def test_messages_never_hold_a_full_number(number: str, shape: str, before: str, after: str) -> None:
    raw = before + shape.format(number, number[:6], number[6:]) + after
    for reader in (*READERS.values(), *COMBINED.values()):
        bad, notes, _ = _tried(reader, raw)
        facts = [bad.facts, bad.args] if bad else [note.facts for note in notes]
        digits = re.sub(r"[^0-9X]", "", "".join(str(fact) for fact in facts))
        assert number not in digits


def test_empty_cells_are_empty_everywhere() -> None:
    for name, reader in READERS.items():
        for raw in (None, "", "  ", "—", "-", "／"):
            assert reader(raw).value in ("", None, (), [], {}), name


def test_ditto_and_error_values_wait_everywhere() -> None:
    for reader in (*READERS.values(), *COMBINED.values()):
        for raw in ("同上", "〃", "#REF!", "#N/A"):
            with pytest.raises(Bad, match=r"V-DITTO|V-CELL-ERROR"):
                reader(raw)


def test_moments_and_times_as_cells_are_text_where_text_is_asked() -> None:
    assert clean_text(datetime(2026, 1, 5, 8, 30, tzinfo=UTC), 60).value == "2026-01-05 08:30"
    assert clean_text(time(8, 30), 60).value == "08:30"

"""Whatever stands in a sheet, looking at it gives rows, problems or one of our own refusals; and no row is lost."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xmdesk.documents.sheets import samples
from xmdesk.documents.sheets.grid import Sheet
from xmdesk.documents.sheets.preview import Choices, Opened, preview
from xmdesk.documents.sheets.text_reading import read_text
from xmdesk.errors import Refused, XmError

WORDS = st.sampled_from(
    ["序号", "姓名", "手机", "身份证号码", "合计", "注：", "填表人：", "日期", "培训", "类别", "设施名称", "面积(㎡)",
     "A角", "名称", "无", "同上", "#REF!", "13800006661", "2026年", "一、道路", "甲", "1", "（元）", "负责人\n及电话"]
)  # fmt: skip
CELLS = st.one_of(
    st.none(),
    WORDS,
    st.text(max_size=12),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)),  # noqa: DTZ001
)
GRIDS = st.lists(st.lists(CELLS, max_size=7), max_size=14)
MERGES = st.lists(
    st.tuples(st.integers(0, 14), st.integers(0, 6), st.integers(0, 4), st.integers(0, 3)).map(
        lambda at: (at[0], at[1], at[0] + at[2], at[1] + at[3])
    ),
    max_size=4,
)
REGISTERS = [samples.PERSONS, samples.OFFICERS, samples.FACILITIES, samples.DUTIES, samples.SHELTERS]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
@given(rows=GRIDS, merges=MERGES)
@settings(max_examples=30, deadline=None)
def test_any_grid_gives_rows_or_one_of_our_refusals(register, rows, merges):
    sheet = Sheet("表", rows, merges=tuple(merges))
    try:
        seen = preview(Opened("表.xlsx", "", (sheet,)), register, Choices(office_code="350212105201"))
    except XmError:
        return
    accounted = {row.number for row in seen.rows} | {one.number for one in seen.skipped}
    below = range(seen.table.first_row + seen.table.header_rows, len(rows))
    filled = {row + 1 for row in below if any(cell is not None for cell in rows[row])}
    if not seen.stopped and not seen.table.next_table and seen.table.blocks == 1:
        assert filled <= accounted
    assert all(one.text and one.to_do for one in seen.problems)


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_as_text_give_a_sheet_or_a_refusal(data):
    try:
        raw = read_text(data, "表.csv")
    except Refused as refused:
        assert refused.code.startswith("X-")  # noqa: PT017
        return
    assert len(raw.rows) == len(raw.widths)


@given(st.lists(st.lists(st.text(st.characters(codec="gb18030"), max_size=6), min_size=2, max_size=4), max_size=5))
@settings(max_examples=60, deadline=None)
def test_text_in_gb18030_is_read_or_refused(rows):
    data = "\n".join(",".join(row) for row in rows).encode("gb18030")
    try:
        read_text(data, "表.csv")
    except Refused as refused:
        assert refused.code.startswith("X-")  # noqa: PT017

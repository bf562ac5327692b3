"""One value in every way in which forms ask for it."""

from datetime import date
from decimal import Decimal

import pytest

from xmdesk.documents.sheets.cell_words import CellFormat, Hints, Way, formats_for, guessed, joined, written
from xmdesk.records.codes import Political, Post, Sex
from xmdesk.records.kinds import Choice, Count, Day, Money, Number, PartialDay, PersonId, Phone, Text, YesNo

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("form", "full", "month"),
    [
        ("2026年1月5日", "2026年1月5日", "2026年1月"),
        ("2026-01-05", "2026-01-05", "2026-01"),
        ("2026.1.5", "2026.1.5", "2026.1"),
        ("2026.01.05", "2026.01.05", "2026.01"),
        ("2026/1/5", "2026/1/5", "2026/1"),
        ("20260105", "20260105", "202601"),
        ("2026年1月", "2026年1月", "2026年1月"),
        ("2026-01", "2026-01", "2026-01"),
        ("2026.01", "2026.01", "2026.01"),
        ("202601", "202601", "202601"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_day_is_written_as_asked_and_nothing_is_made_up(form: str, full: str, month: str) -> None:
    way = Way(CellFormat(form))

    assert written(date(2026, 1, 5), Day(), way) == full
    assert written("2026-01-05", PartialDay(), way) == full
    assert written("2026-01", PartialDay(), way) == month


def test_an_age_counts_whole_years(clock) -> None:
    way = Way(CellFormat.AGE)

    assert [written(day, PartialDay(), way) for day in ("1962-11-23", "1962-11-24", "1962")] == [64, 63, 64]


@pytest.mark.parametrize(
    ("form", "closed", "opened"),
    [
        ("full", "110105********002X", NUMBER),
        ("spaced", "110105********002X", "110105 19491231 002X"),
        ("masked", "110105********002X", "110105********002X"),
        ("last4", "002X", "002X"),
        ("last6", "31002X", "31002X"),
    ],
)
def test_an_identity_number_is_whole_only_when_allowed(form: str, closed: str, opened: str) -> None:
    way = Way(CellFormat(form))

    assert written(NUMBER, PersonId(), way) == closed
    assert written(NUMBER, PersonId(), way, unmasked=True) == opened


def test_short_numbers_of_other_documents_do_not_show_by_their_ends() -> None:
    assert written("E1234567", PersonId(), Way(CellFormat.LAST_SIX)) == "E******7"


def test_phones_yes_and_no_and_closed_lists_take_their_forms() -> None:
    def say(value, kind, form):
        return written(value, kind, Way(CellFormat(form)))

    assert [say("13800008117", Phone(), one) for one in ("full", "spaced", "masked")] == [
        "13800008117", "138 0000 8117", "138****8117",
    ]  # fmt: skip
    assert [(say(True, YesNo(), one), say(False, YesNo(), one)) for one in formats_for(YesNo())] == [
        ("是", "否"), ("有", "无"), ("√", None), ("√", "×"), ("1", "0"),
    ]  # fmt: skip
    assert [say(Sex.MALE, Choice(Sex), one) for one in formats_for(Choice(Sex))] == ["男", "1", "1 男"]
    assert say(None, YesNo(), "是/否") is None


def test_a_list_of_the_form_decides_the_word_for_a_code() -> None:
    way = Way(CellFormat.LABEL, ("党员", "团员", "群众"))

    assert written(Political.MEMBER, Choice(Political), way) == "党员"
    assert written(Political.MASSES, Choice(Political), way) == "群众"
    assert written(Political.TAIWAN, Choice(Political), way) == "台盟盟员"


def test_numbers_stay_numbers_unless_the_unit_is_asked_for() -> None:
    def say(value, kind, form):
        return written(value, kind, Way(CellFormat(form)))

    assert say(Decimal("45.50"), Number(2, "㎡"), "number") == 45.5
    assert say(Decimal("45.50"), Number(2, "㎡"), "number+unit") == "45.5㎡"
    assert say(12, Count(("人",)), "number+unit") == "12人"
    assert say(Decimal(12500), Money(2, "元"), "万元") == 1.25
    assert say(Decimal("1.25"), Money(2, "万元"), "元") == 12500
    assert isinstance(say(Decimal("3.00"), Number(2), "number"), int)


def test_two_values_share_a_cell() -> None:
    parts = ["蔡美玉", "13800008117"]

    assert [joined(parts, one) for one in (CellFormat.JOIN_SPACE, CellFormat.JOIN_BRACKETS, CellFormat.JOIN_LINES)] == [
        "蔡美玉 13800008117", "蔡美玉(13800008117)", "蔡美玉\n13800008117",
    ]  # fmt: skip
    assert joined(["蔡美玉", None], CellFormat.JOIN_BRACKETS) == "蔡美玉"
    assert joined([None, None], CellFormat.JOIN_COMMA) is None


@pytest.mark.parametrize(
    ("kind", "hints", "form"),
    [
        (PartialDay(), Hints("出生年月"), "2026.01"),
        (PartialDay(), Hints("出生年月日"), "2026年1月5日"),
        (PartialDay(), Hints("出生年月(如:196201)"), "202601"),
        (Day(), Hints("日期(YYYY-MM-DD)"), "2026-01-05"),
        (Day(), Hints("日期", example="2026.1.5"), "2026.1.5"),
        (Day(), Hints("日期", example="20260105"), "20260105"),
        (Day(), Hints("日期", example="2026年1月5日"), "2026年1月5日"),
        (PersonId(), Hints("身份证号后四位"), "last4"),
        (PersonId(), Hints("身份证号码"), "full"),
        (YesNo(), Hints("有无公示栏"), "有/无"),
        (YesNo(), Hints("标识", words=("有", "无")), "有/无"),
        (YesNo(), Hints("标识", words=("√",)), "√/空"),
        (Choice(Sex), Hints("性别代码"), "code"),
        (Choice(Post), Hints("A/B角", words=("A角", "B角")), "label"),
        (Money(2, "元"), Hints("经费(万元)"), "万元"),
        (Text(), Hints("日期"), "text"),
    ],
)
def test_the_form_says_how_it_wants_a_column_written(kind, hints: Hints, form: str) -> None:
    found, reason = guessed(kind, hints)

    assert found == form
    assert reason or form == formats_for(kind)[0]

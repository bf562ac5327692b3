"""Indicator sets are data: read strictly, dated, and every shipped target can be computed."""

from datetime import date
from pathlib import Path

import pytest

from xmdesk.errors import Fault, WrongUse
from xmdesk.indicators.catalogue import METRICS
from xmdesk.indicators.judging import evaluate
from xmdesk.indicators.offices import Offices
from xmdesk.indicators.sets import read_set
from xmdesk.records.base import fields_of
from xmdesk.records.facility import Facility
from xmdesk.records.office import Office
from xmdesk.records.people import LegalHelper

HEAD = 'id = "s"\ntitle = "试用"\nsource = "本区"\nvalid_from = 2026-01-01\nvalid_to = 2030-12-31\n'
ONE = """
[[indicator]]
id = "X-1"
clause = "1"
title = "不合格设施不多于5%"
metric = "facility_share"
scope = "VC"
strength = "hard"
unit = "%"
field = "is_accessible"
threshold = 5.5
comparison = "<="
valid_from = 2026-07-01
valid_to = 2027-06-30
"""


def kept(folder: Path, text: str) -> Path:
    path = folder / "set.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_set_covers_the_plan() -> None:
    shipped = read_set()
    ids = [one.id for one in shipped.indicators]

    assert len(ids) == len(set(ids)) >= 60
    assert {f"A1-{number}" for number in (33, 34, 35, 38, 39, 48, 53, 54, 55, 56)} <= set(ids)
    assert {one.metric for one in shipped.indicators} == set(METRICS)


def test_every_field_of_the_shipped_set_exists() -> None:
    known = {*fields_of(Facility), *fields_of(Office), *fields_of(LegalHelper), ""}

    assert {one.given.field for one in read_set().indicators} <= known


def test_every_shipped_target_has_a_clause_and_soft_ones_are_marked() -> None:
    shipped = {one.id: one for one in read_set().indicators}

    assert all(one.clause.startswith("3-") for one in shipped.values())
    assert {shipped[one].strength for one in ("A1-01", "A1-07", "A1-52", "A1-55")} == {"soft"}


def test_a_districts_own_set_is_read_with_exact_numbers_and_dates(tmp_path: Path) -> None:
    own = read_set(kept(tmp_path, HEAD + ONE))
    before, within, after = (
        evaluate(own, Offices([]), day=day, district="350212")
        for day in (date(2026, 6, 30), date(2026, 7, 1), date(2027, 7, 1))
    )

    assert (before, after) == ([], [])
    assert [(one.id, str(one.threshold), one.comparison, one.verdict) for one in within] == [
        ("X-1", "5.5", "<=", "不可计算")
    ]


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('metric = "facility_share"', 'metric = "guess"', "X-1"),
        ('scope = "VC"', 'scope = "T"', "X-1"),
        ('strength = "hard"', 'strength = "very"', "X-1"),
        ('"<="', '"=="', "X-1"),
        ("threshold = 5.5", 'threshold = "many"', "X-1"),
        ("valid_to = 2027-06-30", 'kinds = ["77"]', "X-1"),
        ("valid_to = 2027-06-30", 'valid_to = "later"', "X-1"),
        ('field = "is_accessible"', 'field = "name"', "X-1"),
        ('title = "不合格设施不多于5%"\n', "", "X-1"),
        ('source = "本区"\n', "", "set.toml"),
        ("[[indicator]]", "[[indicator", "set.toml"),
    ],
)
def test_a_set_that_cannot_be_used_names_the_place(tmp_path: Path, old: str, new: str, part: str) -> None:
    text = HEAD + ONE
    assert old in text

    with pytest.raises(WrongUse) as refused:
        read_set(kept(tmp_path, text.replace(old, new)))

    assert refused.value.code == "INDICATOR-SET"
    assert part in refused.value.happened


def test_a_set_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="FILE-NOT-FOUND"):
        read_set(tmp_path / "none.toml")

"""Longitude and latitude (trust.md BG9)."""

from decimal import Decimal

import pytest

from xmdesk.records.values.coordinates import read_degrees, read_point, settle
from xmdesk.records.values.reading import Bad


@pytest.mark.parametrize("raw", [118.123456, "118.123456", "东经118.123456°", "E118.123456", "118.1234560001"])
def test_degrees_are_kept_to_six_places(raw: object) -> None:
    assert read_degrees(raw, "lng").value == Decimal("118.123456")


def test_a_pair_the_wrong_way_round_is_swapped_with_a_warning() -> None:
    lng, lat = read_degrees("24.5", "lng"), read_degrees("118.1", "lat")
    assert [note.code for note in (*lng.notes, *lat.notes)] == ["V-DEGREES-SWAPPED"] * 2
    settled = settle(lng.value, lat.value)
    assert settled.value == (Decimal("118.1"), Decimal("24.5"))
    assert [note.code for note in settled.notes] == ["V-DEGREES-SWAPPED"]
    assert settle(*settled.value).notes == ()


@pytest.mark.parametrize("raw", ["118.1,24.5", "118.1，24.5", "24.5 118.1", "东经118.1°、北纬24.5°"])
def test_both_in_one_column(raw: str) -> None:
    assert read_point(raw).value == (Decimal("118.1"), Decimal("24.5"))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (0, "V-DEGREES-ZERO"),
        ("0", "V-DEGREES-ZERO"),
        (200, "V-DEGREES-RANGE"),
        (-118.1, "V-DEGREES-RANGE"),
        (float("nan"), "V-DEGREES-RANGE"),
        ("118°07\u203224″", "V-DEGREES-MINUTES"),
        ("118度7分", "V-DEGREES-MINUTES"),
        ("村口", "V-DEGREES"),
    ],
)
def test_other_degrees_wait(raw: object, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_degrees(raw, "lng")
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [("0,0", "V-DEGREES-ZERO"), ("118.1", "V-DEGREES-PAIR"), ("118°7\u2032,24°3\u2032", "V-DEGREES-MINUTES")],
)
def test_other_points_wait(raw: str, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_point(raw)
    assert bad.value.code == code


def test_half_a_pair_waits_and_nothing_is_nothing() -> None:
    with pytest.raises(Bad, match="V-DEGREES-HALF"):
        settle(Decimal(118), None)
    assert settle(None, None).value == read_point("").value == (None, None)

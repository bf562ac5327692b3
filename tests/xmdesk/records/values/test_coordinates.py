"""Longitude and latitude (trust.md BG9)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    "raw",
    [
        "24°28′47″N",
        "24度28分47秒",
        "24 28 47",
        "N24°28'47\"",
        "北纬24度28分47秒",
        "纬度：24°28’47”",
        "24º28'47''",
        "２４°２８′４７″",
        "24° 28' 47.0\" n",
    ],
)
def test_degrees_minutes_and_seconds_become_decimal_degrees(raw: str) -> None:
    found = read_degrees(raw, "lat")

    assert found.value == Decimal("24.479722")
    assert [(note.code, note.facts) for note in found.notes] == [("V-DEGREES-CONVERTED", {"degrees": "24.479722"})]


def test_the_last_part_may_have_decimals() -> None:
    assert read_degrees("118°5'20.5\"E", "lng").value == Decimal("118.089028")
    assert read_degrees("118°5.5′", "lng").value == Decimal("118.091667")


@given(
    st.integers(73 * 3600 * 100, 136 * 3600 * 100),
    st.sampled_from(["{}°{}′{}″E", "{}度{}分{}秒", "{} {} {}", "E{}°{}'{}\""]),
)
def test_every_longitude_is_found_again_from_its_minutes_and_seconds(hundredths: int, way: str) -> None:
    degrees, rest = divmod(hundredths, 360_000)
    minutes, rest = divmod(rest, 6000)

    found = read_degrees(way.format(degrees, minutes, Decimal(rest) / 100), "lng").value

    assert found == (Decimal(hundredths) / 360_000).quantize(Decimal("0.000001"))


@pytest.mark.parametrize("raw", ["118°5'20\"E", "118.1E", "东经118.1", "24°28'47\"S", "24.5W"])
def test_a_letter_of_another_axis_is_refused(raw: str) -> None:
    with pytest.raises(Bad) as bad:
        read_degrees(raw, "lat")

    assert (bad.value.code, bad.value.facts["axis"]) == ("V-DEGREES-AXIS", "纬度")


@pytest.mark.parametrize(
    "raw",
    [
        "118°5'20\"E, 24°28'47\"N",
        "24°28'47.0\"N 118°05'20.0\"E",
        "24°28'47\"N118°5'20\"E",
        "118 5 20 24 28 47",
        "118 5 20, 24 28 47",
        "东经118度5分20秒，北纬24度28分47秒",
        "经度：118°5′20″ 纬度：24°28′47″",
    ],
)
def test_both_in_one_column_in_minutes_and_seconds(raw: str) -> None:
    found = read_point(raw)

    assert found.value == (Decimal("118.088889"), Decimal("24.479722"))
    assert {note.code for note in found.notes} == {"V-DEGREES-CONVERTED"}


def test_letters_say_which_is_which() -> None:
    found = read_point("N24.5 E118.1")

    assert (found.value, found.notes) == ((Decimal("118.1"), Decimal("24.5")), ())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (0, "V-DEGREES-ZERO"),
        ("0", "V-DEGREES-ZERO"),
        (200, "V-DEGREES-RANGE"),
        (-118.1, "V-DEGREES-RANGE"),
        (float("nan"), "V-DEGREES-RANGE"),
        ("118°60\u203224″", "V-DEGREES-MINUTES"),
        ("118度7分60秒", "V-DEGREES-MINUTES"),
        ("118 61 0", "V-DEGREES-MINUTES"),
        ("118°7.5′20″", "V-DEGREES"),
        ("118.5°7′", "V-DEGREES"),
        ("118 7", "V-DEGREES"),
        ("118:07:24", "V-DEGREES"),
        ("村口", "V-DEGREES"),
    ],
)
def test_other_degrees_wait(raw: object, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_degrees(raw, "lng")
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("0,0", "V-DEGREES-ZERO"),
        ("118.1", "V-DEGREES-PAIR"),
        ("118 5 20", "V-DEGREES-PAIR"),
        ("118 24 5 20", "V-DEGREES-PAIR"),
        ("118°77\u2032,24°3\u2032", "V-DEGREES-MINUTES"),
        ("E118.1,E24.5", "V-DEGREES-AXIS"),
        ("村口", "V-DEGREES-PAIR"),
        ("1" + " " * 30_000 + "x", "V-DEGREES-PAIR"),
    ],
)
def test_other_points_wait(raw: str, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_point(raw)
    assert bad.value.code == code


def test_half_a_pair_waits_and_nothing_is_nothing() -> None:
    with pytest.raises(Bad, match="V-DEGREES-HALF"):
        settle(Decimal(118), None)
    assert settle(None, None).value == read_point("").value == (None, None)

"""Two days in one cell, as trainings and contracts are noted."""

import pytest

from xmdesk.documents.sheets.day_ranges import from_to
from xmdesk.records.values.dates import read_partial_day
from xmdesk.records.values.reading import Bad

read = from_to(read_partial_day)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026年5月12日-5月13日", ("2026-05-12", "2026-05-13")),
        ("2026年5月12日至13日", ("2026-05-12", "2026-05-13")),
        ("2026.5.12-2026.6.1", ("2026-05-12", "2026-06-01")),
        ("2026-05-12—2026-05-13", ("2026-05-12", "2026-05-13")),
        ("2026.5.12~13", ("2026-05-12", "2026-05-13")),
        ("2026年5月至2027年5月", ("2026-05", "2027-05")),
        ("2026.5.12", ("2026-05-12", "")),
        (None, ("", "")),
    ],
)
def test_both_days_are_read(text, days):
    assert read(text).value == days


@pytest.mark.parametrize("text", ["5月12日-13日", "年底至年初", "2026-02-30至2026-03-01"])
def test_what_is_not_two_days_keeps_its_reason(text):
    with pytest.raises(Bad):
        read(text)

"""A village and its district at work for three years: nothing that grows old meanwhile, lists or certificates, stops either."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.stations import enrol, new_desk, new_district, send
from tests.journeys.terminal import on
from xmdesk.errors import XmError
from xmdesk.periods import Period
from xmdesk.services.desk import Desk

QUARTERS = [Period(f"{year}Q{quarter}") for year in (2026, 2027, 2028, 2029) for quarter in (1, 2, 3, 4)][3:]


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    with on("2026-11-23"):
        district = new_district(tmp_path / "区")
        village = new_desk(tmp_path / "村", "350212105206", "军营村民委员会")
        enrol(village, district, tmp_path)
    yield village, district
    village.upkeep.close()
    district.upkeep.close()


def quarter(village: Desk, district: Desk, period: Period, folder: Path) -> str:
    """Task, return and receipt of one quarter; tells what the district said of the return."""
    day = period.last + timedelta(days=3)
    task = district.tasks.issue(period, due_on=day + timedelta(days=10), out=folder / "任务")
    village.reviewing.take(task.path)
    (found,) = district.inbox.receive([send(village, folder / "上报", period)], compare=False, processes=1)
    receipt = folder / f"回执_{period.text}.pdf"
    district.reviewing.accept(district.reviewing.find(found.submission), receipt)
    return found.verdict if village.reviewing.take(receipt).applied else "receipt"


def test_quarter_by_quarter_for_three_years(offices: tuple[Desk, Desk], tmp_path: Path) -> None:
    village, district = offices
    told: dict[str, str] = {}
    acts: list[tuple[str, str]] = []
    for period in QUARTERS:
        with on((period.last + timedelta(days=3)).isoformat()):
            if district.enrolling.is_renewal_due:
                district.enrolling.renew()
                acts.append((period.text, "district"))
            try:
                village.holding.signer()
            except XmError as over:
                enrol(village, district, tmp_path / period.text)
                acts.append((period.text, over.code))
            told[period.text] = quarter(village, district, period, tmp_path)

    assert told == dict.fromkeys([one.text for one in QUARTERS], "accept")
    assert acts == [("2028Q3", "district"), ("2028Q4", "CERTIFICATE-NOT-VALID")]

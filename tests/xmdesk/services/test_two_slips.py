"""Two slips about one version ask together, in whichever order they come; what settled them settles both."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.xmdesk.services.stories import QUARTER, Offices, saved
from xmdesk.clock import frozen
from xmdesk.records.facility import Facility
from xmdesk.records.submission import Direction, Submission, SubmissionState
from xmdesk.services.correcting import Correcting
from xmdesk.services.reviewing import Point

AREA = Point("facilities", "", "floor_area", "面积不对", row_no=1)
PLACE = Point("facilities", "", "location", "地址要写全", row_no=1)


def send_back(offices: Offices, name: str, *points: Point, minutes: int) -> Path:
    """The district sends the return back so many minutes after noon."""
    with frozen(NOON + timedelta(minutes=minutes)):
        (received,) = offices.district.inbox.submissions()
        return offices.district.reviewing.send_back(received, list(points), offices.folder / name)


@pytest.fixture
def slips(offices: Offices) -> tuple[Path, Path]:
    """Two slips about the same version; the second repeats a point of the first."""
    offices.receive(offices.seal().path)
    return send_back(offices, "1.pdf", AREA, minutes=5), send_back(offices, "2.pdf", PLACE, AREA, minutes=50)


def asked(offices: Offices) -> list[str]:
    return sorted(one.reason for one in offices.village.reviewing.points(open_only=True))


def newest(offices: Offices) -> Submission:
    return max(offices.village.store.find(Submission, direction=Direction.OWN), key=lambda one: one.version)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_both_lists_are_open_in_either_order_and_no_point_twice(
    offices: Offices, slips: tuple[Path, Path], order: tuple[int, int]
) -> None:
    taken = [offices.village.reviewing.take(slips[one]) for one in order]

    assert [(one.applied, one.remark) for one in taken] == [(True, None), (True, None)]
    assert asked(offices) == ["地址要写全", "面积不对"]
    assert newest(offices).receipt_no.endswith("-0002")
    assert newest(offices).state is SubmissionState.SENT_BACK
    assert len(Correcting(offices.village.store).slips(QUARTER)) == 2


def test_an_older_slip_stays_out_once_the_return_was_accepted(offices: Offices, slips: tuple[Path, Path]) -> None:
    with frozen(NOON + timedelta(hours=2)):
        (received,) = offices.district.inbox.submissions()
        with offices.district.store.change("恢复了旧备份") as change:
            change.save(received.changed(state=SubmissionState.RECEIVED))
        receipt = offices.district.reviewing.accept(received, offices.folder / "回执.pdf")
    offices.village.reviewing.take(receipt)

    late = offices.village.reviewing.take(slips[0])

    assert (late.applied, late.remark and late.remark.code) == (False, "TAKE-OLDER")
    assert asked(offices) == []


def test_an_older_slip_stays_out_once_a_later_version_was_sealed(offices: Offices, slips: tuple[Path, Path]) -> None:
    offices.village.reviewing.take(slips[1])
    facility = offices.village.store.all(Facility)[0]
    saved(offices.village.registers, facility.changed(location="军营村 12 号"))
    for point in offices.village.reviewing.points(open_only=True):
        Correcting(offices.village.store).answer(point.uid, "核对过")
    offices.seal()

    late = offices.village.reviewing.take(slips[0])

    assert (late.applied, late.remark and late.remark.code) == (False, "TAKE-OLDER")
    assert asked(offices) == []
    assert newest(offices).version == 2

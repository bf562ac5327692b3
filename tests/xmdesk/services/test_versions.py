"""Which version of a return stands beside another, and which in its place."""

from tests.xmdesk.services.stories import Offices, keep, one_of
from xmdesk.records.facility import Facility
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.services.reviewing import Point
from xmdesk.services.versions import others_of, successor_of


def two(offices: Offices) -> tuple[Submission, Submission]:
    offices.receive(offices.seal().path)
    keep(offices.village, one_of(offices.village, Facility, parent="").changed(name="新党群服务中心"))
    offices.receive(offices.seal().path)
    first, second = sorted(offices.district.inbox.submissions(), key=lambda one: one.version)
    return first, second


def test_the_next_version_stands_in_the_place_of_the_one_it_replaced(offices: Offices) -> None:
    first, second = two(offices)
    store = offices.district.store
    assert (successor_of(store, first), successor_of(store, second)) == (second, None)
    assert (others_of(store, first), others_of(store, second)) == ([second], [first])


def test_also_after_it_was_sent_back(offices: Offices) -> None:
    first, second = two(offices)
    offices.district.reviewing.send_back(second, [Point("", "", "", "改")], offices.folder / "slip.pdf")
    standing = successor_of(offices.district.store, first)
    assert standing is not None
    assert (standing.uid, standing.state) == (second.uid, SubmissionState.SENT_BACK)

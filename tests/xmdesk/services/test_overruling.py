"""A reason is wanted where accepting puts another version out of force that was accepted, or that is newer."""

import pytest

from tests.xmdesk.services.stories import QUARTER, Offices, keep, one_of
from xmdesk.errors import WrongUse
from xmdesk.records.facility import Facility
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.services.closing import Closing
from xmdesk.services.overruling import needs_reason, overruled


def held(offices: Offices) -> Submission:
    (found,) = (one for one in offices.district.inbox.submissions() if one.state is SubmissionState.HELD)
    return found


def counting(offices: Offices) -> Submission:
    (found,) = offices.district.inbox.effective(QUARTER)
    return found


@pytest.fixture
def conflict(offices: Offices) -> Offices:
    """Two first versions: one counts, one waits."""
    offices.receive(offices.sealed_anyhow())
    offices.receive(offices.sealed_anyhow(as_of="2026-11-22"))
    return offices


def test_of_two_first_versions_either_may_be_accepted_without_a_word(conflict: Offices) -> None:
    for one in (held(conflict), counting(conflict)):
        assert (needs_reason(conflict.district.store, one), overruled(conflict.district.store, one)) == (False, None)


def test_once_one_is_accepted_the_other_wants_a_reason(conflict: Offices) -> None:
    reviewing, out = conflict.district.reviewing, conflict.folder / "receipt.pdf"
    reviewing.accept(counting(conflict), out)
    first = counting(conflict)

    with pytest.raises(WrongUse) as why:
        reviewing.accept(held(conflict), out, force=True)

    assert (why.value.code, counting(conflict)) == ("REVIEW-REASON", first)
    assert overruled(conflict.district.store, held(conflict)) == first
    reviewing.accept(held(conflict), out, note="电话问明", force=True)
    assert counting(conflict).uid != first.uid


def test_an_older_version_that_waited_does_not_replace_a_newer_one_without_a_reason(offices: Offices) -> None:
    first = offices.seal().path
    keep(offices.village, one_of(offices.village, Facility, parent="").changed(name="新党群服务中心"))
    second = offices.seal().path
    Closing(offices.district).lock(QUARTER)
    offices.receive(first)
    Closing(offices.district).unlock(QUARTER, "全区补报")
    offices.receive(second)

    newer = overruled(offices.district.store, held(offices))

    assert newer is not None
    assert (newer.version, newer.state) == (2, SubmissionState.RECEIVED)


def test_what_is_decided_already_asks_for_no_reason(conflict: Offices) -> None:
    first = counting(conflict)
    conflict.district.reviewing.accept(first, conflict.folder / "receipt.pdf")
    accepted = counting(conflict)
    conflict.district.reviewing.accept(held(conflict), conflict.folder / "other.pdf", note="电话问明")
    replaced = conflict.district.store.get(Submission, first.uid)
    assert replaced is not None
    assert replaced.state is SubmissionState.REPLACED
    assert [needs_reason(conflict.district.store, one) for one in (accepted, replaced)] == [False, False]

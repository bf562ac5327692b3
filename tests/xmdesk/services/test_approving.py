"""A yes holds for the pages that were looked at: whatever would print them differently lets it lapse, and says why."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.xmdesk.documents.reading import page_texts, squeezed
from tests.xmdesk.services.stories import QUARTER, Offices, keep, nil_the_rest, one_of
from xmdesk.clock import frozen
from xmdesk.records.base import Record
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.records.submission import CollectionTask, Direction, Submission, SubmissionState
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.services.approving import Approving, Lapse
from xmdesk.services.submitting import Sealed, Unanswered

FILLER, HEAD = "林阿土", "陈水木"


@pytest.fixture
def agreed(offices: Offices) -> Offices:
    """Offices of which the village's head agreed to the return."""
    nil_the_rest(offices.village)
    agree(offices)
    return offices


def agree(offices: Offices) -> None:
    Approving(offices.village.store).approve(offices.village.submitting.draft(QUARTER), HEAD, prepared_by=FILLER)


def book(offices: Offices, record: Record) -> None:
    """Let a record stand in the village's book as if it had come there."""
    with offices.village.store.change("收下") as change:
        change.save(record)


def lapse(offices: Offices) -> Lapse | None:
    yes = Approving(offices.village.store).standing(offices.village.submitting.draft(QUARTER))
    assert yes is not None
    return yes.lapse


def shown(offices: Offices) -> list[str]:
    submitting = offices.village.submitting
    pages = page_texts(
        submitting.preview(submitting.draft(QUARTER), submitting.approval(prepared_by=FILLER, signed_off_by=HEAD))
    )
    return [squeezed(page).partition("预览，短码")[0] for page in pages]


def seal(offices: Offices, folder: Path) -> Sealed:
    submitting = offices.village.submitting
    draft = submitting.draft(QUARTER)
    return submitting.seal(draft, folder, prepared_by=FILLER, signed_off_by=HEAD, only_agreed=True)


def test_what_is_sealed_days_after_the_yes_are_the_pages_that_were_looked_at(agreed: Offices) -> None:
    before = shown(agreed)

    with frozen(NOON + timedelta(days=4)):
        later = shown(agreed)
        sealed = seal(agreed, agreed.folder)
    payload = parse_canonical(agreed.village.store.blob(sealed.submission.payload_sha256))
    pages = [squeezed(page) for page in page_texts(sealed.path.read_bytes())]

    assert "数据截至2026年11月23日" in before[0]
    assert later == before
    assert payload["as_of"] == "2026-11-23"
    assert "数据截至2026年11月23日" in pages[0]
    assert sealed.is_agreed


def test_without_a_yes_the_data_stand_for_the_day_of_sealing(offices: Offices) -> None:
    nil_the_rest(offices.village)
    with frozen(NOON + timedelta(days=4)):
        submitting = offices.village.submitting
        sealed = submitting.seal(submitting.draft(QUARTER), offices.folder)

    assert parse_canonical(offices.village.store.blob(sealed.submission.payload_sha256))["as_of"] == "2026-11-27"


def test_a_yes_of_a_running_period_ends_with_the_period_and_one_given_after_it_holds(agreed: Offices) -> None:
    with frozen(datetime(2027, 1, 3, 4, tzinfo=UTC)):
        after = lapse(agreed)
        agree(agreed)
    with frozen(datetime(2027, 1, 9, 4, tzinfo=UTC)):
        again = lapse(agreed)

    assert (after, again) == (Lapse.PERIOD, None)


def test_a_yes_of_a_day_to_come_does_not_hold(agreed: Offices) -> None:
    with frozen(NOON - timedelta(days=1)):
        assert lapse(agreed) is Lapse.CLOCK


def test_a_finding_that_comes_with_the_days_lets_the_yes_lapse(offices: Offices) -> None:
    building = one_of(offices.village, Facility, parent="")
    keep(offices.village, building.changed(ended_on="2026-11-25"))
    nil_the_rest(offices.village)
    agree(offices)

    with frozen(NOON + timedelta(days=1)):
        before = lapse(offices)
    with frozen(NOON + timedelta(days=3)):
        after = lapse(offices)

    assert (before, after) == (None, Lapse.FINDINGS)


def test_a_receipt_that_comes_between_lets_the_yes_lapse(agreed: Offices) -> None:
    """The list of changes is made against the return accepted last."""
    first = seal(agreed, agreed.folder).submission
    keep(agreed.village, one_of(agreed.village, Facility, parent="").changed(location="榕下村90号"))
    agree(agreed)
    before = lapse(agreed)
    book(agreed, first.changed(state=SubmissionState.ACCEPTED))

    assert (before, lapse(agreed)) == (None, Lapse.ANSWER)
    with pytest.raises(Unanswered) as why:
        seal(agreed, agreed.folder)
    assert why.value.code == "SEAL-NOT-AGREED"


def test_another_return_sealed_meanwhile_lets_the_yes_lapse(agreed: Offices) -> None:
    """The cover tells how many the office has sent."""
    book(agreed, Submission(direction=Direction.OWN, period="2026Q3", version=1, sequence=1, payload_sha256="a" * 64))

    assert lapse(agreed) is Lapse.PLACE


def test_a_task_that_comes_between_lets_the_yes_lapse(agreed: Offices) -> None:
    at = "2026-11-23T00:00:00Z"
    book(agreed, CollectionTask(direction=Direction.RECEIVED, period=QUARTER.text, task_no="T-1", issued_at=at))

    assert lapse(agreed) is Lapse.TASK


def test_other_marks_at_the_head_of_the_forms_let_the_yes_lapse(agreed: Offices) -> None:
    agreed.village.office.set_setting("form_marks", {"form_no": "S101"})

    assert lapse(agreed) is Lapse.MARKS


def test_another_identity_number_that_is_masked_alike_lets_the_yes_lapse(agreed: Offices) -> None:
    """It travels to the district encrypted, though no page shows it."""
    person = one_of(agreed.village, Person)
    keep(agreed.village, person.changed(id_no="350212196708150017"))
    first = lapse(agreed)
    keep(agreed.village, person)

    assert (first, lapse(agreed)) == (Lapse.ROWS, None)


def test_a_yes_kept_by_an_older_program_does_not_hold(agreed: Offices) -> None:
    old = {"by": "陈水木", "prepared_by": "林阿土", "at": "2026-11-23T04:00:00Z", "content": "0" * 64}
    agreed.village.office.set_setting(f"sign_off_{QUARTER.text}", old)

    assert lapse(agreed) is Lapse.ROWS


def test_pages_seen_on_another_day_are_others(agreed: Offices) -> None:
    approving, draft = Approving(agreed.village.store), agreed.village.submitting.draft(QUARTER)
    today = approving.content(draft)

    with frozen(NOON + timedelta(days=1)):
        assert approving.content(draft) != today
        assert approving.content(draft, "2026-11-23") == today

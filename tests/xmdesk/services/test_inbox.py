import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.xmdesk.sealed.district_sample import sealed_by
from tests.xmdesk.services.stories import ID_NO, QUARTER, VILLAGE, Offices, keep, nil_the_rest, one_of
from xmdesk import child, clock
from xmdesk.documents.parts import CoverPage
from xmdesk.documents.submission_pages import submission_parts
from xmdesk.errors import WrongUse
from xmdesk.jobs import Cancelled
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.records.submission import Direction, ReceivedFile, Submission, SubmissionState
from xmdesk.sealed.canonical import canonical
from xmdesk.services.closing import Closing
from xmdesk.services.inbox import StoppedHalfway
from xmdesk.services.opening import verify_bytes
from xmdesk.services.sealing import seal_document
from xmdesk.trust.private_part import seal_private


def effective(offices: Offices) -> list[int]:
    return [one.version for one in offices.district.inbox.effective(QUARTER)]


def renamed(offices: Offices, name: str) -> None:
    keep(offices.village, one_of(offices.village, Facility, parent="").changed(name=name))


def test_a_good_return_comes_in_with_its_rows_and_full_numbers(offices: Offices) -> None:
    sealed = offices.seal()
    (received,) = offices.district.inbox.receive([sealed.path.parent])
    assert (received.verdict, received.office, received.period, received.rows) == ("accept", VILLAGE, "2026Q4", 6)
    (submission,) = offices.district.inbox.submissions()
    assert (submission.state, submission.is_effective) == (SubmissionState.RECEIVED, True)
    persons = [one.row for one in offices.district.inbox.rows_of(submission) if one.register == "persons"]
    assert ID_NO in persons[0]


def test_the_same_return_twice_is_one_return(offices: Offices) -> None:
    sealed = offices.seal()
    first, second = offices.receive(sealed.path), offices.receive(sealed.path)
    assert (first[0].verdict, second[0].verdict) == ("accept", "duplicate")
    assert len(offices.district.inbox.submissions()) == 1


def test_what_comes_one_by_one_is_verified_by_one_process_that_stays(offices: Offices) -> None:
    path = offices.seal().path
    child.shared().close()

    offices.receive(path)
    first = child.shared()._process
    offices.receive(path)

    assert first is not None
    assert child.shared()._process is first
    assert first.poll() is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_highest_version_counts_in_whatever_order_they_come(offices: Offices, order: tuple[int, int]) -> None:
    first = offices.seal()
    renamed(offices, "新党群服务中心")
    files = [first.path, offices.seal().path]
    for place in order:
        offices.receive(files[place])
    assert effective(offices) == [2]
    assert len(offices.district.inbox.submissions(QUARTER)) == 2


def test_the_same_version_with_other_content_waits_for_a_person(offices: Offices) -> None:
    first, second = offices.sealed_anyhow(), offices.sealed_anyhow(as_of="2026-11-22")
    offices.receive(first)
    (received,) = offices.receive(second)
    assert (received.verdict, received.code) == ("hold", "INBOX-CONFLICT")
    held = one_of_state(offices, SubmissionState.HELD)
    assert (held.in_conflict, held.is_effective, effective(offices)) == (True, False, [1])


def one_of_state(offices: Offices, state: SubmissionState) -> Submission:
    (found,) = offices.district.store.find(Submission, direction=Direction.RECEIVED, state=state)
    return found


def test_a_chain_that_splits_is_noticed(offices: Offices) -> None:
    offices.receive(offices.sealed_anyhow())
    fork = {"version": 2, "replaces": "1" * 64, "sequence": 2, "previous_sha256": "2" * 64}
    (received,) = offices.receive(offices.sealed_anyhow(**fork))
    assert (received.verdict, received.code) == ("notice", "INBOX-FORK")


def test_a_gap_in_the_chain_is_noticed(offices: Offices) -> None:
    gap = {"sequence": 5, "previous_sha256": "2" * 64}
    (received,) = offices.receive(offices.sealed_anyhow(**gap))
    assert (received.verdict, received.code) == ("notice", "INBOX-GAP")


def test_a_period_that_has_not_begun_is_told(offices: Offices) -> None:
    (received,) = offices.receive(offices.sealed_anyhow(period="2027Q1", private=""))
    assert received.code == "INBOX-FUTURE"


def test_a_file_named_after_another_office_is_told(offices: Offices) -> None:
    sealed = offices.seal()
    lying = sealed.path.rename(offices.folder / "上报_350212105299_2026Q4.pdf")
    assert offices.receive(lying)[0].code == "INBOX-NAME-LIES"


def test_another_kind_of_document_is_kept_apart(offices: Offices) -> None:
    task = offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder / "task")
    (received,) = offices.receive(task.path)
    assert (received.verdict, received.code) == ("refuse", "INBOX-KIND")
    assert one_file(offices).quarantined


def one_file(offices: Offices) -> ReceivedFile:
    (found,) = offices.district.store.all(ReceivedFile)
    return found


def test_a_file_that_is_no_return_is_kept_apart_and_named(offices: Offices) -> None:
    path = offices.folder / "照片.pdf"
    path.write_bytes(b"hello")
    (received,) = offices.receive(path)
    assert (received.verdict, received.code, received.file) == ("refuse", "R-NOT-PDF", "照片.pdf")
    assert offices.district.store.blob(one_file(offices).file_sha256) == b"hello"


def test_a_file_that_is_gone_is_told_and_the_others_come_in(offices: Offices) -> None:
    sealed = offices.seal()
    gone, good = offices.receive(offices.folder / "没有.pdf", sealed.path)
    assert (gone.verdict, good.verdict) == ("refuse", "accept")
    assert gone.text


def insider(offices: Offices, **changes: Any) -> Path:
    """What a rogue program with the village's own key could seal."""
    nil_the_rest(offices.village)
    desk = offices.village.submitting
    payload = desk.checked(desk.draft(QUARTER), desk.approval()).payload | changes
    path = offices.folder / "insider.pdf"
    path.write_bytes(sealed_by(offices.village.holding.signer(), payload))
    return path


def facility_rows(offices: Offices, **odd: Any) -> dict[str, Any]:
    desk = offices.village.submitting
    payload = desk.checked(desk.draft(QUARTER), desk.approval()).payload
    rows = payload["registers"]["facilities"]
    return {**payload["registers"], "facilities": [{**rows[0], **odd}, *rows[1:]]}


@pytest.mark.parametrize(
    "odd",
    [
        {"floor_area": "1e400"},
        {"name": "长" * 400_000},
        {"kind": "村部"},
        {"surprise": {"deep": [[[[]]]]}},
        {"staff_count": -3},
        {"contact": "00000000-0000-7000-8000-000000000000"},
    ],
)
def test_a_hostile_payload_under_a_known_key_is_refused_with_a_sentence(offices: Offices, odd: dict[str, Any]) -> None:
    nil_the_rest(offices.village)
    path = insider(offices, registers=facility_rows(offices, **odd))
    (received,) = offices.district.inbox.receive([path], processes=1)
    assert (received.verdict, received.code) == ("refuse", "R-SCHEMA")
    assert "公共服务设施台账" in received.text
    assert one_file(offices).quarantined
    assert offices.district.inbox.submissions() == []


def test_a_hundred_thousand_rows_are_refused(offices: Offices) -> None:
    registers = {"facilities": [{"uid": str(number)} for number in range(100_000)]}
    (received,) = offices.receive(insider(offices, registers=registers))
    assert (received.verdict, received.code) == ("refuse", "R-SCHEMA")


def private(offices: Offices, numbers: Any, *, period: str = "2026Q4") -> str:
    key = offices.village.holding.district_private_key()
    assert key is not None
    plain = numbers if isinstance(numbers, bytes) else canonical(numbers)
    return base64.b64encode(seal_private(key, plain, context=f"{VILLAGE}/{period}".encode())).decode()


@pytest.mark.parametrize(
    "numbers",
    [
        b"not json",
        {"elsewhere": ID_NO},
        {"uid": "360426199101010071"},
        {"uid": 5},
        {"uid": {"deep": 1}},
    ],
)
def test_identity_numbers_that_do_not_fit_their_rows_are_refused(offices: Offices, numbers: Any) -> None:
    uid = one_of(offices.village, Person).uid
    told = {uid if key == "uid" else key: one for key, one in numbers.items()} if isinstance(numbers, dict) else numbers
    (received,) = offices.receive(offices.sealed_anyhow(private=private(offices, told)))
    assert (received.verdict, received.code) == ("refuse", "R-SCHEMA")
    assert offices.district.inbox.submissions() == []


def test_identity_numbers_taken_from_another_return_are_refused(offices: Offices) -> None:
    numbers = {one_of(offices.village, Person).uid: ID_NO}
    moved = private(offices, numbers, period="2026Q3")
    (received,) = offices.receive(offices.sealed_anyhow(private=moved))
    assert (received.verdict, received.code) == ("refuse", "T-PRIVATE-BAD")


def two_files_of_one_return(offices: Offices) -> tuple[Path, Path]:
    """The same payload under pages that show something else, and as the program itself seals it."""
    nil_the_rest(offices.village)
    desk, signer = offices.village.submitting, offices.village.holding.signer()
    payload = desk.checked(desk.draft(QUARTER), desk.approval()).payload
    lying, true = offices.folder / "a.pdf", offices.folder / "b.pdf"
    lying.write_bytes(sealed_by(signer, payload))
    true.write_bytes(seal_document(payload, signer).content)
    return lying, true


def test_a_file_with_lying_pages_does_not_keep_the_true_one_out(offices: Offices) -> None:
    lying, true = two_files_of_one_return(offices)
    told = [offices.district.inbox.receive([one], processes=1)[0] for one in (lying, true, true, lying)]
    verdicts = [(one.verdict, one.code) for one in told]
    duplicate = ("duplicate", "INBOX-DUPLICATE")
    assert verdicts == [("hold", "H-PAGES"), ("accept", "INBOX-ACCEPTED"), duplicate, duplicate]
    (kept,) = offices.district.inbox.submissions()
    assert (kept.state, kept.is_effective, kept.file_name) == (SubmissionState.RECEIVED, True, "b.pdf")
    assert offices.district.store.blob(kept.file_sha256) == true.read_bytes()
    rows = list(offices.district.inbox.rows_of(kept))
    assert len(rows) == told[1].rows == sum(kept.row_counts.values())


def test_the_window_counts_the_rows_that_the_cover_lists(offices: Offices) -> None:
    sealed = offices.seal()
    (received,) = offices.receive(sealed.path)
    (kept,) = offices.district.inbox.submissions()
    found = verify_bytes(sealed.path.read_bytes(), offices.district.enrolling.trust_store(), compare=True)

    cover = submission_parts(found.payload, short_code=kept.short_code)[0]

    assert isinstance(cover, CoverPage)
    assert kept.form_rows == sum(one.rows or 0 for one in cover.contents)
    assert kept.form_rows < received.rows == sum(kept.row_counts.values())


def test_the_first_arrival_is_told_by_the_day_in_china(offices: Offices) -> None:
    sealed = offices.seal()
    with clock.frozen(datetime(2026, 12, 31, 23, tzinfo=UTC)):
        offices.receive(sealed.path)
        assert "首次：2027年1月1日" in offices.receive(sealed.path)[0].text


def test_a_conflict_is_not_settled_by_sending_the_file_again(offices: Offices) -> None:
    first, second = offices.sealed_anyhow(), offices.sealed_anyhow(as_of="2026-11-22")
    offices.receive(first)
    offices.receive(second)
    (again,) = offices.receive(second)
    assert (again.verdict, effective(offices)) == ("duplicate", [1])


@pytest.mark.parametrize(("schema", "code"), [(99, "R-NEWER"), (0, "R-HEADING")])
def test_a_payload_of_an_unknown_schema_has_a_verdict_like_any_other(offices: Offices, schema: int, code: str) -> None:
    path = insider(offices, schema=schema)
    found = verify_bytes(path.read_bytes(), offices.district.enrolling.trust_store(), compare=True)
    assert (found.verdict, found.code, found.payload) == ("refuse", code, {})
    assert found.facts["intact"]


def held_second_version(offices: Offices) -> Submission:
    """The first version came in; the second waits because its period was locked meanwhile."""
    files = [offices.seal().path]
    renamed(offices, "新党群服务中心")
    files.append(offices.seal().path)
    offices.receive(files[0])
    Closing(offices.district).lock(QUARTER)
    (told,) = offices.receive(files[1])
    assert (told.verdict, told.code) == ("hold", "INBOX-LOCKED")
    return one_of_state(offices, SubmissionState.HELD)


def test_a_correction_of_a_locked_period_waits_and_wants_a_reason(offices: Offices) -> None:
    held = held_second_version(offices)
    assert effective(offices) == [1]
    with pytest.raises(WrongUse) as refused:
        offices.district.reviewing.accept(held, offices.folder / "回执.pdf")
    assert refused.value.code == "REVIEW-REASON"
    offices.district.reviewing.accept(held, offices.folder / "回执.pdf", note="漏报一处，已核实")
    assert effective(offices) == [2]
    assert len(offices.district.inbox.submissions(QUARTER)) == 2


def test_a_version_after_the_accepted_one_does_not_replace_it_by_itself(offices: Offices) -> None:
    offices.receive(offices.seal().path)
    (first,) = offices.district.inbox.submissions()
    offices.district.reviewing.accept(first, offices.folder / "回执.pdf")
    renamed(offices, "新党群服务中心")
    (told,) = offices.receive(offices.seal().path)
    assert (told.verdict, told.code, effective(offices)) == ("hold", "INBOX-AFTER-ACCEPTED", [1])
    held = one_of_state(offices, SubmissionState.HELD)
    offices.district.reviewing.accept(held, offices.folder / "回执2.pdf", note="负责人来电说明")
    assert effective(offices) == [2]


def test_an_older_version_counts_while_the_newer_one_waits(offices: Offices) -> None:
    files = [offices.seal().path]
    renamed(offices, "新党群服务中心")
    files.append(offices.seal().path)
    Closing(offices.district).lock(QUARTER)
    offices.receive(files[1])
    Closing(offices.district).unlock(QUARTER, "全区补报")
    (told,) = offices.receive(files[0])
    assert (told.code, effective(offices)) == ("INBOX-NEWER-WAITS", [1])


def test_the_answer_names_everything_that_was_remarked(offices: Offices) -> None:
    gap = {"sequence": 5, "previous_sha256": "2" * 64, "period": "2027Q1", "private": ""}
    (received,) = offices.receive(offices.sealed_anyhow(**gap))
    assert received.code == "INBOX-FUTURE"
    assert [one["code"] for one in received.as_json()["problems"]] == ["INBOX-FUTURE", "INBOX-GAP"]
    assert [one.code for one in received.further] == ["INBOX-GAP"]


def test_a_return_that_comes_while_the_clock_is_behind_waits_and_comes_in_once_it_is_right(offices: Offices) -> None:
    sealed, floor = offices.seal(), offices.district.time.floor()
    with clock.frozen(floor - timedelta(days=700)):
        (held,) = offices.receive(sealed.path)
    assert (held.verdict, held.code) == ("hold", "H-CLOCK-BEHIND")
    assert one_of_state(offices, SubmissionState.HELD).received_at == clock.stamp(floor)
    (taken,) = offices.receive(sealed.path)
    assert (taken.verdict, effective(offices)) == ("accept", [1])


def test_a_clock_far_ahead_is_told_and_keeps_nothing_out(offices: Offices) -> None:
    sealed = offices.seal()
    with clock.frozen(offices.district.time.floor() + timedelta(days=410)):
        (told,) = offices.receive(sealed.path)
    assert (told.verdict, told.code) == ("hold", "H-LIST-STALE")
    assert "N-CLOCK" in [one.code for one in told.problems]


class StopAt:
    """Progress of somebody who asks to stop once so many files are done."""

    def __init__(self, most: int) -> None:
        self._most = most

    def step(self, done: int, total: int, text: str) -> None:
        if done >= self._most:
            raise Cancelled


def three_files(offices: Offices) -> list[Path]:
    files = [offices.seal().path, offices.folder / "b.pdf", offices.folder / "c.pdf"]
    for one in files[1:]:
        one.write_bytes(b"hello")
    return files


@pytest.mark.parametrize(("most", "done"), [(0, 0), (1, 1), (2, 2)])
def test_receiving_that_is_stopped_keeps_what_came_in_and_counts_what_did_not(
    offices: Offices, most: int, done: int
) -> None:
    with pytest.raises(StoppedHalfway) as half:
        offices.district.inbox.receive(three_files(offices), StopAt(most), processes=1)
    assert (len(half.value.results), half.value.left) == (done, 3 - done)
    assert len(offices.district.store.all(ReceivedFile)) == done


def test_receiving_that_was_done_before_it_could_stop_is_done(offices: Offices) -> None:
    assert len(offices.district.inbox.receive(three_files(offices), StopAt(3), processes=1)) == 3


def test_a_copy_of_what_was_received_is_a_copy_also_after_its_certificate_was_stopped(offices: Offices) -> None:
    sealed = offices.seal()
    offices.receive(sealed.path)
    offices.district.enrolling.revoke(VILLAGE, reason="电脑被盗")
    (again,) = offices.receive(sealed.path)
    assert (again.verdict, again.code) == ("duplicate", "INBOX-DUPLICATE")
    assert not [one for one in offices.district.store.all(ReceivedFile) if one.quarantined]

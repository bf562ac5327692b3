from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.xmdesk.services.stories import DISTRICT, QUARTER, VILLAGE, Offices, book, keep, one_of
from xmdesk import clock
from xmdesk.errors import Fault, WrongUse, XmError
from xmdesk.records.facility import Facility
from xmdesk.records.submission import CollectionTask, CorrectionPoint, Direction, Submission, SubmissionState, Verdict
from xmdesk.services.reviewing import Point

POINT = Point("", "", "", "改")


@pytest.fixture
def received(offices: Offices) -> Submission:
    offices.receive(offices.seal().path)
    (submission,) = offices.district.inbox.submissions()
    return submission


def own(offices: Offices) -> Submission:
    (found,) = offices.village.store.find(Submission, direction=Direction.OWN)
    return found


def test_a_receipt_is_taken_in_once_and_settles_the_return(offices: Offices, received: Submission) -> None:
    path = offices.district.reviewing.accept(received, offices.folder / "receipt.pdf", by="郑小满", note="好")
    taken = offices.village.reviewing.take(path)
    assert (taken.kind, taken.applied, taken.points) == ("receipt", True, ())
    assert (own(offices).state, own(offices).decided_by) == (SubmissionState.ACCEPTED, "郑小满")
    assert own(offices).receipt_no == f"{DISTRICT}-20261123-0001"
    assert offices.village.reviewing.take(path).applied is False
    assert len(offices.village.store.all(Verdict)) == 1


def test_a_slip_brings_its_points_as_a_work_list(offices: Offices, received: Submission) -> None:
    points = [Point("facilities", "", "hours", "没有写星期", row_no=1), Point("", "", "", "附一张照片")]
    path = offices.district.reviewing.send_back(received, points, offices.folder / "slip.pdf")
    taken = offices.village.reviewing.take(path)
    facility = one_of(offices.village, Facility, uid=taken.points[0].uid)
    assert (taken.points[0].title, taken.points[0].label) == (facility.name, "开放时间")
    assert own(offices).state is SubmissionState.SENT_BACK
    assert [one.reason for one in offices.village.reviewing.points(open_only=True)] == ["没有写星期", "附一张照片"]
    done = offices.village.store.all(CorrectionPoint)[0].changed(is_done=True)
    with offices.village.store.change("改好") as change:
        change.save(done)
    assert len(offices.village.reviewing.points(open_only=True)) == 1
    assert len(offices.village.reviewing.points()) == 2


@pytest.mark.parametrize(
    ("point", "code"),
    [
        (Point("facilities", "", "hours", "改", row_no=9), "REVIEW-POINTS-ROW"),
        (Point("facilities", "elsewhere", "hours", "改"), "REVIEW-POINTS-ROW"),
        (Point("shelters", "", "", "改", row_no=1), "REVIEW-POINTS-ROW"),
        (Point("facilities", "", "colour", "改", row_no=1), "REVIEW-POINTS-FIELD"),
    ],
)
def test_points_about_what_is_not_there_are_wrong_use(
    offices: Offices, received: Submission, point: Point, code: str
) -> None:
    out = offices.folder / "slip.pdf"
    with pytest.raises(WrongUse) as why:
        offices.district.reviewing.send_back(received, [point], out)
    assert (why.value.code, out.exists()) == (code, False)


def test_a_point_finds_its_row_by_uid_and_its_title_by_the_person(offices: Offices, received: Submission) -> None:
    payload = offices.district.reviewing.payload(received)
    uid = payload["registers"]["facilities"][1]["uid"]
    path = offices.district.reviewing.send_back(
        received, [Point("facilities", uid, "", "改")], offices.folder / "s.pdf"
    )
    (point,) = offices.village.reviewing.take(path).points
    assert (point.row_no, point.uid) == (2, uid)


def test_sending_back_needs_a_point_and_what_is_decided_stays_decided(offices: Offices, received: Submission) -> None:
    reviewing = offices.district.reviewing
    with pytest.raises(WrongUse) as why:
        reviewing.send_back(received, [], offices.folder / "slip.pdf")
    assert why.value.code == "REVIEW-NO-POINTS"
    reviewing.send_back(received, [Point("", "", "", "改")], offices.folder / "slip.pdf")
    with pytest.raises(WrongUse) as why:
        reviewing.accept(offices.district.inbox.submissions()[0], offices.folder / "receipt.pdf")
    assert why.value.code == "REVIEW-DECIDED"


def test_a_submission_is_found_by_uid_hash_or_short_code(offices: Offices, received: Submission) -> None:
    find = offices.district.reviewing.find
    for name in (received.uid, received.payload_sha256, received.payload_sha256[:8], received.short_code.lower()):
        assert find(name).uid == received.uid
    with pytest.raises(XmError):
        find("0000-0000")


def test_accepting_a_held_version_makes_it_the_one_that_counts(offices: Offices, received: Submission) -> None:
    offices.receive(offices.sealed_anyhow(version=1, sequence=1, replaces="", previous_sha256="", as_of="2026-11-22"))
    held = next(one for one in offices.district.inbox.submissions() if one.state is SubmissionState.HELD)
    offices.district.reviewing.accept(held, offices.folder / "receipt.pdf")
    assert [one.uid for one in offices.district.inbox.effective(QUARTER)] == [held.uid]
    states = {one.uid: one.state for one in offices.district.inbox.submissions()}
    assert states[received.uid] is SubmissionState.REPLACED


def test_a_receipt_for_a_return_that_is_not_ours_is_a_fault(offices: Offices, received: Submission) -> None:
    path = offices.district.reviewing.accept(received, offices.folder / "receipt.pdf")
    with offices.village.store.change("丢失") as change:
        change.remove(own(offices))
    with pytest.raises(Fault) as why:
        offices.village.reviewing.take(path)
    assert why.value.code == "TAKE-UNKNOWN-RETURN"


def test_a_village_does_not_take_returns_or_grants_as_letters(offices: Offices) -> None:
    with pytest.raises(XmError):
        offices.village.reviewing.take(offices.seal().path)


def test_letters_bring_the_newest_list_of_stopped_certificates(offices: Offices, received: Submission) -> None:
    offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder / "task")
    assert offices.village.enrolling.certificate_facts()["crl_number"] == 1
    offices.district.enrolling.revoke(VILLAGE, reason="电脑丢失")
    path = offices.district.reviewing.accept(received, offices.folder / "receipt.pdf")
    offices.village.reviewing.take(path)
    assert offices.village.enrolling.certificate_facts()["crl_number"] == 2


def test_the_next_return_tells_what_changed_since_the_accepted_one(offices: Offices, received: Submission) -> None:
    offices.village.reviewing.take(offices.district.reviewing.accept(received, offices.folder / "receipt.pdf"))
    building = one_of(offices.village, Facility, parent="")
    keep(offices.village, building.changed(name="新党群服务中心"))
    sealed = offices.seal()
    offices.receive(sealed.path)
    newest = max(offices.district.inbox.submissions(QUARTER), key=lambda one: one.version)
    payload = offices.district.reviewing.payload(newest)
    assert payload["changes"]["changed"] == [{"register": "facilities", "uid": building.uid, "fields": ["name"]}]
    assert (payload["changes"]["added"], payload["changes"]["unchanged"]) == ([], 5)


def test_a_task_is_taken_once_and_asks_for_its_forms(offices: Offices) -> None:
    issued = offices.district.tasks.issue(
        QUARTER, due_on=QUARTER.last, out=offices.folder / "task", forms=("duties", "facilities")
    )
    assert offices.village.reviewing.take(issued.path).applied is True
    assert offices.village.reviewing.take(issued.path).applied is False
    (task,) = offices.village.store.all(CollectionTask)
    assert (task.forms, task.task_no, task.due_on) == (["facilities", "duties"], issued.task, QUARTER.last)
    assert [one.name for one in offices.village.submitting.forms(QUARTER, [])] == ["facilities", "duties"]
    assert offices.seal().submission.nil == {"facilities": False, "duties": False}


def test_a_task_for_an_unknown_form_is_wrong_use(offices: Offices) -> None:
    with pytest.raises(WrongUse):
        offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder, forms=("roads",))


def test_a_letter_with_an_older_list_is_applied_and_the_list_told_as_older(offices: Offices) -> None:
    early = offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder / "early").path
    offices.district.enrolling.revoke(VILLAGE, reason="换电脑")
    late = offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder / "late").path
    assert offices.village.reviewing.take(late).remark is None
    taken = offices.village.reviewing.take(early)
    assert taken.remark is not None
    assert (taken.applied, taken.remark.code) == (True, "TAKE-LIST-OLDER")
    assert offices.village.enrolling.certificate_facts()["crl_number"] == 2


def test_the_first_grant_wants_the_digits_and_a_later_one_comes_under_the_same_root(offices: Offices) -> None:
    fresh = book(offices.folder / "换了电脑", VILLAGE, "军营村民委员会")
    request, first = offices.folder / "r.pdf", offices.folder / "g.pdf"
    asked = fresh.enrolling.request(request)
    offices.district.enrolling.grant(request, out=first, fingerprint=asked.fingerprint, second="郑小满")
    with pytest.raises(WrongUse) as refused:
        fresh.reviewing.take(first)
    assert refused.value.code == "TAKE-GRANT"
    taken = fresh.reviewing.take(first, root_digits_typed=offices.district.enrolling.root_digits())
    assert (taken.kind, taken.applied) == ("enrolment_grant", True)
    again = fresh.reviewing.take(first)
    assert (again.applied, again.remark and again.remark.code) == (False, "TAKE-TWICE")
    other, second = offices.folder / "r2.pdf", offices.folder / "g2.pdf"
    offices.district.enrolling.revoke(VILLAGE, reason="换密钥")
    asked = fresh.enrolling.request(other, new_key=True)
    offices.district.enrolling.grant(other, fingerprint=asked.fingerprint, out=second)
    assert fresh.reviewing.take(second).applied
    assert fresh.enrolling.signer()
    fresh.upkeep.close()


def test_an_answer_goes_by_the_book_and_not_by_what_was_looked_at(offices: Offices, received: Submission) -> None:
    keep(offices.village, one_of(offices.village, Facility, parent="").changed(name="新党群服务中心"))
    offices.receive(offices.seal().path)
    reviewing, out = offices.district.reviewing, offices.folder / "letter.pdf"

    for answer in (lambda: reviewing.accept(received, out), lambda: reviewing.send_back(received, [POINT], out)):
        with pytest.raises(WrongUse) as why:
            answer()
        assert (why.value.code, out.exists()) == ("REVIEW-DECIDED", False)
    assert [one.version for one in offices.district.inbox.effective(QUARTER)] == [2]


def test_a_letter_that_cannot_be_written_decides_nothing(offices: Offices, received: Submission) -> None:
    with pytest.raises(Fault):
        offices.district.reviewing.accept(received, offices.folder / "nowhere" / "receipt.pdf")
    assert offices.district.inbox.submissions() == [received]
    assert offices.district.store.all(Verdict) == []


def test_a_second_receipt_says_what_the_first_said_under_its_number(offices: Offices, received: Submission) -> None:
    reviewing, first, second = offices.district.reviewing, offices.folder / "1.pdf", offices.folder / "2.pdf"
    reviewing.accept(received, first, by="郑小满", note="好")
    with clock.frozen(NOON + timedelta(days=2)):
        reviewing.accept(offices.district.inbox.submissions()[0], second)

    assert [one.number for one in offices.district.store.all(Verdict)] == [f"{DISTRICT}-20261123-0001"]
    assert offices.village.reviewing.take(second).applied
    again = offices.village.reviewing.take(first)
    assert (again.applied, again.remark.code if again.remark else "") == (False, "TAKE-TWICE")


def test_a_receipt_with_something_else_to_say_is_another_one(offices: Offices, received: Submission) -> None:
    reviewing, out = offices.district.reviewing, offices.folder / "receipt.pdf"
    for note in ("", "补一句"):
        reviewing.accept(received, out, note=note, force=True)
    assert len({one.number for one in offices.district.store.all(Verdict)}) == 2


def test_a_receipt_of_which_the_book_kept_no_payload_is_given_anew(offices: Offices, received: Submission) -> None:
    reviewing, out, store = offices.district.reviewing, offices.folder / "receipt.pdf", offices.district.store
    reviewing.accept(received, out)
    with store.change("旧台账") as change:
        change.save(store.all(Verdict)[0].changed(payload_sha256="0" * 64))
    reviewing.accept(received, out, force=True)
    assert len(store.all(Verdict)) == 2

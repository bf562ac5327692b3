"""Points of a slip are answered one by one, and the answers travel with the corrected return only."""

from pathlib import Path

import pytest

from tests.xmdesk.services.stories import QUARTER, Offices
from xmdesk.errors import Fault, Unfit
from xmdesk.periods import Period
from xmdesk.records.base import Record, new_uid
from xmdesk.records.facility import Facility
from xmdesk.records.submission import CorrectionPoint, Direction, Explanation, Submission, SubmissionState
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.services import drafting
from xmdesk.services.comparing import compared
from xmdesk.services.correcting import Correcting
from xmdesk.services.reminding import ReminderKind, Reminding
from xmdesk.services.reviewing import Point
from xmdesk.services.sent_back import is_as_sent_back
from xmdesk.services.submitting import Unanswered


@pytest.fixture
def slip(offices: Offices) -> list[CorrectionPoint]:
    offices.receive(offices.seal().path)
    (received,) = offices.district.store.find(Submission, direction=Direction.RECEIVED)
    points = [Point("facilities", "", "hours", "没有写星期", row_no=1), Point("", "", "", "附一张照片")]
    path = offices.district.reviewing.send_back(received, points, offices.folder / "slip.pdf", by="郑小满", note="请改")
    offices.village.reviewing.take(path)
    return offices.village.store.all(CorrectionPoint)


def put_right(offices: Offices, point: CorrectionPoint) -> None:
    """Change what a point speaks of."""
    (facility,) = offices.village.store.find(Facility, uid=point.record)
    offices.village.registers.save(facility.changed(hours={"1": ["08:00-12:00"]}))


def test_slips_show_the_reviewers_words_in_order(offices: Offices, slip: list[CorrectionPoint]) -> None:
    (found,) = Correcting(offices.village.store).slips(QUARTER)

    assert [one.reason for one in found.open_points] == ["没有写星期", "附一张照片"]
    assert (found.verdict.given_by, found.verdict.note) == ("郑小满", "请改")
    assert Correcting(offices.village.store).slips(Period.parse("2020-Q1")) == []


def test_an_answer_and_its_point_are_one_step(offices: Offices, slip: list[CorrectionPoint]) -> None:
    store = offices.village.store

    Correcting(store).answer(slip[0].uid, "补上了周一到周五")

    assert [one.reason for one in offices.village.reviewing.points(open_only=True)] == ["附一张照片"]
    assert store.all(Explanation)[-1].text == "退回要求“没有写星期”，答复：补上了周一到周五"
    store.undo()
    assert len(offices.village.reviewing.points(open_only=True)) == 2
    assert not [one for one in store.all(Explanation) if one.code.startswith("SLIP-")]


def test_answering_again_replaces_the_words_and_reopening_takes_them_back(
    offices: Offices, slip: list[CorrectionPoint]
) -> None:
    correcting = Correcting(offices.village.store)

    correcting.answer(slip[1].uid, "照片已附")
    correcting.answer(slip[1].uid, "照片附在后面")
    told = [one.text for one in offices.village.store.all(Explanation) if one.code.startswith("SLIP-")]
    correcting.reopen(slip[1].uid)

    assert told == ["退回要求“附一张照片”，答复：照片附在后面"]
    assert not [one for one in offices.village.store.all(Explanation) if one.code.startswith("SLIP-")]
    assert len(offices.village.reviewing.points(open_only=True)) == 2


def test_answers_travel_with_the_next_version_and_no_other_period(
    offices: Offices, slip: list[CorrectionPoint]
) -> None:
    store = offices.village.store
    put_right(offices, slip[0])
    Correcting(store).answer(slip[0].uid, "补上了")
    Correcting(store).answer(slip[1].uid)

    before = len(Correcting(store).pending())
    sealed = offices.seal()

    assert (before, Correcting(store).pending()) == (1, [])
    told = parse_canonical(store.blob(sealed.submission.payload_sha256))["explanations"]
    assert {one["text"].split("答复：")[1] for one in told if one["code"].startswith("SLIP-")} == {"补上了", "已改"}
    rows: dict[str, list[Record]] = {"facilities": list(store.all(Facility))}
    later = drafting.explanations_of(store, rows, Period.parse("2027-Q1"))
    assert not [one for one in later if one["code"].startswith("SLIP-")]


def test_a_point_that_is_gone_is_said(offices: Offices) -> None:
    with pytest.raises(Fault) as raised:
        Correcting(offices.village.store).answer("nothing")
    assert raised.value.code == "RECORD-GONE"


def test_open_points_are_asked_for_by_record_and_field(offices: Offices, slip: list[CorrectionPoint]) -> None:
    correcting = Correcting(offices.village.store)
    first = slip[0].record

    waiting = correcting.open_points("facilities", first)
    correcting.answer(slip[0].uid, "补上了")

    assert [one.reason for one in waiting] == ["没有写星期"]
    assert correcting.open_points("facilities", first) == []
    assert [one.reason for one in correcting.open_points("")] == ["附一张照片"]
    assert Correcting(offices.district.store).open_points("facilities", first) == []


def test_words_stand_above_a_page_only_where_no_form_says_them(offices: Offices, slip: list[CorrectionPoint]) -> None:
    correcting = Correcting(offices.village.store)
    in_form, apart = slip

    assert correcting.words_apart(in_form) == ""
    assert correcting.words_apart(CorrectionPoint(register="office", reason="填表人写全名")) == ""
    assert correcting.words_apart(apart) == "区里退回：“附一张照片”"
    assert correcting.words_apart(in_form.changed(is_done=True)) == "区里退回：“没有写星期”"
    assert correcting.words_apart(in_form.changed(record="nothing")) == "区里退回：“没有写星期”"


def test_a_point_knows_the_period_of_its_return(offices: Offices, slip: list[CorrectionPoint]) -> None:
    assert Correcting(offices.village.store).period_of(slip[0].uid) == QUARTER.text
    assert Correcting(offices.village.store).period_of("nothing") == ""


def test_the_bare_word_done_is_not_taken_for_what_was_not_changed(
    offices: Offices, slip: list[CorrectionPoint]
) -> None:
    correcting = Correcting(offices.village.store)

    for one in slip:
        with pytest.raises(Unfit) as raised:
            correcting.answer(one.uid)
        assert raised.value.code == "SLIP-UNCHANGED"
    put_right(offices, slip[0])
    done = [correcting.answer(one.uid).answer for one in slip]

    assert done == ["已改", "已改"]


def test_words_are_an_answer_whether_anything_was_changed_or_not(offices: Offices, slip: list[CorrectionPoint]) -> None:
    assert Correcting(offices.village.store).answer(slip[0].uid, "长期不开放，没有时间").is_done


def test_another_field_of_the_record_does_not_answer_for_the_one_that_was_sent_back(
    offices: Offices, slip: list[CorrectionPoint]
) -> None:
    (facility,) = offices.village.store.find(Facility, uid=slip[0].record)
    offices.village.registers.save(facility.changed(location="村口"))

    assert is_as_sent_back(offices.village.store, slip[0])
    assert not is_as_sent_back(offices.village.store, slip[0].changed(field=""))
    assert not is_as_sent_back(offices.village.store, slip[0].changed(record="", field=""))


def test_a_record_that_is_not_reported_any_more_was_changed(offices: Offices, slip: list[CorrectionPoint]) -> None:
    (facility,) = offices.village.store.find(Facility, uid=slip[0].record)
    offices.village.registers.save(facility.changed(retired_on="2026-11-01", retired_reason="拆除"))

    assert not is_as_sent_back(offices.village.store, slip[0])


def test_a_reason_given_for_the_field_is_something_that_was_done(offices: Offices, slip: list[CorrectionPoint]) -> None:
    reason = Explanation(register="facilities", record=slip[0].record, field="hours", code="W-X", text="轮流值班")
    with offices.village.store.change("说明") as change:
        change.save(reason)

    assert not is_as_sent_back(offices.village.store, slip[0])


def test_sealing_waits_until_every_point_is_answered(offices: Offices, slip: list[CorrectionPoint]) -> None:
    correcting = Correcting(offices.village.store)
    correcting.answer(slip[0].uid, "补上了")

    with pytest.raises(Unanswered) as raised:
        offices.seal()
    correcting.answer(slip[1].uid, "照片已附")
    sealed = offices.seal()

    assert raised.value.happened == "退回单还有 1 条没有答复。"
    assert sealed.submission.version == 2
    assert correcting.unanswered(QUARTER) == []


def test_points_of_another_period_and_of_what_was_accepted_since_are_in_nobodys_way(
    offices: Offices, slip: list[CorrectionPoint]
) -> None:
    store, correcting = offices.village.store, Correcting(offices.village.store)
    (first,) = store.find(Submission, direction=Direction.OWN)
    before = len(correcting.unanswered(QUARTER))

    with store.change("区里通过了后一版") as change:
        change.save(first.changed(uid=new_uid(), version=2, state=SubmissionState.ACCEPTED))

    assert (before, correcting.unanswered(QUARTER)) == (2, [])
    assert correcting.unanswered(Period.parse("2026Q3")) == []


def overtaken(offices: Offices) -> tuple[Path, Path]:
    """A slip for version 1 and a receipt for version 2, both on the way: the village had corrected it unasked."""
    offices.receive(offices.seal().path)
    (first,) = offices.district.store.find(Submission, direction=Direction.RECEIVED)
    points = [Point("facilities", "", "hours", "没有写星期", row_no=1)]
    slip = offices.district.reviewing.send_back(first, points, offices.folder / "slip.pdf", by="郑小满")
    (building,) = offices.village.store.find(Facility, parent="")
    offices.village.registers.save(building.changed(hours={"1": ["08:00-12:00"]}))
    offices.receive(offices.seal().path)
    second = offices.district.store.find(Submission, direction=Direction.RECEIVED, version=2)[0]
    return slip, offices.district.reviewing.accept(second, offices.folder / "receipt.pdf", by="郑小满")


def asks_for_nothing(offices: Offices) -> bool:
    """Neither the return, nor a form, nor Today."""
    correcting = Correcting(offices.village.store)
    register, record = "facilities", offices.village.store.all(CorrectionPoint)[0].record
    asked = (correcting.pending(), correcting.unanswered(QUARTER), correcting.open_points(register, record))
    today = [one for one in Reminding(offices.village).today() if one.kind is ReminderKind.CORRECTION]
    return not any((*asked, today))


def states(offices: Offices) -> list[str]:
    own = offices.village.store.find(Submission, direction=Direction.OWN)
    return [one.state.label for one in sorted(own, key=lambda one: one.version)]


def test_a_slip_for_an_older_version_than_the_accepted_one_asks_for_nothing(offices: Offices) -> None:
    slip, receipt = overtaken(offices)
    offices.village.reviewing.take(receipt)

    taken = offices.village.reviewing.take(slip)

    assert taken.applied
    assert taken.remark is not None
    assert taken.remark.text == "退回的是第1版，后来的第2版区里已经通过。"
    assert states(offices) == ["已被更正", "已通过"]
    assert asks_for_nothing(offices)


def test_what_was_accepted_settles_the_points_of_older_versions_and_what_they_were_answered(offices: Offices) -> None:
    slip, receipt = overtaken(offices)
    before = offices.village.reviewing.take(slip)
    correcting, store = Correcting(offices.village.store), offices.village.store
    waiting = correcting.waiting()
    correcting.answer(waiting[0].uid, "第2版已经改了")
    compared_before = compared(store, offices.village.submitting.draft(QUARTER)).is_same

    offices.village.reviewing.take(receipt)

    assert before.remark is None
    assert (len(waiting), compared_before) == (1, False)
    assert states(offices) == ["已被更正", "已通过"]
    assert asks_for_nothing(offices)
    assert compared(store, offices.village.submitting.draft(QUARTER)).is_same

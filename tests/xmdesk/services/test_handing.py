"""A sealed return goes to the stick, is read back there, and everything that happens to it is kept."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.invented import district_desk, enrol, fill, village_desk
from tests.ui.slips import slip_taken
from tests.xmdesk.test_files import needs_root
from xmdesk.errors import Fault, WrongUse
from xmdesk.jobs import Silent
from xmdesk.periods import Period
from xmdesk.records.facility import Facility
from xmdesk.records.submission import CorrectionPoint, Submission, SubmissionState
from xmdesk.services.approving import Approving
from xmdesk.services.comparing import ADDED, CHANGED, REMOVED, compared
from xmdesk.services.correcting import Correcting
from xmdesk.services.desk import Desk
from xmdesk.services.handing import Handing, original_name
from xmdesk.services.submitting import Sealed, Unanswered

PERIOD = Period.parse("2026-Q4")


@pytest.fixture
def district(tmp_path: Path, clock) -> Iterator[Desk]:
    with district_desk(tmp_path / "district").closing() as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, district: Desk) -> Iterator[Desk]:
    with village_desk(tmp_path / "village").closing() as made:
        fill(made)
        enrol(made, district, tmp_path)
        yield made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "KINGSTON"
    made.mkdir()
    return made


def sealed(desk: Desk, out: Path) -> Submission:
    return desk.submitting.seal(desk.submitting.draft(PERIOD), out).submission


def test_a_copy_on_the_stick_is_proven_and_counts_as_sent(desk: Desk, tmp_path: Path, stick: Path) -> None:
    one = sealed(desk, tmp_path)

    sent = Handing(desk.store).copy(one, stick, Silent(), name="KINGSTON")

    assert (stick / one.file_name).read_bytes() == Handing(desk.store).content(one)
    assert (sent.state, sent.sent_to, bool(sent.sent_at)) == (SubmissionState.SENT, "KINGSTON", True)
    assert desk.store.get(Submission, one.uid) == sent


def test_a_copy_can_be_made_after_the_first_file_was_lost(desk: Desk, tmp_path: Path, stick: Path) -> None:
    one = sealed(desk, tmp_path)
    (tmp_path / one.file_name).unlink()

    Handing(desk.store).copy(one, stick, Silent())

    assert (stick / one.file_name).stat().st_size > 10_000


def test_a_spoilt_older_copy_on_the_stick_is_replaced(desk: Desk, tmp_path: Path, stick: Path) -> None:
    one = sealed(desk, tmp_path)
    (stick / one.file_name).write_bytes(b"half")

    Handing(desk.store).copy(one, stick, Silent())

    assert (stick / one.file_name).read_bytes() == Handing(desk.store).content(one)


def test_an_answered_return_stays_answered_when_copied_again(
    desk: Desk, district: Desk, tmp_path: Path, stick: Path
) -> None:
    one = sealed(desk, tmp_path)
    district.inbox.receive([tmp_path / one.file_name], compare=False, processes=1)
    (received,) = district.inbox.submissions()
    district.reviewing.accept(received, tmp_path / "回执.pdf", by="叶美澄")
    desk.reviewing.take(tmp_path / "回执.pdf")

    again = Handing(desk.store).copy(one, stick, Silent())  # as it was looked at before the answer came

    assert again.state is SubmissionState.ACCEPTED
    told = [line.words for line in Handing(desk.store).stations(again)]
    assert told[0].startswith("密封")
    assert told[-1].startswith("回执：通过")
    assert "叶美澄" in told[-1]


@pytest.mark.parametrize(("leaves", "code"), [(True, "HAND-NO-STICK"), (False, "SAVE-NO-FOLDER")])
def test_a_place_that_is_gone_is_told_by_its_name_and_nothing_is_noted(
    desk: Desk, tmp_path: Path, leaves: bool, code: str
) -> None:
    one = sealed(desk, tmp_path)

    with pytest.raises(Fault) as caught:
        Handing(desk.store).copy(one, tmp_path / "拔掉了", Silent(), leaves=leaves)

    assert caught.value.code == code
    assert desk.store.get(Submission, one.uid) == one


@pytest.mark.parametrize(("leaves", "code"), [(True, "HAND-READ-BACK"), (False, "SAVE-READ-BACK")])
def test_a_stick_that_changes_what_was_written_is_told(
    desk: Desk, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, leaves: bool, code: str
) -> None:
    one = sealed(desk, tmp_path)

    def spoil() -> None:
        path = stick / one.file_name
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    monkeypatch.setattr(os, "sync", spoil)
    with pytest.raises(Fault) as caught:
        Handing(desk.store).copy(one, stick, Silent(), leaves=leaves)

    assert caught.value.code == code
    assert desk.store.get(Submission, one.uid) == one


@needs_root
def test_a_full_and_a_locked_stick_say_so(desk: Desk, tmp_path: Path, stick: Path) -> None:
    one = sealed(desk, tmp_path)
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", stick]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    codes: list[str] = []
    try:
        for options, leaves in (("rw", True), ("rw", False), ("size=64m", True), ("ro", True)):
            subprocess.run(["mount", "-o", f"remount,{options}", stick], check=True)
            try:
                Handing(desk.store).copy(one, stick, Silent(), leaves=leaves)
                codes.append("")
                (stick / one.file_name).unlink()
            except Fault as trouble:
                codes.append(trouble.code)
    finally:
        subprocess.run(["umount", stick], check=True)

    assert codes == ["HAND-FULL", "SAVE-FULL", "", "FILE-NO-WRITING"]


def test_printing_is_noted_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    one = sealed(desk, tmp_path)
    handing = Handing(desk.store)

    done = handing.printed(one)
    undone = handing.printed(done, is_printed=False)

    assert done.printed_at
    assert not undone.printed_at


def test_the_yes_can_be_taken_back_by_undo(desk: Desk) -> None:
    approving = Approving(desk.store)
    approving.approve(desk.submitting.draft(PERIOD), "郑建新")
    step = desk.store.undoable()

    desk.store.undo()

    assert step is not None
    assert step.label == "负责人同意上报2026年第四季度"
    assert approving.standing(desk.submitting.draft(PERIOD)) is None


def test_the_yes_lapses_when_the_content_changes(desk: Desk) -> None:
    approving = Approving(desk.store)
    approving.approve(desk.submitting.draft(PERIOD), "郑建新")
    before = approving.standing(desk.submitting.draft(PERIOD))

    desk.registers.save(Facility(name="新修的公园"))
    after = approving.standing(desk.submitting.draft(PERIOD))

    assert before is not None
    assert before.holds
    assert after is not None
    assert not after.holds


def test_the_sealed_return_carries_the_moment_of_the_yes(desk: Desk, tmp_path: Path) -> None:
    from datetime import timedelta

    from xmdesk import clock

    approving = Approving(desk.store)
    yes = approving.approve(desk.submitting.draft(PERIOD), "郑建新")
    with clock.frozen(clock.now() + timedelta(days=2)):
        one = sealed(desk, tmp_path)
        late = clock.stamp()

    payload = desk.store.blob(one.payload_sha256).decode()
    assert f'"at":"{yes.at}"' in payload
    assert one.sealed_at == late


def test_who_agreed_is_said_only_where_somebody_did(desk: Desk, tmp_path: Path) -> None:
    handing, draft = Handing(desk.store), desk.submitting.draft(PERIOD)
    by_script = sealed(desk, tmp_path)

    Approving(desk.store).approve(desk.submitting.draft(PERIOD), "林志远")
    agreed = desk.submitting.seal(draft, tmp_path, signed_off_by="林志远").submission

    assert [line.words for line in handing.stations(by_script)] == ["密封，负责人写的是郑建新"]
    assert [line.words for line in handing.stations(agreed)] == ["密封，林志远同意"]


def test_a_return_is_sealed_as_agreed_only_under_the_names_of_the_yes(desk: Desk, tmp_path: Path) -> None:
    def seal(filler: str = "郑小满", head: str = "郑建新") -> Sealed:
        draft = desk.submitting.draft(PERIOD)
        return desk.submitting.seal(draft, tmp_path, prepared_by=filler, signed_off_by=head, only_agreed=True)

    refused: list[str] = []
    for names in (("郑小满", "郑建新"), ("林志远", "郑建新"), ("郑小满", "林志远")):
        with pytest.raises(Unanswered) as why:
            seal(*names)
        refused.append(why.value.code)
        Approving(desk.store).approve(desk.submitting.draft(PERIOD), "郑建新", prepared_by="郑小满")
    left = list(tmp_path.glob("上报*.pdf"))
    done = seal()

    assert refused == ["SEAL-NOT-AGREED"] * 3
    assert left == []
    assert done.is_agreed


def test_a_yes_needs_a_name_and_can_be_taken_back(desk: Desk) -> None:
    approving, draft = Approving(desk.store), desk.submitting.draft(PERIOD)
    with pytest.raises(WrongUse):
        approving.approve(draft, "  ")
    approving.approve(draft, "郑建新")

    approving.withdraw(draft)

    assert approving.standing(draft) is None


def test_a_return_that_was_sealed_is_what_the_next_version_is_compared_with(desk: Desk, tmp_path: Path) -> None:
    one = sealed(desk, tmp_path)
    same = compared(desk.store, desk.submitting.draft(PERIOD))
    (known,) = desk.registers.rows("facilities", desk.registers.uids("facilities")[:1])
    desk.registers.save(known.changed(location="榕下村90号"))

    found = compared(desk.store, desk.submitting.draft(PERIOD))
    next_quarter = compared(desk.store, desk.submitting.draft(Period.parse("2027-Q1")))

    assert (same.since, same.lines, same.is_same) == (desk.store.get(Submission, one.uid), (), True)
    assert [(line.what, line.title) for line in found.lines] == [(CHANGED, known.title())]
    assert not found.is_same
    assert next_quarter.since == same.since
    assert not next_quarter.is_same


def test_an_answer_to_the_district_makes_a_version_another_one(desk: Desk, tmp_path: Path) -> None:
    one = sealed(desk, tmp_path)
    slip_taken(desk, CorrectionPoint(reason="附一张照片"), period=one.period)

    Correcting(desk.store).answer(desk.store.all(CorrectionPoint)[0].uid, "照片已附")
    found = compared(desk.store, desk.submitting.draft(PERIOD))

    assert found.lines == ()
    assert not found.is_same


def test_changes_since_the_accepted_return_are_named(desk: Desk, district: Desk, tmp_path: Path) -> None:
    first = compared(desk.store, desk.submitting.draft(PERIOD))
    one = sealed(desk, tmp_path)
    district.inbox.receive([tmp_path / one.file_name], compare=False, processes=1)
    (received,) = district.inbox.submissions()
    district.reviewing.accept(received, tmp_path / "回执.pdf", by="叶美澄")
    desk.reviewing.take(tmp_path / "回执.pdf")
    known = desk.registers.rows("facilities", desk.registers.uids("facilities")[:2])
    desk.registers.save(known[0].changed(location="榕下村90号"))
    desk.registers.retire("facilities", known[1].uid, on="2026-11-01", reason="拆除")
    desk.registers.save(Facility(name="新修的公园"))

    found = compared(desk.store, desk.submitting.draft(PERIOD))

    assert first.since is None
    assert not first.lines
    assert {(line.what, line.title) for line in found.lines} == {
        (ADDED, "新修的公园"),
        (CHANGED, known[0].title()),
        (REMOVED, known[1].title()),
    }
    assert next(line.labels for line in found.lines if line.what == CHANGED) == ("坐落",)


def test_an_original_is_saved_byte_for_byte_under_the_name_of_its_sealing(
    desk: Desk, district: Desk, tmp_path: Path
) -> None:
    one = sealed(desk, tmp_path)
    brought = tmp_path / "郑小满给的.pdf"
    (tmp_path / one.file_name).rename(brought)
    district.inbox.receive([brought], compare=False, processes=1)
    (received,) = district.inbox.submissions()
    out = tmp_path / original_name(received)
    out.write_bytes(b"older")

    saved = Handing(district.store).save_original(received, out, Silent())

    assert saved.name == one.file_name
    assert saved.read_bytes() == brought.read_bytes()
    assert district.store.get(Submission, received.uid) == received

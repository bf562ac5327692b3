"""A book that is older than what was sent: the return comes back with what is known of it, and nothing is taken for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.invented import district_desk, enrol, fill, village_desk
from xmdesk.errors import Fault
from xmdesk.jobs import Silent
from xmdesk.periods import Period
from xmdesk.records.facility import Facility
from xmdesk.records.submission import Direction, Submission, SubmissionState, Verdict
from xmdesk.services.desk import Desk
from xmdesk.services.drafting import chain_for
from xmdesk.services.handing import Handing
from xmdesk.services.rebuilding import Rebuilding

PERIOD = Period.parse("2026-Q4")


@dataclass(frozen=True)
class Sent:
    """A book that lost its return, the sealed file of this, the receipt for it, and the district."""

    desk: Desk
    file: Path
    receipt: Path
    district: Desk


@pytest.fixture
def sent(tmp_path: Path, clock) -> Iterator[Sent]:
    with (
        district_desk(tmp_path / "district").closing() as district,
        village_desk(tmp_path / "village").closing() as desk,
    ):
        fill(desk)
        enrol(desk, district, tmp_path)
        sealed = desk.submitting.seal(desk.submitting.draft(PERIOD), tmp_path)
        district.inbox.receive([sealed.path], compare=False, processes=1)
        (received,) = district.inbox.submissions()
        district.reviewing.accept(received, tmp_path / "回执.pdf", by="叶美澄")
        with desk.store.change("丢了") as change:
            change.remove(sealed.submission)
        yield Sent(desk, sealed.path, tmp_path / "回执.pdf", district)


def own(desk: Desk) -> Submission:
    (found,) = desk.store.find(Submission, direction=Direction.OWN)
    return found


def test_the_receipt_never_stands_for_the_file_of_the_return(sent: Sent, tmp_path: Path) -> None:
    made = Rebuilding(sent.desk).rebuild(sent.receipt)
    out = tmp_path / "KINGSTON"
    out.mkdir()
    with pytest.raises(Fault) as caught:
        Handing(sent.desk.store).copy(own(sent.desk), out, Silent())

    assert [one.code for one in made.problems] == ["REBUILD-NO-FILE"]
    assert caught.value.code == "HAND-NO-FILE"
    assert own(sent.desk).file_sha256 == ""
    assert list(out.iterdir()) == []


def test_what_the_receipt_says_is_kept_as_the_districts_answer(sent: Sent) -> None:
    Rebuilding(sent.desk).rebuild(sent.receipt)

    one = own(sent.desk)
    taken = sent.desk.reviewing.take(sent.receipt)
    told = [line.words for line in Handing(sent.desk.store).stations(one)]
    assert (one.state, one.decided_by, bool(one.received_at)) == (SubmissionState.ACCEPTED, "叶美澄", True)
    assert any(words.startswith("回执：通过") for words in told)
    assert not taken.applied
    assert len(sent.desk.store.find(Verdict, direction=Direction.RECEIVED)) == 1


def test_the_file_itself_brings_back_what_can_be_handed_out(sent: Sent) -> None:
    Rebuilding(sent.desk).rebuild(sent.receipt)

    made = Rebuilding(sent.desk).rebuild(sent.file)

    one = own(sent.desk)
    assert [one.code for one in made.problems] == ["REBUILD-FILE"]
    assert Handing(sent.desk.store).content(one) == sent.file.read_bytes()
    assert one.state is SubmissionState.ACCEPTED


def test_from_the_file_alone_the_return_can_be_handed_out(sent: Sent) -> None:
    made = Rebuilding(sent.desk).rebuild(sent.file)

    assert [one.code for one in made.problems] == ["REBUILD-UNSENT"]
    assert Handing(sent.desk.store).content(own(sent.desk)) == sent.file.read_bytes()
    assert own(sent.desk).file_name == sent.file.name


def test_a_file_does_not_tell_that_it_was_sent_until_it_is_carried(sent: Sent, tmp_path: Path) -> None:
    Rebuilding(sent.desk).rebuild(sent.file)
    before, told = own(sent.desk), Handing(sent.desk.store).stations(own(sent.desk))

    (tmp_path / "KINGSTON").mkdir()
    after = Handing(sent.desk.store).copy(before, tmp_path / "KINGSTON", Silent())

    assert (before.state, before.sent_at) == (SubmissionState.SEALED, "")
    assert len(told) == 1
    assert after.state is SubmissionState.SENT


def test_records_that_say_something_else_are_named_and_left_as_they_are(sent: Sent) -> None:
    (known,) = sent.desk.registers.rows("facilities", sent.desk.registers.uids("facilities")[:1])
    sent.desk.registers.save(known.changed(location="榕下村90号"))

    made = Rebuilding(sent.desk).rebuild(sent.receipt)

    told = next(one for one in made.problems if one.code == "REBUILD-DIFFERS")
    assert told.text.startswith("1条")
    assert f"{known.title()}：坐落" in told.text
    assert sent.desk.store.get(Facility, known.uid) == known.changed(location="榕下村90号")


def test_an_earlier_version_in_an_older_book_is_known_as_corrected(sent: Sent, tmp_path: Path) -> None:
    desk = sent.desk
    Rebuilding(desk).rebuild(sent.file)
    first = own(desk)
    (known,) = desk.registers.rows("facilities", desk.registers.uids("facilities")[:1])
    desk.registers.save(known.changed(location="榕下村90号"))
    second = desk.submitting.seal(desk.submitting.draft(PERIOD), tmp_path)
    with desk.store.change("恢复了旧备份") as change:
        change.remove(second.submission)
        change.save(first)

    Rebuilding(desk).rebuild(second.path)
    noted = states(desk)
    (tmp_path / "KINGSTON").mkdir()
    Handing(desk.store).copy(Handing(desk.store).own()[0], tmp_path / "KINGSTON", Silent())
    carried = states(desk)
    with desk.store.change("丢了第一版") as change:
        change.remove(desk.store.find(Submission, direction=Direction.OWN, version=1)[0])
    Rebuilding(desk).rebuild(sent.receipt)

    assert noted == {1: SubmissionState.SEALED, 2: SubmissionState.SEALED}
    assert carried == {1: SubmissionState.REPLACED, 2: SubmissionState.SENT}
    assert states(desk) == {1: SubmissionState.REPLACED, 2: SubmissionState.SENT}


def test_a_version_that_was_never_recorded_leaves_the_one_before_as_it_is(sent: Sent, tmp_path: Path) -> None:
    desk, first = sent.desk, carried(sent, tmp_path)
    second = unrecorded(desk, tmp_path, first)

    made = Rebuilding(desk).rebuild(second)

    assert [one.code for one in made.problems] == ["REBUILD-UNSENT"]
    assert states(desk) == {1: SubmissionState.SENT, 2: SubmissionState.SEALED}


def test_a_version_that_another_one_took_the_place_of_is_out_of_force(sent: Sent, tmp_path: Path) -> None:
    desk, first = sent.desk, carried(sent, tmp_path)
    second = unrecorded(desk, tmp_path, first)
    (known,) = desk.registers.rows("facilities", desk.registers.uids("facilities")[:1])
    desk.registers.save(known.changed(location="榕下村91号"))
    standing = desk.submitting.seal(desk.submitting.draft(PERIOD), tmp_path).submission

    made = Rebuilding(desk).rebuild(second)

    found = Handing(desk.store).own()
    assert [one.code for one in made.problems] == ["REBUILD-DIFFERS"]
    assert [(one.version, one.state) for one in found] == [
        (2, SubmissionState.SEALED),
        (2, SubmissionState.REPLACED),
        (1, SubmissionState.REPLACED),
    ]
    assert found[0].uid == standing.uid
    assert chain_for(desk.store, PERIOD).replaces == standing.payload_sha256


def test_the_answer_to_a_version_that_was_only_noted_puts_the_one_before_out_of_force(
    sent: Sent, tmp_path: Path
) -> None:
    desk, first = sent.desk, carried(sent, tmp_path)
    second = unrecorded(desk, tmp_path, first)
    Rebuilding(desk).rebuild(second)
    sent.district.inbox.receive([second], compare=False, processes=1)
    received = next(one for one in sent.district.inbox.submissions() if one.version == 2)
    sent.district.reviewing.accept(received, tmp_path / "回执二.pdf", by="叶美澄", note="改好了")

    desk.reviewing.take(tmp_path / "回执二.pdf")

    assert states(desk) == {1: SubmissionState.REPLACED, 2: SubmissionState.ACCEPTED}


def states(desk: Desk) -> dict[int, SubmissionState]:
    return {one.version: one.state for one in desk.store.find(Submission, direction=Direction.OWN)}


def carried(sent: Sent, folder: Path) -> Submission:
    """The first version is in the book again, and was carried to the district."""
    Rebuilding(sent.desk).rebuild(sent.file)
    (folder / "KINGSTON").mkdir()
    return Handing(sent.desk.store).copy(own(sent.desk), folder / "KINGSTON", Silent())


def unrecorded(desk: Desk, folder: Path, before: Submission) -> Path:
    """Seal a next version as when the computer goes off before it is recorded: its file lies there, the book knows nothing."""
    (known,) = desk.registers.rows("facilities", desk.registers.uids("facilities")[:1])
    desk.registers.save(known.changed(location="榕下村90号"))
    sealed = desk.submitting.seal(desk.submitting.draft(PERIOD), folder)
    with desk.store.change("断电") as change:
        change.remove(sealed.submission)
        change.save(before)
    return sealed.path

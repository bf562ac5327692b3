"""Refused files as a list: newest first, looked at again with today's trust, given back, deleted, let go with time."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.xmdesk.services.stories import QUARTER, VILLAGE, Offices, nil_the_rest
from xmdesk import clock
from xmdesk.errors import Fault
from xmdesk.records.keeping import IssuedCertificate
from xmdesk.records.submission import ReceivedFile, SubmissionState
from xmdesk.services import quarantine
from xmdesk.services.inbox import Received
from xmdesk.services.opening import LARGEST
from xmdesk.services.quarantined import KeptFile
from xmdesk.services.sealing import seal_document


def small(offices: Offices, name: str = "照片.pdf", content: bytes = b"hello") -> Path:
    path = offices.folder / name
    path.write_bytes(content)
    return path


def large(offices: Offices, name: str = "大.pdf", size: int = LARGEST + 1) -> Path:
    """A file that says it is so large without filling the disk."""
    path = offices.folder / name
    with path.open("wb") as out:
        out.truncate(size)
    return path


def listed(offices: Offices) -> list[KeptFile]:
    return offices.district.quarantined.files()


def refused(offices: Offices, path: Path) -> KeptFile:
    """A file taken in and refused, as the only one in the list."""
    (received,) = offices.receive(path)
    assert received.verdict == "refuse"
    (kept,) = listed(offices)
    return kept


def check_again(offices: Offices, kept: KeptFile) -> Received:
    return offices.district.quarantined.check_again(kept, compare=False)


def enter(offices: Offices, certificate: IssuedCertificate) -> None:
    with offices.district.store.change("登记证书") as change:
        change.save(certificate)


def strike_out(offices: Offices) -> IssuedCertificate:
    """Take the village's certificate out of the register: a book in which it is not enrolled yet."""
    (certificate,) = offices.district.store.find(IssuedCertificate, code=VILLAGE)
    with offices.district.store.change("撤下证书") as change:
        change.remove(certificate)
    return certificate


def test_nothing_is_listed_while_nothing_was_refused(offices: Offices) -> None:
    offices.receive(offices.seal().path)

    assert listed(offices) == []


def test_the_newest_comes_first_with_its_reason_in_words(offices: Offices) -> None:
    offices.receive(large(offices))
    with clock.frozen(clock.now() + timedelta(hours=1)):
        offices.receive(small(offices))

    photo, big = listed(offices)

    assert (photo.name, photo.size, photo.code) == ("照片.pdf", 5, "R-NOT-PDF")
    assert (big.name, big.size, big.code) == ("大.pdf", LARGEST + 1, "R-SIZE")
    assert all(one.text and one.to_do and not one.is_missing for one in (photo, big))


def test_the_same_content_is_one_file_however_often_it_came(offices: Offices) -> None:
    offices.receive(small(offices))
    with clock.frozen(clock.now() + timedelta(days=1)):
        offices.receive(small(offices, "又来.pdf"))
        day = clock.today().isoformat()

    (kept,) = listed(offices)

    assert (kept.name, kept.times, kept.received_at[:10]) == ("又来.pdf", 2, day)


def test_a_file_of_a_village_enrolled_since_comes_in_when_looked_at_again(offices: Offices) -> None:
    certificate = strike_out(offices)
    kept = refused(offices, offices.seal().path)
    enter(offices, certificate)

    received = check_again(offices, kept)

    assert (kept.code, received.verdict, received.office, received.rows) == ("R-UNKNOWN", "accept", VILLAGE, 6)
    (submission,) = offices.district.inbox.submissions(QUARTER)
    assert (submission.state, submission.is_effective) == (SubmissionState.RECEIVED, True)
    assert submission.file_name == kept.name
    assert len(list(offices.district.inbox.rows_of(submission))) == 6
    assert listed(offices) == []
    assert offices.district.store.blob(kept.sha256)


def test_a_file_that_came_in_by_itself_since_is_not_listed_any_more(offices: Offices) -> None:
    certificate = strike_out(offices)
    sealed = offices.seal()
    refused(offices, sealed.path)
    enter(offices, certificate)

    (received,) = offices.receive(sealed.path)

    assert (received.verdict, listed(offices)) == ("accept", [])


def sealed_twice(offices: Offices) -> tuple[Path, Path]:
    """One return in two files, as when a clerk lets the program write it again."""
    nil_the_rest(offices.village)
    desk, signer = offices.village.submitting, offices.village.holding.signer()
    payload = desk.checked(desk.draft(QUARTER), desk.approval()).payload
    pair = offices.folder / "a.pdf", offices.folder / "b.pdf"
    for path in pair:
        path.write_bytes(seal_document(payload, signer).content)
    return pair


def test_a_return_that_came_in_by_another_file_since_is_not_counted_twice(offices: Offices) -> None:
    certificate = strike_out(offices)
    first, second = sealed_twice(offices)
    kept = refused(offices, first)
    enter(offices, certificate)
    offices.receive(second)

    received = check_again(offices, kept)

    assert (received.verdict, listed(offices)) == ("duplicate", [])
    assert len(offices.district.inbox.submissions()) == 1
    with pytest.raises(Fault):
        offices.district.store.blob(kept.sha256)


def test_a_file_refused_again_stays_with_the_new_reason_and_its_day(offices: Offices) -> None:
    certificate = strike_out(offices)
    kept = refused(offices, offices.seal().path)
    enter(offices, certificate)
    offices.district.enrolling.revoke(VILLAGE, reason="loss")

    with clock.frozen(clock.now() + timedelta(days=1)):
        received = check_again(offices, kept)

    (left,) = listed(offices)
    assert (kept.code, left.code, left.received_at, left.times) == ("R-UNKNOWN", "R-REVOKED", kept.received_at, 1)
    assert (received.verdict, received.code, received.text) == ("refuse", left.code, left.text)
    assert offices.district.inbox.submissions() == []


def test_a_file_that_is_too_large_is_too_large_the_next_time_too(offices: Offices) -> None:
    kept = refused(offices, large(offices))

    received = check_again(offices, kept)

    assert (received.code, received.text, listed(offices)) == ("R-SIZE", kept.text, [kept])


@pytest.mark.parametrize("make", [small, large])
def test_a_file_is_given_back_byte_by_byte_with_the_reason_beside_it(offices: Offices, make: object) -> None:
    path = make(offices)  # type: ignore[operator]  # one of the two above
    kept, out = refused(offices, path), offices.folder / "out"

    written = offices.district.quarantined.export(kept, out)

    reason = (out / f"{path.stem}_不能接收的原因.txt").read_text("utf-8-sig")
    assert written == out / path.name
    assert written.read_bytes() == path.read_bytes()
    assert {one.name for one in out.iterdir()} == {path.name, f"{path.stem}_不能接收的原因.txt"}
    for word in ("同安区民政局", kept.name, kept.text, kept.to_do, kept.sha256, "2026-11-23"):
        assert word in reason
    assert listed(offices) == [kept]


def test_what_lies_in_the_folder_already_is_left_alone(offices: Offices) -> None:
    kept, out = refused(offices, small(offices)), offices.folder / "out"
    (out / "照片.pdf").write_bytes(b"older")
    (out / "照片(2)_不能接收的原因.txt").write_bytes(b"older")

    written = offices.district.quarantined.export(kept, out)

    assert written.name == "照片(3).pdf"
    assert "（退给你们时叫“照片(3).pdf”）" in (out / "照片(3)_不能接收的原因.txt").read_text("utf-8-sig")
    assert (out / "照片.pdf").read_bytes() == (out / "照片(2)_不能接收的原因.txt").read_bytes() == b"older"


def test_what_is_no_pdf_by_name_leaves_under_a_name_that_no_program_opens(offices: Offices) -> None:
    kept = refused(offices, small(offices, "安装.msi"))

    assert offices.district.quarantined.export(kept, offices.folder / "out").name == "安装.msi.bin"


def test_a_very_long_name_is_shortened_on_the_way_out(offices: Offices) -> None:
    kept = refused(offices, small(offices, f"{'长' * 80}.pdf"))

    assert offices.district.quarantined.export(kept, offices.folder / "out").name == f"{'长' * 60}.pdf"


def test_a_deleted_file_goes_from_the_list_and_from_the_book(offices: Offices) -> None:
    kept = refused(offices, small(offices))

    offices.district.quarantined.delete(kept)

    assert listed(offices) == []
    assert offices.district.store.all(ReceivedFile) == []
    with pytest.raises(Fault) as why:
        offices.district.store.blob(kept.sha256)
    assert why.value.code == "DB-BLOB-MISSING"


def test_a_deleted_large_file_goes_from_the_folder_too(offices: Offices) -> None:
    kept = refused(offices, large(offices))

    offices.district.quarantined.delete(kept)

    assert listed(offices) == []
    assert list(offices.district.folder.glob("隔离/*/*")) == []


def test_the_books_own_task_that_came_back_keeps_its_bytes_when_it_is_deleted(offices: Offices) -> None:
    task = offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder / "task")
    kept = refused(offices, task.path)

    offices.district.quarantined.delete(kept)

    assert listed(offices) == []
    assert offices.district.store.blob(kept.sha256) == task.path.read_bytes()


def test_a_copy_that_somebody_took_away_is_told_and_can_only_be_deleted(offices: Offices) -> None:
    kept = refused(offices, large(offices))
    for one in offices.district.folder.glob("隔离/*/*.bin"):
        one.unlink()

    (missing,) = listed(offices)

    assert missing.is_missing
    for act in (check_again, lambda offices, kept: offices.district.quarantined.export(kept, offices.folder / "out")):
        with pytest.raises(Fault) as why:
            act(offices, kept)
        assert why.value.code == "INBOX-MISSING"
        assert "大.pdf" in why.value.happened
    offices.district.quarantined.delete(missing)
    assert listed(offices) == []
    assert list((offices.folder / "out").iterdir()) == []


def test_a_copy_that_was_changed_is_not_given_out(offices: Offices) -> None:
    kept = refused(offices, large(offices))
    (copy,) = offices.district.folder.glob("隔离/*/*.bin")
    copy.write_bytes(b"something else")

    with pytest.raises(Fault) as why:
        offices.district.quarantined.export(kept, offices.folder / "out")

    assert why.value.code == "INBOX-CHANGED"
    assert list((offices.folder / "out").iterdir()) == []


def test_what_was_kept_for_half_a_year_goes_when_files_are_taken_in(offices: Offices) -> None:
    old = refused(offices, small(offices, content=b"old"))
    with clock.frozen(clock.now() + quarantine.KEPT + timedelta(days=1)):
        offices.receive(small(offices, content=b"new"))
        names = [one.sha256 for one in listed(offices)]

    assert (len(names), old.sha256 in names) == (1, False)
    with pytest.raises(Fault):
        offices.district.store.blob(old.sha256)


def test_the_oldest_go_when_there_is_no_room_and_the_newest_stays(offices: Offices) -> None:
    for hour in range(3):
        with clock.frozen(clock.now() + timedelta(hours=hour)):
            offices.receive(small(offices, f"{hour}.pdf", bytes([hour]) * 100))

    offices.district.quarantined.thin(most=250)
    two = [one.name for one in listed(offices)]
    offices.district.quarantined.thin(most=50)

    assert (two, [one.name for one in listed(offices)]) == (["2.pdf", "1.pdf"], ["2.pdf"])

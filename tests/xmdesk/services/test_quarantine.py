"""Files too large to be returns: a copy is kept beside the book, within limits, and told in the inbox."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from tests.xmdesk.services.stories import Offices
from xmdesk import clock
from xmdesk.errors import Fault
from xmdesk.problems import problem
from xmdesk.records.submission import ReceivedFile
from xmdesk.services import quarantine
from xmdesk.services.opening import LARGEST


def large(path: Path, size: int) -> Path:
    """A file that says it is so large without filling the disk."""
    with path.open("wb") as out:
        out.truncate(size)
    return path


def copies(book: Path) -> list[str]:
    return sorted(str(one.relative_to(book / quarantine.FOLDER)) for one in book.glob("隔离/*/*"))


def test_a_file_too_large_for_a_return_is_kept_apart_with_its_reason(offices: Offices) -> None:
    path = large(offices.folder / "大.pdf", LARGEST + 1)
    sealed = offices.seal()

    refused, good = offices.receive(path, sealed.path)

    assert (refused.verdict, refused.code, refused.file, good.verdict) == ("refuse", "R-SIZE", "大.pdf", "accept")
    (record,) = offices.district.store.find(ReceivedFile, verdict="refuse")
    digest = sha256(path.read_bytes()).hexdigest()
    assert (record.quarantined, record.file_sha256, record.size) == (True, digest, LARGEST + 1)
    assert (record.text, record.to_do) == (refused.text, refused.to_do)
    book = offices.district.folder
    assert copies(book) == [f"2026-11-23/{digest}.bin", f"2026-11-23/{digest}.json"]
    reason = json.loads((book / quarantine.FOLDER / f"2026-11-23/{digest}.json").read_text("utf-8"))
    assert (reason["file"], reason["code"], reason["text"]) == ("大.pdf", "R-SIZE", refused.text)
    assert path.exists()


def test_a_file_too_large_even_to_be_kept_is_told_so(offices: Offices) -> None:
    path = large(offices.folder / "巨大.pdf", quarantine.LARGEST + 1)

    (refused,) = offices.receive(path)

    assert (refused.verdict, refused.code) == ("refuse", "INBOX-NOT-KEPT")
    assert "200 MB" in refused.text
    assert copies(offices.district.folder) == []
    assert offices.district.store.all(ReceivedFile) == []


def test_a_large_file_that_cannot_be_copied_is_told_with_the_cause_and_the_others_come_in(offices: Offices) -> None:
    (offices.district.folder / quarantine.FOLDER).write_bytes(b"in the way")
    path = large(offices.folder / "大.pdf", LARGEST + 1)

    refused, good = offices.receive(path, offices.seal().path)

    assert (refused.verdict, refused.code, good.verdict) == ("refuse", "INBOX-NOT-COPIED", "accept")
    assert "没能留下副本" in refused.text


def kept(book: Path, content: bytes) -> str:
    path = book / "来.pdf"
    path.write_bytes(content)
    return quarantine.keep(book, path, problem("R-SIZE")).file_sha256


def test_the_same_file_again_is_one_copy(tmp_path: Path, clock: object) -> None:
    first, second = kept(tmp_path, b"same"), kept(tmp_path, b"same")

    assert first == second
    assert len(copies(tmp_path)) == 2


def test_the_same_file_on_a_later_day_moves_there(tmp_path: Path) -> None:
    with clock.frozen(clock.BUILT):
        kept(tmp_path, b"same")
    later = clock.BUILT + timedelta(days=3)
    with clock.frozen(later):
        kept(tmp_path, b"same")
        day = clock.today().isoformat()

    assert {one.split("/")[0] for one in copies(tmp_path)} == {day}


def test_copies_kept_for_half_a_year_go(tmp_path: Path) -> None:
    with clock.frozen(clock.BUILT):
        old = kept(tmp_path, b"old")
    with clock.frozen(clock.BUILT + quarantine.KEPT):
        kept(tmp_path, b"young enough")
        assert any(old in one for one in copies(tmp_path))
    with clock.frozen(clock.BUILT + quarantine.KEPT + timedelta(days=1)):
        kept(tmp_path, b"new")

    assert not any(old in one for one in copies(tmp_path))


def test_the_oldest_copies_go_when_there_is_no_room_and_the_newest_stays(tmp_path: Path) -> None:
    names: list[str] = []
    for day in range(3):
        with clock.frozen(clock.BUILT + timedelta(days=day)):
            names.append(kept(tmp_path, bytes([day]) * 100))
    (newest,) = tmp_path.glob(f"隔离/*/{names[2]}.bin")

    with clock.frozen(clock.BUILT + timedelta(days=2)):
        quarantine.thin(tmp_path / quarantine.FOLDER, newest=newest, most=250)
        assert {Path(one).stem for one in copies(tmp_path)} == set(names[1:])
        quarantine.thin(tmp_path / quarantine.FOLDER, newest=newest, most=50)

    assert {Path(one).stem for one in copies(tmp_path)} == {names[2]}


def test_a_file_that_is_gone_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(Fault) as why:
        quarantine.keep(tmp_path, tmp_path / "无.pdf", problem("R-SIZE"))

    assert why.value.code == "FILE-NOT-FOUND"


def test_what_a_power_cut_left_of_a_copy_goes_with_the_next_one(tmp_path: Path) -> None:
    left = tmp_path / quarantine.FOLDER / "2026-11-01" / "xm-0123456789ab.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")

    sha = kept(tmp_path, b"whole")

    assert {Path(one).stem for one in copies(tmp_path)} == {sha}

"""Backups are proved when made, thinned by rule, and come back without overwriting anything."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import backup as backup_module
from db.backup import BEFORE_MIGRATION, FOLDER, MANIFEST, NAME, Backup, backups_in
from db.book import DATABASE, KEYBOX, OpenBook, open_book
from db.doctor import examine
from db.migrations.run import newest
from db.restore import RESCUE, restore, verify_backup
from db.thinning import superfluous, thin
from tests.db.conftest import CODE, PASSWORD
from xmdesk import clock
from xmdesk.errors import Fault
from xmdesk.records.doings import Attachment
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import OfficeSetting


def refused(code: str) -> "pytest.RaisesExc[Fault]":
    return pytest.RaisesExc(Fault, check=lambda fault: fault.code == code)


def add(book: OpenBook, *names: str) -> None:
    with book.store.change("新增") as change:
        for name in names:
            change.save(Facility(name=name))


def names(folder: Path) -> list[str]:
    with open_book(folder, password=PASSWORD) as book:
        return sorted(one.name for one in book.store.all(Facility))


@pytest.fixture
def saved(book: OpenBook) -> Path:
    """A backup of a book with two facilities and a photo; the book goes on."""
    with book.store.change("新增") as change:
        sha = change.keep_blob(b"photo")
        change.save(Attachment(name="照片", sha256=sha))
    add(book, "甲", "乙")
    made = book.backup("手动")
    add(book, "备份以后")
    return book.folder / FOLDER / made.name


def test_a_backup_names_its_moment_its_shape_and_its_hash(book: OpenBook) -> None:
    with clock.frozen(datetime(2026, 11, 23, 6, 10, tzinfo=UTC)):
        made = book.backup("手动")

    match = NAME.fullmatch(made.name)
    assert match is not None
    assert match[1] == "20261123-141000"
    assert made.sha256.startswith(match[3])
    assert (made.made_at, made.reason, made.schema) == ("2026-11-23T06:10:00Z", "手动", newest())
    assert (made.audit_number, made.audit_head) == book.store.audit_head()
    assert made.counts["office"] == 1
    assert book.backups() == [made]


def test_a_backup_carries_its_keys_and_is_encrypted(saved: Path) -> None:
    assert sorted(path.name for path in saved.parent.iterdir()) == sorted(
        [saved.name, f"{saved.stem}.{KEYBOX}", MANIFEST]
    )
    assert not saved.read_bytes().startswith(b"SQLite format 3")
    assert not [one for one in (b"CREATE TABLE", b"facilities", b"audit") if one in saved.read_bytes()]


def test_a_backup_is_proved_by_password_or_recovery_code(saved: Path, recovery: str) -> None:
    by_password = verify_backup(saved, password=PASSWORD)
    by_code = verify_backup(saved, recovery_code=recovery)

    assert by_password == by_code
    assert by_password.code == CODE
    assert by_password.contents.counts["facilities"] == 2
    assert by_password.key.hex() not in repr(by_password)


def test_a_damaged_backup_is_refused(saved: Path) -> None:
    content = bytearray(saved.read_bytes())
    content[len(content) // 2] ^= 1
    saved.write_bytes(content)

    with refused("DB-BACKUP-BAD"):
        verify_backup(saved, password=PASSWORD)


def test_damage_is_found_by_the_pages_where_the_name_does_not_tell(saved: Path) -> None:
    content = bytearray(saved.read_bytes())
    content[len(content) // 2] ^= 1
    other = saved.with_name("带走.db")
    other.write_bytes(content)
    shutil.copy(saved.with_name(f"{saved.stem}.{KEYBOX}"), other.with_name(f"带走.{KEYBOX}"))

    with refused("DB-BACKUP-BAD"):
        verify_backup(other, password=PASSWORD)


def test_a_missing_backup_a_missing_key_and_a_wrong_password_are_told_apart(saved: Path) -> None:
    with refused("FILE-NOT-FOUND"):
        verify_backup(saved.with_name("无.db"), password=PASSWORD)
    with refused("T-PASSWORD-WRONG"):
        verify_backup(saved, password="别的密码12345")
    saved.with_name(f"{saved.stem}.{KEYBOX}").unlink()
    with refused("DB-BACKUP-KEYBOX"):
        verify_backup(saved, password=PASSWORD)


def test_a_backup_becomes_a_book_in_a_new_folder(saved: Path, book: OpenBook, tmp_path: Path) -> None:
    restore(saved, tmp_path / "新册", password=PASSWORD)

    with open_book(tmp_path / "新册", password=PASSWORD) as restored:
        assert sorted(one.name for one in restored.store.all(Facility)) == ["乙", "甲"]
        (photo,) = restored.store.all(Attachment)
        assert restored.store.blob(photo.sha256) == b"photo"
        assert restored.store.find(OfficeSetting, name="restored_at")[0].value
        assert restored.store.undoable() == next(one for one in book.store.steps() if one.number == 3)


def test_restoring_never_overwrites(saved: Path, book: OpenBook, tmp_path: Path) -> None:
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的" / "文件").write_text("x")

    for place in (book.folder, tmp_path / "别的"):
        with refused("DB-BOOK-EXISTS"):
            restore(saved, place, password=PASSWORD)


def test_with_rescue_the_old_files_are_kept_aside(folder: Path, saved: Path, book: OpenBook) -> None:
    with refused("DB-IN-USE"):
        restore(saved, folder, password=PASSWORD, rescue=True)
    book.close()

    restore(saved, folder, password=PASSWORD, rescue=True)

    assert names(folder) == ["乙", "甲"]
    (aside,) = (folder / RESCUE).iterdir()
    assert sorted(path.name for path in aside.iterdir()) == sorted([DATABASE, KEYBOX, "请勿直接复制.txt"])
    assert saved.is_file()
    assert names(aside) == ["乙", "备份以后", "甲"]


def test_a_damaged_backup_touches_nothing(folder: Path, saved: Path, book: OpenBook) -> None:
    book.close()
    saved.write_bytes(saved.read_bytes()[:-4096])

    with refused("DB-BACKUP-BAD"):
        restore(saved, folder, password=PASSWORD, rescue=True)
    assert names(folder) == ["乙", "备份以后", "甲"]
    assert not (folder / RESCUE).exists()


def test_a_book_that_lost_its_database_is_restored_in_place(folder: Path, saved: Path, book: OpenBook) -> None:
    book.close()
    (folder / DATABASE).unlink()

    restore(saved, folder, password=PASSWORD, rescue=True)

    assert names(folder) == ["乙", "甲"]


def test_a_backup_goes_to_another_folder_when_asked(book: OpenBook, tmp_path: Path) -> None:
    made = book.backup(to=tmp_path / "盘")

    assert verify_backup(tmp_path / "盘" / made.name, password=PASSWORD).contents.audit_head == made.audit_head
    assert book.backups() == []


def test_a_copy_that_differs_is_not_kept(book: OpenBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.backup.is_sound", lambda _: False)

    with refused("DB-BACKUP-BAD"):
        book.backup()
    assert list((book.folder / FOLDER).iterdir()) == []


def test_a_stick_that_is_gone_is_named(book: OpenBook, tmp_path: Path) -> None:
    with refused("DB-BACKUP-GONE"):
        book.backup(to=tmp_path / "无" / "盘")


def test_a_backup_is_due_when_something_changed_half_an_hour_ago(book: OpenBook) -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    made: list[bool] = []
    for minutes, changed in ((0, False), (40, False), (50, True), (60, True), (95, False)):
        with clock.frozen(start + timedelta(minutes=minutes)):
            if changed:
                add(book, "甲")
            made.append(book.backup_if_due() is not None)

    assert made == [True, False, True, False, True]


def writing_meanwhile(book: OpenBook, monkeypatch: pytest.MonkeyPatch, times: int) -> list[str]:
    """Let another thread write between the copying and the proof of a backup, so many times."""
    written: list[str] = []
    sync = backup_module._sync

    def write_first(part: Path) -> None:
        if len(written) < times:
            written.append(f"当中{len(written)}")
            with ThreadPoolExecutor(1) as pool:
                pool.submit(add, book, written[-1]).result(timeout=20)
        sync(part)

    monkeypatch.setattr(backup_module, "_sync", write_first)
    return written


def test_the_book_can_be_written_to_while_a_backup_is_made(
    book: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = writing_meanwhile(book, monkeypatch, 2)

    made = book.backup()

    assert made.audit_head == book.store.audit_head()[1]
    restore(book.folder / FOLDER / made.name, tmp_path / "新册", password=PASSWORD)
    assert names(tmp_path / "新册") == written


def test_a_backup_that_the_book_outruns_is_not_kept(book: OpenBook, monkeypatch: pytest.MonkeyPatch) -> None:
    writing_meanwhile(book, monkeypatch, 99)

    with refused("DB-BACKUP-MOVED"):
        book.backup()
    assert book.backup_if_due() is None
    assert list((book.folder / FOLDER).iterdir()) == []


def test_a_backup_the_manifest_forgot_is_known_by_its_name(saved: Path) -> None:
    (saved.parent / MANIFEST).write_text("{不是\n", "utf-8")

    (found,) = backups_in(saved.parent)
    assert found.name == saved.name
    assert found.schema == newest()
    assert abs(datetime.fromisoformat(found.made_at) - clock.now()) < timedelta(minutes=5)


NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def backup_at(hours_ago: float, reason: str = "") -> Backup:
    moment = NOW - timedelta(hours=hours_ago)
    local = moment.astimezone(clock.BEIJING).strftime("%Y%m%d-%H%M%S")
    return Backup(f"备份_{local}_m0001_00000000.db", clock.stamp(moment), reason, 1, "", 0, 0, "")


def kept(backups: list[Backup]) -> list[Backup]:
    gone = {one.name for one in superfluous(backups, NOW)}
    return [one for one in backups if one.name not in gone]


def test_two_days_are_kept_whole_then_days_weeks_and_months() -> None:
    hourly = [backup_at(hours) for hours in range(24 * 400)]

    left = kept(hourly)

    ages = [(NOW - datetime.fromisoformat(one.made_at)) / timedelta(days=1) for one in left]
    assert sum(age < 2 for age in ages) == 48
    older = [age for age in ages if age >= 2]
    assert len([age for age in older if age < 14.5]) >= 12
    assert 12 + 8 + 6 <= len(older) <= 12 + 10 + 9
    assert max(ages) > 200


def test_thinning_again_takes_nothing_more() -> None:
    once = kept([backup_at(hours) for hours in range(0, 24 * 400, 5)])

    assert kept(once) == once


def test_the_newest_two_stay_however_old() -> None:
    old = [backup_at(24 * days) for days in (2000, 2000.1, 2000.2, 2000.3)]

    assert kept(old)[:2] == old[:2]


def test_backups_before_an_upgrade_stay_ninety_days() -> None:
    crowd = [backup_at(24 * 80 + hours / 10) for hours in range(1, 100)]
    upgrade, ancient = backup_at(24 * 80 + 0.05 + 5, BEFORE_MIGRATION), backup_at(24 * 95, BEFORE_MIGRATION)

    left = kept([backup_at(1), backup_at(2), *crowd, upgrade, ancient, *(backup_at(24 * 95 - h) for h in (1, 2))])

    assert upgrade in left
    assert ancient not in left


def test_thinning_takes_the_key_containers_along(tmp_path: Path) -> None:
    for one in [backup_at(hours) for hours in range(24 * 4)]:
        (tmp_path / one.name).write_bytes(b"")
        (tmp_path / f"{Path(one.name).stem}.{KEYBOX}").write_bytes(b"")

    with clock.frozen(NOW):
        assert thin(tmp_path) > 0
    left = list(tmp_path.iterdir())
    assert len(left) == 2 * len([path for path in left if path.suffix == ".db"])


def test_a_healthy_book_passes_every_examination(saved: Path, book: OpenBook) -> None:
    checks = examine(book)

    assert [check.name for check in checks] == ["pages", "integrity", "audit", "attachments", "backups", "disk"]
    assert all(check.ok for check in checks[:-1])
    assert checks[0].as_json() == {"name": "pages", "title": "加密页校验", "ok": True, "problem": None}


def found(book: OpenBook) -> set[str]:
    return {check.problem.code for check in examine(book) if check.problem and check.name != "disk"}


def test_examination_finds_what_is_wrong(saved: Path, book: OpenBook) -> None:
    raw = book.store.connections.raw_writer
    raw.execute("UPDATE blob SET content = x'00'")
    with book.store.change("新增") as change:
        change.save(Attachment(name="没有内容", sha256="ab" * 32))
    raw.execute("DROP TRIGGER history_step_update")
    raw.execute("UPDATE history_step SET label = 'x' WHERE number = 2")
    saved.write_bytes(b"changed")

    assert found(book) == {"DB-CHECK-ATTACHMENTS", "DB-AUDIT-BROKEN", "DB-CHECK-BACKUP-CHANGED"}
    assert {check.name for check in examine(book) if not check.ok} == {"attachments", "audit", "backups"}


def test_restoring_onto_a_full_disk_is_told_and_leaves_nothing(saved: Path, small_disk: Path) -> None:
    (small_disk / "照片.bin").write_bytes(bytes(1_900_000))
    with refused("DB-RESTORE-FULL"):
        restore(saved, small_disk / "册", password=PASSWORD)
    assert [one.name for one in small_disk.iterdir()] == ["照片.bin"]


def test_restoring_where_nothing_can_be_written_names_the_folder(saved: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    with pytest.raises(Fault) as told:
        restore(saved, small_disk / "册", password=PASSWORD)

    assert told.value.code == "DB-RESTORE-LOCKED"
    assert told.value.happened.startswith("“small”里不能写入")


def test_examination_asks_for_a_backup(book: OpenBook) -> None:
    assert found(book) == {"DB-CHECK-NO-BACKUP"}
    assert all(check.ok for check in examine(book))
    book.backup()
    assert found(book) == set()
    with clock.frozen(clock.now() + timedelta(days=9)):
        assert found(book) == {"DB-CHECK-OLD-BACKUP"}


def test_examination_finds_damaged_pages_and_indexes(book: OpenBook, monkeypatch: pytest.MonkeyPatch) -> None:
    with book.store.change("导入") as change:
        change.save_many([Facility(name=f"设施{at}") for at in range(2000)])
    book.backup()
    book.store.connections.raw_writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    file = book.folder / DATABASE
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    monkeypatch.setattr("db.doctor.is_sound", lambda _: False)

    assert found(book) >= {"DB-CHECK-PAGES", "DB-CHECK-INTEGRITY"}

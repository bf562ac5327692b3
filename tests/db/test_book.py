"""Making, opening and closing a book; what stands in the way is named."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import book as book_module
from db import lock as lock_module
from db.book import DATABASE, KEYBOX, WARNING, NewBook, OpenBook, create_book, open_book
from db.engine import Place, raw_connection
from db.lock import BookLock
from db.migrations.run import newest
from db.places import Ground, ground_from_mounts, ground_of
from tests.db.conftest import CODE, PASSWORD
from xmdesk import __version__, clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.ports import StepKind
from xmdesk.records.codes import OfficeKind
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import OfficeSetting
from xmdesk.records.office import Office
from xmdesk.trust.argon import FLOOR_COST

ROOT = Path(__file__).resolve().parents[2]


def refused(code: str) -> "pytest.RaisesExc[Fault]":
    return pytest.RaisesExc(Fault, check=lambda fault: fault.code == code)


def add(book: OpenBook, name: str = "甲") -> Facility:
    one = Facility(name=name)
    with book.store.change("新增") as change:
        change.save(one)
    return one


def test_a_new_book_knows_its_office_its_desk_and_where_it_was_installed(book: OpenBook) -> None:
    (office,) = book.store.all(Office)
    settings = {one.name: one.value for one in book.store.all(OfficeSetting)}

    assert (office.code, office.name, office.kind) == (CODE, "军营村民委员会", None)
    assert settings["desk"] == "clerk"
    assert settings["made_by"] == __version__
    assert len(settings["installation"]) == 36
    assert book.code == CODE
    assert book.notices == []
    assert [step.kind for step in book.store.steps()] == [StepKind.SYSTEM]


def test_a_closed_book_holds_these_files_and_no_others(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [DATABASE, KEYBOX, WARNING, lock_module.NAME, "备份"]
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own")
def test_a_book_is_closed_to_the_other_users_of_the_computer(folder: Path, tmp_path: Path) -> None:
    made, _ = create_book(tmp_path / "新", NewBook("350212105206"), password=PASSWORD, cost=FLOOR_COST)
    made.close()
    assert (tmp_path / "新").stat().st_mode & 0o077 == 0
    assert [one for one in (DATABASE, KEYBOX) if (tmp_path / "新" / one).stat().st_mode & 0o077] == []


def test_what_was_saved_is_there_after_opening_again(opened: Callable[[], OpenBook]) -> None:
    first = opened()
    one = add(first)
    first.close()

    second = opened()
    assert second.store.get(Facility, one.uid) == one
    assert second.notices == []
    second.close()


def test_the_recovery_code_opens_the_book(folder: Path, recovery: str) -> None:
    with open_book(folder, recovery_code=recovery.lower()) as book:
        assert book.code == CODE


def test_a_wrong_password_is_named_before_the_database_is_touched(folder: Path) -> None:
    before = (folder / DATABASE).stat().st_mtime_ns

    with refused("T-PASSWORD-WRONG"):
        open_book(folder, password="别的密码12345")
    assert (folder / DATABASE).stat().st_mtime_ns == before
    open_book(folder, password=PASSWORD).close()


@pytest.mark.parametrize(("code", "kind"), [("350212105", OfficeKind.TOWNSHIP), ("350212", OfficeKind.DISTRICT)])
def test_townships_and_districts_have_shorter_codes(tmp_path: Path, code: str, kind: OfficeKind) -> None:
    book, _ = create_book(tmp_path / "册", NewBook(code, desk="reviewer"), password=PASSWORD, cost=FLOOR_COST)

    with book:
        assert book.store.all(Office)[0].kind is kind
        assert book.store.find(OfficeSetting, name="desk")[0].value == "reviewer"


@pytest.mark.parametrize("code", ["", "35021210520", "35021210520x", "３５０２１２", "350212105201 "])
def test_a_code_of_another_form_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(WrongUse) as caught:
        create_book(tmp_path / "册", NewBook(code), password=PASSWORD, cost=FLOOR_COST)
    assert caught.value.code == "DB-BOOK-CODE"
    assert list(tmp_path.iterdir()) == []


def test_a_book_is_never_made_where_something_lies(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "文件"
    file.write_text("x")

    (tmp_path / "link").symlink_to(tmp_path / "无")
    for place, code in ((folder, "DB-BOOK-EXISTS"), (file, "DB-BOOK-FILE"), (tmp_path / "link", "DB-BOOK-FILE")):
        with refused(code):
            create_book(place, NewBook(CODE), password=PASSWORD, cost=FLOOR_COST)
    open_book(folder, password=PASSWORD).close()


def test_an_empty_folder_becomes_a_book_and_a_missing_parent_is_named(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    create_book(tmp_path / "空", NewBook(CODE), password=PASSWORD, cost=FLOOR_COST)[0].close()

    assert (tmp_path / "空" / DATABASE).is_file()
    for parent in ("无", f"空/{DATABASE}"):
        with refused("DB-NO-PARENT"):
            create_book(tmp_path / parent / "册", NewBook(CODE), password=PASSWORD, cost=FLOOR_COST)


def test_a_folder_name_that_is_too_long_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with refused("FILE-LONG-NAME"):
        create_book(tmp_path / ("长" * 200), NewBook(CODE), password=PASSWORD, cost=FLOOR_COST)
    assert list(tmp_path.iterdir()) == []


def test_a_weak_password_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        create_book(tmp_path / "册", NewBook(CODE), password="12345678", cost=FLOOR_COST)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("missing", ["", DATABASE])
def test_a_missing_book_is_not_found_and_never_new(folder: Path, missing: str) -> None:
    gone = folder / missing if missing else folder
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()

    with refused("DB-NOT-FOUND"):
        open_book(folder, password=PASSWORD)
    assert not gone.exists()


def test_a_missing_key_container_is_named(folder: Path) -> None:
    (folder / KEYBOX).unlink()

    with refused("DB-KEYBOX-MISSING"):
        open_book(folder, password=PASSWORD)


def test_the_key_container_of_another_book_is_named(folder: Path, tmp_path: Path) -> None:
    create_book(tmp_path / "别村", NewBook("350212105202"), password=PASSWORD, cost=FLOOR_COST)[0].close()
    shutil.copy(tmp_path / "别村" / KEYBOX, folder / KEYBOX)

    with refused("DB-KEY"):
        open_book(folder, password=PASSWORD)


def test_a_newer_shape_is_refused_naming_both_and_left_alone(folder: Path, place: Place) -> None:
    raw = raw_connection(place)
    raw.execute(f"PRAGMA user_version = {newest() + 6}")
    raw.close()

    with refused("DB-NEWER") as caught:
        open_book(folder, password=PASSWORD)
    assert f"第 {newest() + 6} 版" in caught.value.happened
    assert f"第 {newest()} 版" in caught.value.happened


def test_a_database_of_another_program_is_refused(folder: Path, place: Place) -> None:
    raw = raw_connection(place)
    raw.execute("PRAGMA application_id = 1")
    raw.close()

    with refused("DB-FOREIGN"):
        open_book(folder, password=PASSWORD)


def test_a_failed_opening_lets_go_of_the_lock(folder: Path, place: Place) -> None:
    raw = raw_connection(place)
    raw.execute(f"PRAGMA user_version = {newest() + 6}")
    with refused("DB-NEWER"):
        open_book(folder, password=PASSWORD)
    raw.execute(f"PRAGMA user_version = {newest()}")
    raw.close()

    with open_book(folder, password=PASSWORD) as book:
        assert book.notices == []


def test_a_second_opening_is_told_who_has_the_book(book: OpenBook, folder: Path) -> None:
    with refused("DB-IN-USE") as caught:
        open_book(folder, password=PASSWORD)
    assert str(os.getpid()) in caught.value.happened


HOLDER = """
import sys, time
from pathlib import Path
from db.lock import BookLock
lock = BookLock(Path(sys.argv[1])); lock.take(); print("held", flush=True); time.sleep(60)
"""


def test_the_lock_of_another_process_holds_until_it_is_killed(tmp_path: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"

    with refused("DB-IN-USE") as caught:
        BookLock(tmp_path).take()
    assert caught.value.facts["pid"] == other.pid

    other.send_signal(signal.SIGKILL)
    other.wait()
    other.stdout.close()
    mine = BookLock(tmp_path)
    mine.take()
    assert mine.ended_badly
    mine.release()
    again = BookLock(tmp_path)
    again.take()
    assert not again.ended_badly
    again.release()


def test_a_garbled_lock_file_does_not_keep_anybody_out(tmp_path: Path) -> None:
    (tmp_path / lock_module.NAME).write_bytes(b"\xff\x00[1,2")

    mine = BookLock(tmp_path)
    mine.take()
    mine.release()
    assert b"closed" in (tmp_path / lock_module.NAME).read_bytes()


def test_a_log_that_somebody_took_away_is_noticed(opened: Callable[[], OpenBook]) -> None:
    first = opened()
    one = add(first)
    first.close()
    (first.folder / lock_module.NAME).write_text('{"pid": 1}')

    second = opened()
    assert [notice.code for notice in second.notices] == ["DB-LOG-MISSING"]
    assert second.store.get(Facility, one.uid) == one
    second.close()
    assert opened().notices == []


CRASHER = """
import os, sys
from pathlib import Path
from db.book import open_book
from xmdesk.records.facility import Facility
book = open_book(Path(sys.argv[1]), password=sys.stdin.readline())
with book.store.change("新增") as change:
    change.save(Facility(name="断电以前"))
os._exit(9)
"""


def test_an_end_without_closing_is_noticed_once_and_loses_nothing(
    folder: Path, opened: Callable[[], OpenBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-W", "ignore", "-c", CRASHER, str(folder)]
    ended = subprocess.run(command, cwd=ROOT, input=PASSWORD, text=True, check=False)
    assert ended.returncode == 9
    log = (folder / f"{DATABASE}-wal").read_bytes()
    assert len(log) > 4096
    assert "断电以前".encode() not in log
    checks: list[bool] = []
    monkeypatch.setattr(book_module, "is_quickly_sound", lambda _: checks.append(True) or True)

    first = opened()
    assert [notice.code for notice in first.notices] == ["DB-ENDED-BADLY"]
    assert [one.name for one in first.store.all(Facility)] == ["断电以前"]
    assert checks == [True]
    first.close()
    second = opened()
    assert (second.notices, checks) == ([], [True])


def test_damage_is_found_when_a_check_is_due(folder: Path, opened: Callable[[], OpenBook]) -> None:
    first = opened()
    with first.store.change("导入") as change:
        change.save_many([Facility(name=f"设施{at}") for at in range(2000)])
    first.close()
    damage(folder / DATABASE)

    with clock.frozen(clock.now() + timedelta(days=8)), refused("DB-DAMAGED"):
        opened()


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for page in range(len(content) // 2 // 4096 * 4096, len(content) - 4096, 4096):
        content[page + 100] ^= 1
    file.write_bytes(content)


def test_the_pages_are_checked_again_after_a_week_and_when_the_clock_went_back(
    folder: Path, opened: Callable[[], OpenBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    checks: list[datetime] = []
    monkeypatch.setattr(book_module, "is_quickly_sound", lambda _: checks.append(clock.now()) or True)
    start = datetime(2026, 11, 1, tzinfo=UTC)
    days = [0, 1, 6, 7, 8, 14, -3]

    for day in days:
        with clock.frozen(start + timedelta(days=day)):
            opened().close()

    assert [(moment - start).days for moment in checks] == [0, 7, 14, -3]


def test_leftovers_of_a_broken_off_backup_or_sealing_are_cleared(folder: Path, opened: Callable[[], OpenBook]) -> None:
    (folder / "上报件").mkdir()
    kept = folder / "上报件" / "上报_350212105206_2026-Q4_第1版_11111111.pdf"
    kept.write_bytes(b"x")
    backups = (folder / "备份" / "xm-2.part", folder / "备份" / "xm-2.part-journal")
    for part in (folder / "xm-1.part", *backups, folder / "上报件" / "xm-3.part"):
        part.write_bytes(b"x")

    opened()

    assert list(folder.rglob("xm-*")) == []
    assert kept.exists()


MOUNTS = """22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /mnt/share rw - cifs //server/share rw
31 22 8:17 / /media/stick\\0401 rw - vfat /dev/sdb1 rw
32 22 8:33 / /media/card rw - exfat /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("folder", "ground"),
    [
        ("/home/book", Ground.FIXED),
        ("/mnt/share/book", Ground.NETWORK),
        ("/media/stick 1/book", Ground.REMOVABLE),
        ("/media/card", Ground.REMOVABLE),
        ("/media/other", Ground.FIXED),
    ],
)
def test_network_shares_and_sticks_are_told_from_fixed_disks(tmp_path: Path, folder: str, ground: Ground) -> None:
    usb = tmp_path / "devices" / "usb1" / "sdb" / "sdb1"
    card = tmp_path / "devices" / "mmc" / "sdc" / "sdc1"
    for real, number in ((usb, "8:17"), (card, "8:33")):
        real.mkdir(parents=True)
        (tmp_path / number).symlink_to(real)
    (card.parent / "removable").write_text("1\n")

    assert ground_from_mounts(Path(folder), MOUNTS, tmp_path) is ground


def test_a_disk_with_a_name_that_is_no_utf8_keeps_nobody_from_the_book(folder: Path, small_disk: Path) -> None:
    strange = folder.parent / os.fsdecode("U盘".encode("gbk"))
    strange.mkdir()
    subprocess.run(["mount", "--bind", small_disk, strange], check=True)
    try:
        open_book(folder, password=PASSWORD).close()
    finally:
        subprocess.run(["umount", strange], check=True)


@pytest.mark.parametrize(
    ("ground", "code"), [(Ground.NETWORK, "DB-PLACE-NETWORK"), (Ground.REMOVABLE, "DB-PLACE-REMOVABLE")]
)
def test_a_book_is_not_opened_from_a_share_or_a_stick(
    folder: Path, ground: Ground, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ground_of(folder) is Ground.FIXED
    monkeypatch.setattr("db.places.ground_of", lambda _: ground)

    with refused(code):
        open_book(folder, password=PASSWORD)

"""Connections: key, pragmas, and how trouble of the disk is named."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import engine
from db.driver import DriverError
from db.engine import Place, raw_connection, reader_connection, writer_connection
from db.migrations.run import migrate
from db.store import Connections, SqlStore
from xmdesk.errors import Fault
from xmdesk.records.facility import Facility

KEY = b"k" * 32


def refused(code: str) -> "pytest.RaisesExc[Fault]":
    return pytest.RaisesExc(Fault, check=lambda fault: fault.code == code)


def open_store(file: Path) -> SqlStore:
    place = Place(file, KEY)
    writer = writer_connection(place, create=True)
    migrate(writer)
    return SqlStore(Connections(place, writer))


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[SqlStore]:
    made = open_store(tmp_path / "a.db")
    yield made
    made.close()


def add(store: SqlStore, *names: str) -> list[Facility]:
    made = [Facility(name=name) for name in names]
    with store.change("新增") as change:
        change.save_many(made)
    return made


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
        ("temp_store", 2),
        ("busy_timeout", 5000),
        ("wal_autocheckpoint", 500),
    ],
)
def test_the_writer_is_set_for_safety(kept: SqlStore, pragma: str, value: object) -> None:
    found = kept.connections.raw_writer.execute(f"PRAGMA {pragma}").fetchone()

    # SQLCipher keeps mmap_size out of encrypted databases by giving no answer at all.
    assert found is None or found[0] == value


def test_nothing_of_an_encrypted_file_can_be_read(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.db")
    add(store, "军营村老人活动中心")
    store.close()

    content = (tmp_path / "a.db").read_bytes()
    assert not content.startswith(b"SQLite")
    assert "军营村".encode() not in content


def test_a_closed_database_is_one_file(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.db")
    add(store, "甲")
    store.close()

    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("a.db")] == ["a.db"]


def test_another_key_is_named_and_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    open_store(tmp_path / "a.db").close()

    with refused("DB-KEY"):
        raw_connection(Place(tmp_path / "a.db", b"x" * 32))
    assert capfd.readouterr().err == ""


def test_a_key_of_another_length_is_our_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        raw_connection(Place(tmp_path / "a.db", b"short"), create=True)


def test_a_missing_file_is_not_found_and_never_made(tmp_path: Path) -> None:
    with refused("DB-NOT-FOUND"):
        raw_connection(Place(tmp_path / "a.db", KEY))
    assert list(tmp_path.iterdir()) == []


def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "sqlite_version", lambda: (3, 51, 2))

    with refused("DB-OLD-SQLITE"):
        raw_connection(Place(tmp_path / "a.db", KEY), create=True)


def test_readers_cannot_write(kept: SqlStore) -> None:
    reader = reader_connection(kept.connections.place)

    with pytest.raises(DriverError, match="readonly"):
        reader.execute("DELETE FROM facilities")
    reader.close()


def test_other_threads_read_what_is_committed_while_a_change_is_open(kept: SqlStore) -> None:
    add(kept, "甲")
    seen: list[int] = []

    with kept.change("新增") as change:
        change.save(Facility(name="乙"))
        other = threading.Thread(target=lambda: seen.append(kept.count(Facility)))
        other.start()
        other.join()
        mine = kept.count(Facility)

    assert (seen, mine, kept.count(Facility)) == ([1], 2, 2)


def test_changes_of_two_threads_queue(kept: SqlStore) -> None:
    def work() -> None:
        for _ in range(20):
            add(kept, "甲")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert kept.count(Facility) == 80
    assert kept.audit_head()[0] == 80


def test_a_writer_that_waits_too_long_is_told_so(kept: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TURN_SECONDS", 0.05)
    caught: list[str] = []

    def work() -> None:
        try:
            add(kept, "乙")
        except Fault as fault:
            caught.append(fault.code)

    with kept.change("新增"):
        other = threading.Thread(target=work)
        other.start()
        other.join()

    assert caught == ["DB-BUSY"]


def test_another_program_that_writes_makes_ours_busy(kept: SqlStore) -> None:
    stranger = writer_connection(kept.connections.place)
    stranger.execute("BEGIN IMMEDIATE")
    kept.connections.raw_writer.execute("PRAGMA busy_timeout = 50")

    with refused("DB-BUSY"):
        add(kept, "甲")
    stranger.execute("ROLLBACK")
    stranger.close()
    assert len(add(kept, "甲")) == 1


def test_a_damaged_page_is_named_and_the_rest_still_reads(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    store = open_store(file)
    add(store, *(f"设施{at}" for at in range(3000)))
    store.close()
    content = bytearray(file.read_bytes())
    for page in range(len(content) // 2, len(content) - 4096, 4096):
        content[page + 100] ^= 1
    file.write_bytes(content)

    with refused("DB-DAMAGED"), SqlClosing(file) as damaged:
        damaged.all(Facility)


class SqlClosing:
    """A store over an existing file, closed at the end."""

    def __init__(self, file: Path) -> None:
        place = Place(file, KEY)
        self.store = SqlStore(Connections(place, writer_connection(place)))

    def __enter__(self) -> SqlStore:
        return self.store

    def __exit__(self, *_: object) -> None:
        self.store.connections.raw_writer.close()


def test_a_read_only_file_is_named(tmp_path: Path) -> None:
    """Root writes everywhere, so the connection itself is told not to."""
    store = open_store(tmp_path / "a.db")
    store.connections.raw_writer.execute("PRAGMA query_only = ON")

    with refused("DB-READONLY"):
        add(store, "甲")
    store.connections.raw_writer.execute("PRAGMA query_only = OFF")
    store.close()


def test_an_error_of_ours_passes_unsorted(kept: SqlStore) -> None:
    from sqlalchemy.exc import OperationalError

    with pytest.raises(OperationalError, match="no such table") as caught, kept.connections.reading() as connection:
        connection.exec_driver_sql("SELECT 1 FROM nowhere WHERE 1 = ?", ("秘密",))
    assert "秘密" not in str(caught.value)


def test_the_same_uid_twice_behind_our_back_is_a_duplicate(kept: SqlStore) -> None:
    (one,) = add(kept, "甲")

    with refused("DB-DUPLICATE"), kept.connections.writing() as connection:
        connection.exec_driver_sql("INSERT INTO blob VALUES ('a', x'00'), ('a', x'00')")
    assert kept.get(Facility, one.uid) == one


def test_a_full_disk_is_named_nothing_is_lost_and_work_goes_on_after(small_disk: Path) -> None:
    store = open_store(small_disk / "a.db")
    kept: list[str] = []

    def fill() -> None:
        for at in range(1000):
            kept.extend(one.uid for one in add(store, *(f"设施{at}-{no}" for no in range(50))))

    with refused("DB-FULL"):
        fill()
    assert len(kept) >= 50
    assert sorted(store.uids(Facility)) == sorted(kept)
    assert store.connections.raw_writer.execute("PRAGMA integrity_check").fetchone()[0] == "ok"

    with refused("DB-FULL"):
        fill()
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    kept += [one.uid for one in add(store, "腾出空间以后")]
    assert sorted(store.uids(Facility)) == sorted(kept)
    store.close()

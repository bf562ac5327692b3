"""One path from nothing to today's shape; newer shapes are refused; a failed step changes nothing."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import StaticPool

from db.driver import MODULE, DriverError, RawConnection
from db.engine import Place, writer_connection
from db.migrations import run
from db.tables import ROWS, TRIGGERS, metadata, table_of
from xmdesk.errors import Fault
from xmdesk.records.registers import RECORDS

REAL = run.FOLDER
FROZEN = {
    "0001_start.sql": "257706c907b42122bb1976a9c3c0b215bac54b7dffd33734ba9746cae9e5a18b",
    "0002_field_notes.sql": "ec69be5ed1b27d74c0c348214f45329ff60ee87a0f63ab81f16ab323d6802095",
    "0003_handed_over.sql": "6bc79add62a343ae88f22a2af4ef19bdf457f39980a95a6a6382eba58b8b3e04",
    "0004_register_indexes.sql": "461df473255659020f71e99736dab33a4ec84faa7d94857c9764ef445a35bc8e",
    "0005_cycles.sql": "4e03fd098d85d3eb39c11afd3bb7a1c4984c9a6caaa7e1a00da512fa1c4b867c",
    "0006_searching.sql": "0be8fbafdb4dd022d213a562fa92e2a3932083310ae87aa48f08be0cf1a17af2",
    "0007_identity.sql": "e12676ddb69a8d166c92a74f5baa14d035f9f09f1163dabfb7ccdcab48b79221",
    "0008_decided.sql": "4ffd92917412abe930d6fddf065c4fc55aeaec190a559d874a6a3e743ab88891",
}
"""Every file by its SHA-256; a change of shape is a new file and a new line here."""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[RawConnection]:
    connection = writer_connection(Place(tmp_path / "a.db", b"k" * 32), create=True)
    yield connection
    connection.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations of this test's own, holding the real first one."""
    made = tmp_path / "migrations"
    made.mkdir()
    (made / "0001_start.sql").write_text((run.FOLDER / "0001_start.sql").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(run, "FOLDER", made)
    return made


def shape_of(connection: RawConnection) -> dict[str, object]:
    """Everything SQLAlchemy's inspector sees, and the triggers."""
    engine = create_engine("sqlite://", creator=lambda: connection, module=MODULE, poolclass=StaticPool)
    seen = inspect(engine)
    tables = {
        name: (
            {(one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(name)},
            {(one["name"], tuple(one["column_names"]), one["unique"]) for one in seen.get_indexes(name)},
            seen.get_pk_constraint(name)["constrained_columns"],
            seen.get_table_options(name),
        )
        for name in seen.get_table_names()
    }
    triggers = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    return {"tables": tables, "triggers": sorted(" ".join(row[0].split()) for row in triggers)}


def test_the_shape_from_migrations_is_the_shape_from_classes(empty: RawConnection, tmp_path: Path) -> None:
    run.migrate(empty)
    other = writer_connection(Place(tmp_path / "b.db", b"k" * 32), create=True)
    engine = create_engine("sqlite://", creator=lambda: other, module=MODULE, poolclass=StaticPool)
    metadata.create_all(engine)
    for trigger in TRIGGERS:
        other.execute(trigger)

    migrated, declared = shape_of(empty), shape_of(other)
    other.close()

    assert migrated == declared


def test_no_migration_changes_once_books_were_made_with_it() -> None:
    held = {path.name: sha256(path.read_text("utf-8").encode()).hexdigest() for path in run.migrations().values()}

    assert held == FROZEN


def test_every_record_has_its_table_with_strict_types() -> None:
    assert len(ROWS) == len(RECORDS)
    for record in RECORDS:
        table = table_of(record.key)  # type: ignore[attr-defined]
        assert issubclass(ROWS[table.name], record)
        assert table.dialect_options["sqlite"]["strict"]
        assert [column.name for column in table.primary_key] == ["uid"]


def test_migrating_twice_does_nothing_the_second_time(empty: RawConnection) -> None:
    assert run.migrate(empty) == run.newest()
    assert run.migrate(empty) == 0
    run.check_identity(empty)
    assert run.version_of(empty) == run.newest() == len(FROZEN)


def test_an_old_book_is_backed_up_first_and_gets_only_what_it_lacks(empty: RawConnection, folder: Path) -> None:
    run.migrate(empty)
    empty.execute("INSERT INTO upkeep VALUES ('kept', 'yes')")
    (folder / "0002_more.sql").write_text(
        "-- what changed; and why\nALTER TABLE upkeep ADD COLUMN extra TEXT NOT NULL DEFAULT ';';\n"
        "CREATE TRIGGER t AFTER INSERT ON upkeep BEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n",
        "utf-8",
    )
    calls: list[int] = []

    assert run.migrate(empty, backup=lambda: calls.append(run.version_of(empty))) == 1

    assert calls == [1]
    assert run.version_of(empty) == 2
    assert empty.execute("SELECT value, extra FROM upkeep").fetchall() == [("yes", ";")]


def test_a_book_from_before_notes_on_fields_gets_room_for_them(empty: RawConnection, folder: Path) -> None:
    run.migrate(empty)
    empty.execute("INSERT INTO upkeep VALUES ('kept', 'yes')")
    (folder / "0002_field_notes.sql").write_bytes((REAL / "0002_field_notes.sql").read_bytes())

    assert run.migrate(empty) == 1

    assert empty.execute("SELECT count(*) FROM field_notes").fetchone() == (0,)
    assert empty.execute("SELECT value FROM upkeep").fetchall() == [("yes",)]


def test_a_new_database_needs_no_backup(empty: RawConnection) -> None:
    calls: list[int] = []

    run.migrate(empty, backup=lambda: calls.append(1))

    assert calls == []


def test_a_failing_migration_leaves_the_old_shape(empty: RawConnection, folder: Path) -> None:
    run.migrate(empty)
    (folder / "0002_more.sql").write_text("DROP TABLE blob;\nCREATE TABLE upkeep (x);\n", "utf-8")

    with pytest.raises(DriverError, match="already exists"):
        run.migrate(empty)

    assert run.version_of(empty) == 1
    assert empty.execute("SELECT count(*) FROM blob").fetchone()[0] == 0
    assert not empty.in_transaction


def test_a_migration_that_breaks_a_reference_is_rolled_back(empty: RawConnection, folder: Path) -> None:
    run.migrate(empty)
    (folder / "0002_more.sql").write_text(
        "CREATE TABLE parent (id INTEGER PRIMARY KEY);\n"
        "CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO child VALUES (7);\n",
        "utf-8",
    )

    with pytest.raises(Fault) as caught:
        run.migrate(empty)

    assert caught.value.code == "DB-DAMAGED"
    assert run.version_of(empty) == 1


def test_newer_and_foreign_databases_are_told_apart(empty: RawConnection) -> None:
    with pytest.raises(Fault) as foreign:
        run.check_identity(empty)
    run.migrate(empty)
    empty.execute(f"PRAGMA user_version = {run.newest() + 1}")
    with pytest.raises(Fault) as newer:
        run.check_identity(empty)

    assert (foreign.value.code, newer.value.code) == ("DB-FOREIGN", "DB-NEWER")


def test_the_marks_of_our_files_lie_where_tools_look(tmp_path: Path) -> None:
    """``application_id`` at bytes 68–71 and ``user_version`` at 60–63 of an unencrypted file (sqlite.org/fileformat2)."""
    connection = writer_connection(Place(tmp_path / "plain.db"), create=True)
    run.migrate(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()

    content = (tmp_path / "plain.db").read_bytes()
    assert content[68:72] == b"XMDK"
    assert content[60:64] == run.newest().to_bytes(4, "big")

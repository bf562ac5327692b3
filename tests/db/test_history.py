"""Undo, redo, and the chain that shows later changes to history."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from db import history
from db.driver import DriverError
from db.store import SqlStore
from xmdesk.errors import WrongUse
from xmdesk.ports import StepKind
from xmdesk.records.base import Record
from xmdesk.records.doings import Training
from xmdesk.records.facility import Facility


def save(store: SqlStore, *records: Record, kind: StepKind = StepKind.EDIT, label: str = "修改") -> int:
    with store.change(label, kind=kind) as change:
        for record in records:
            change.save(record)
    return store.audit_head()[0]


def remove(store: SqlStore, *records: Record) -> None:
    with store.change("删除") as change:
        for record in records:
            change.remove(record)


def names(store: SqlStore) -> list[str]:
    return sorted(one.name for one in store.all(Facility))


def facilities(*names: str) -> Sequence[Facility]:
    return [Facility(name=name) for name in names]


def test_undo_and_redo_walk_back_and_forth(store: SqlStore) -> None:
    one, two = facilities("甲", "乙")
    save(store, one, label="新增甲")
    save(store, two, label="新增乙")
    save(store, one.changed(name="甲二"), label="改名")
    remove(store, two)

    seen = [names(store)]
    for _ in range(4):
        store.undo()
        seen.append(names(store))
    for _ in range(4):
        store.redo()
        seen.append(names(store))

    assert seen == [
        ["甲二"], ["乙", "甲二"], ["乙", "甲"], ["甲"], [],
        ["甲"], ["乙", "甲"], ["乙", "甲二"], ["甲二"],
    ]  # fmt: skip


def test_undo_names_the_step_it_would_take_back(store: SqlStore) -> None:
    save(store, *facilities("甲"), label="新增甲")
    save(store, *facilities("乙"), label="新增乙")

    labels = []
    while step := store.undoable():
        labels.append(step.label)
        store.undo()

    assert labels == ["新增乙", "新增甲"]
    redoable = store.redoable()
    assert redoable is not None
    assert redoable.label == "新增甲"


def test_undo_leaves_a_step_of_its_own_and_marks_the_one_undone(store: SqlStore) -> None:
    number = save(store, *facilities("甲"), label="新增甲")

    result = store.undo(by="p1")

    newest, oldest = store.steps()
    assert (result.step, result.removed, result.restored, result.kept) == (number, 1, 0, ())
    assert (newest.kind, newest.label, newest.by) == (StepKind.UNDO, "撤销：新增甲", "p1")
    assert oldest.undone_by == newest.number
    store.redo()
    assert store.steps()[-1].undone_by is None


def test_undo_twice_needs_something_to_undo(store: SqlStore) -> None:
    save(store, *facilities("甲"))
    store.undo()

    with pytest.raises(WrongUse) as caught:
        store.undo()

    assert caught.value.code == "DB-UNDO-NOTHING"


def test_a_new_edit_ends_the_chance_to_redo(store: SqlStore) -> None:
    save(store, *facilities("甲"))
    store.undo()
    save(store, *facilities("乙"))

    assert store.redoable() is None
    with pytest.raises(WrongUse) as caught:
        store.redo()
    assert caught.value.code == "DB-REDO-NOTHING"


def test_undo_passes_over_system_steps(store: SqlStore) -> None:
    (one,) = facilities("甲")
    save(store, one, label="新增甲")
    save(store, *facilities("系统"), kind=StepKind.SYSTEM)

    store.undo()

    assert names(store) == ["系统"]
    assert store.undoable() is None


def test_undo_never_crosses_a_sealed_submission(store: SqlStore) -> None:
    edit = save(store, *facilities("甲"))
    before = store.is_sealed_behind()
    save(store, *facilities("密封"), kind=StepKind.SEAL)

    assert store.undoable() is None
    assert (before, store.is_sealed_behind()) == (False, True)
    with pytest.raises(WrongUse) as caught:
        store.undo(edit)
    assert caught.value.code == "DB-UNDO-SEALED"


def test_an_undone_edit_cannot_come_back_across_a_sealed_submission(store: SqlStore) -> None:
    save(store, *facilities("甲"))
    store.undo()
    save(store, *facilities("密封"), kind=StepKind.SEAL)

    assert store.redoable() is None


def test_an_import_is_taken_back_long_after_and_later_work_is_kept(store: SqlStore) -> None:
    """R: an import batch may be undone months later; records changed since are kept and listed."""
    old, changed, gone, same = facilities("原有", "后改", "后删", "照旧")
    save(store, old)
    batch = save(store, old.changed(remark="导入"), changed, gone, same, kind=StepKind.IMPORT, label="导入设施")
    save(store, changed.changed(name="后改二"))
    remove(store, gone)
    save(store, *facilities("密封"), kind=StepKind.SEAL)

    result = store.undo(batch)

    assert (result.step, result.removed, result.restored) == (batch, 1, 1)
    assert result.kept == (("facilities", changed.uid),)
    assert names(store) == ["原有", "后改二", "密封"]
    assert store.get(Facility, old.uid) == old


def test_an_import_and_the_steps_that_belong_to_it_are_taken_back_together_as_was_tried(store: SqlStore) -> None:
    one, two, other = facilities("甲", "乙", "别的")
    batch = save(store, one, kind=StepKind.IMPORT, label="导入设施")
    along = save(store, one.changed(name="甲二"), two, label="补录")
    save(store, other)
    save(store, *facilities("密封"), kind=StepKind.SEAL)
    head = store.audit_head()

    would = store.undo_all([along, batch], is_trial=True)
    untouched = names(store), store.audit_head()
    result = store.undo_all([along, batch])

    assert untouched == (["乙", "别的", "密封", "甲二"], head)
    assert would == result
    assert (result.step, result.removed, result.restored, result.kept) == (batch, 2, 0, ())
    assert names(store) == ["别的", "密封"]
    store.redo()
    assert names(store) == ["别的", "密封", "甲"]
    store.redo()
    assert names(store) == ["乙", "别的", "密封", "甲二"]
    assert store.redoable() is None
    with store.connections.reading() as connection:
        assert history.first_break(connection) == 0


def test_a_record_changed_later_and_changed_back_counts_as_unchanged(store: SqlStore) -> None:
    (one,) = facilities("甲")
    batch = save(store, one, kind=StepKind.IMPORT)
    save(store, one.changed(name="乙"))
    save(store, one)

    assert store.undo(batch).kept == ()
    assert names(store) == []


def test_an_undo_that_keeps_everything_still_counts_as_done(store: SqlStore) -> None:
    (one,) = facilities("甲")
    batch = save(store, one, kind=StepKind.IMPORT)
    save(store, one.changed(name="乙"), kind=StepKind.SYSTEM)

    assert store.undo(batch).kept == (("facilities", one.uid),)
    assert store.undoable() is None
    with pytest.raises(WrongUse) as caught:
        store.undo(batch)
    assert caught.value.code == "DB-UNDO-DONE"


@pytest.mark.parametrize("kind", [StepKind.SEAL, StepKind.SYSTEM])
def test_only_edits_and_imports_are_taken_back_by_number(store: SqlStore, kind: StepKind) -> None:
    number = save(store, *facilities("甲"), kind=kind)

    for wanted in (number, 99):
        with pytest.raises(WrongUse) as caught:
            store.undo(wanted)
        assert caught.value.code == "DB-UNDO-UNKNOWN"


def test_a_step_over_several_registers_is_taken_back_whole(store: SqlStore) -> None:
    one, training = Facility(name="甲"), Training(theme="防汛")
    save(store, one, training)

    result = store.undo()

    assert result.removed == 2
    assert store.all(Facility) == []
    assert store.all(Training) == []


def test_a_note_from_an_older_shape_still_counts_as_unchanged(store: SqlStore) -> None:
    """A field added since is not in old notes; a field gone since is still in them."""
    (one,) = facilities("甲")
    save(store, one)
    raw = store.connections.raw_writer
    raw.execute("DROP TRIGGER history_entry_update")
    raw.execute("UPDATE history_entry SET after = json_insert(after, '$.long_gone', 'x')")

    assert store.undo().removed == 1


def test_a_new_chain_starts_from_zeros_and_each_link_names_the_one_before(store: SqlStore) -> None:
    heads = [store.audit_head()]
    for name in "甲乙丙":
        save(store, *facilities(name))
        heads.append(store.audit_head())

    assert heads[0] == (0, "0" * 64)
    assert [number for number, _ in heads] == [0, 1, 2, 3]
    links = store.connections.raw_writer.execute("SELECT prev, h FROM history_step ORDER BY number").fetchall()
    assert [tuple(row) for row in links] == [(heads[at][1], heads[at + 1][1]) for at in range(3)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_step SET label = 'x' WHERE number = 1",
        "DELETE FROM history_step WHERE number = 3",
        "UPDATE history_entry SET after = NULL WHERE step = 2",
        "DELETE FROM history_entry WHERE step = 2",
        "INSERT INTO history_entry (step, key, uid) VALUES (2, 'facilities', 'x')",
    ],
)
def test_history_refuses_to_be_rewritten(store: SqlStore, statement: str) -> None:
    for name in "甲乙丙":
        save(store, *facilities(name))

    with pytest.raises(DriverError, match="append-only"):
        store.connections.raw_writer.execute(statement)


def broken(store: SqlStore, since: int = 0) -> int:
    with store.connections.reading() as connection:
        return history.first_break(connection, since=since)


def without_triggers(store: SqlStore, statement: str) -> None:
    raw = store.connections.raw_writer
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(statement)


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE history_step SET by = 'x' WHERE number = 2", 2),
        ("UPDATE history_step SET at = '2020-01-01T00:00:00Z' WHERE number = 4", 4),
        ("DELETE FROM history_step WHERE number = 3", 4),
        ("DELETE FROM history_step WHERE number = 1", 2),
        ("UPDATE history_entry SET after = replace(after, '乙', '假') WHERE step = 2", 2),
        ("UPDATE history_entry SET before = '{}' WHERE step = 3", 3),
        ("DELETE FROM history_entry WHERE step = 1", 1),
        ("INSERT INTO history_entry (step, key, uid) VALUES (1, 'facilities', 'x')", 1),
        ("INSERT INTO history_entry (step, key, uid) VALUES (9, 'facilities', 'x')", 9),
        ("DELETE FROM history_step WHERE number = 5", 5),
    ],
)
def test_an_edit_behind_the_program_breaks_the_chain_where_it_happened(
    store: SqlStore, statement: str, first: int
) -> None:
    for name in "甲乙丙丁戊":
        save(store, *facilities(name))
    assert broken(store) == 0

    without_triggers(store, statement)

    assert broken(store) == first


def test_a_tail_cut_off_whole_is_seen_only_by_who_holds_the_head(store: SqlStore) -> None:
    for name in "甲乙丙":
        save(store, *facilities(name))
    anchor = store.audit_head()

    without_triggers(store, "DELETE FROM history_step WHERE number = 3")
    store.connections.raw_writer.execute("DELETE FROM history_entry WHERE step = 3")

    assert broken(store) == 0
    assert store.audit_head()[0] < anchor[0]


def test_a_look_at_the_tail_starts_in_the_middle(store: SqlStore) -> None:
    for name in "甲乙丙丁戊":
        save(store, *facilities(name))
    without_triggers(store, "UPDATE history_step SET by = 'x' WHERE number = 2")

    assert broken(store, since=3) == 0
    assert broken(store, since=2) == 2


def test_the_chain_holds_over_undo_redo_and_folded_entries(store: SqlStore) -> None:
    one, two, three = facilities("甲", "乙", "丙")
    with store.change("多次") as change:
        change.save(one)
        change.save(two)
        change.save(one.changed(name="甲二"))
        change.remove(two)
        change.save_many([three, three.changed(name="丙二")])
    store.undo()
    store.redo()

    assert broken(store) == 0
    assert names(store) == ["丙二", "甲二"]
    assert len(store.entries(step=1)) == 2


def test_a_link_hashes_every_part_of_a_step() -> None:
    link = history.Link(1, "修改", "edit", "2026-01-01T00:00:00Z", "", 0, "facilities", 1, "00", "0" * 64)
    other: dict[str, object] = {
        name: (value + 1 if isinstance(value, int) else value + "x") for name, value in vars(link).items()
    }

    hashes = {replace(link, **{name: value}).h() for name, value in other.items()}  # type: ignore[arg-type]

    assert len(hashes - {link.h()}) == len(other)

"""Saving through history: in bulk and one by one, against plain inserts of the same JSON into an encrypted table."""

import json
import os
from pathlib import Path
from statistics import quantiles

from tests.bench import invented
from tests.bench.child import Values, measured, seconds, temporary
from tests.bench.printing import Aim, Row, show

TITLE = "Saves through history (people, WAL, synchronous=FULL, encrypted)"
IN_A_STEP = 1000


def run(*, quick: bool) -> list[Aim]:
    count, singles = (300, 20) if quick else (100_000, 2000)
    plain = measured(inserted, count)
    ours = measured(saved, count, singles)
    base = plain["seconds"]
    show(
        TITLE,
        [
            Row(f"executemany of {count:,} JSON texts, {IN_A_STEP:,} a commit", base, 0, plain["peak"]),
            Row(f"{count:,} saves, {IN_A_STEP:,} a step", ours["bulk"], ours["bulk"] / base, ours["peak"]),
            Row("undo of one such step", ours["undo"]),
            Row("one save a step, half of them faster than", ours["half"], remark=f"{singles:,} saves"),
            Row("one save a step, 95 % faster than", ours["most"]),
        ],
    )
    return []


def inserted(count: int) -> Values:
    from db.driver import MODULE

    values = [(one.uid, json.dumps(one.model_dump(mode="json"), ensure_ascii=False)) for one in invented.people(count)]
    with temporary() as folder:
        connection = MODULE.connect(str(Path(folder) / "plain.db"), isolation_level=None)
        connection.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
        for order in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
            connection.execute(order)
        connection.execute("CREATE TABLE person (uid TEXT PRIMARY KEY, note TEXT) WITHOUT ROWID")
        found = seconds(lambda: [_insert(connection, values[at : at + IN_A_STEP]) for at in range(0, count, IN_A_STEP)])
        connection.close()
        return {"seconds": found}


def _insert(connection, values: list[tuple[str, str]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO person VALUES (?, ?)", values)
    connection.execute("COMMIT")


def saved(count: int, singles: int) -> Values:
    held = invented.people(count)
    with temporary() as folder, invented.book(Path(folder) / "册", "350212105206", "榕下村").closing() as desk:
        bulk = seconds(lambda: [_save(desk, held[at : at + IN_A_STEP]) for at in range(0, count, IN_A_STEP)])
        undo = seconds(desk.store.undo)
        each = [seconds(lambda one=one: _save(desk, [one.changed(post="网格员")])) for one in held[:singles]]
        twentieths = quantiles(each, n=20)
        return {"bulk": bulk, "undo": undo, "half": twentieths[9], "most": twentieths[18]}


def _save(desk, records: list) -> None:
    with desk.store.change("修改人员") as change:
        change.save_many(records)

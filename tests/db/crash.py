"""Kill -9 a process that saves and imports, then look: every acknowledged step is there, whole, and nothing else is broken.

The child writes single records and imports of many; after each commit it appends one line to a file and flushes it. The
parent kills it at a random moment and opens the book again in its own process, as the next start would.
"""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from db import history
from db.book import DATABASE, open_book

ROOT = Path(__file__).resolve().parents[2]

NURSERY = """
import os, signal, sys
from pathlib import Path
from db.engine import Connections, Place, writer_connection
from db.lock import BookLock
from db.store import SqlStore
from xmdesk.ports import StepKind
from xmdesk.records.facility import Facility

def work(folder, key, acknowledged):
    lock = BookLock(folder)
    lock.take()
    place = Place(folder / "台账.db", key)
    store = SqlStore(Connections(place, writer_connection(place)))
    print(os.getpid(), flush=True)
    turn = 0
    while True:
        turn += 1
        size = 300 if turn % 7 == 0 else 1 + turn % 3
        with store.change(f"批{size}", kind=StepKind.IMPORT if size == 300 else StepKind.EDIT) as change:
            change.save_many([Facility(name=f"{change.number}/{size}") for _ in range(size)])
            number = change.number
        if turn % 5 == 0:
            store.undo()
        print(f"{number} {size} {'undone' if turn % 5 == 0 else 'kept'}", file=acknowledged, flush=True)

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
key = bytes.fromhex(sys.stdin.readline().strip())
for line in sys.stdin:
    if os.fork() == 0:
        work(Path(sys.argv[1]), key, open(sys.argv[2], "a"))
"""
"""Imports once, then forks a child for each line it reads; no database is open at the time of the fork."""


@dataclass
class Outcome:
    """Sums over many kills."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    partial: int = 0
    corrupt: int = 0
    live_logs: int = 0
    head: int = 0


class Nursery:
    """The process that brings forth the children to be killed."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self.told = folder.parent / "acknowledged.txt"
        command = [sys.executable, "-W", "ignore", "-c", NURSERY, str(folder), str(self.told)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say(key.hex())

    def raise_and_kill(self, seconds: float) -> list[str]:
        """Let a child work for so long, kill it, and return what it acknowledged."""
        self.told.write_text("")
        self._say("go")
        assert self._process.stdout is not None
        child = int(self._process.stdout.readline())
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        while Path(f"/proc/{child}").exists():
            time.sleep(0.002)
        return self.told.read_text().splitlines()

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()


def kill_often(folder: Path, *, key: bytes, password: str, kills: int, chance: random.Random) -> Outcome:
    """Kill so many children, looking at the book after each."""
    outcome, nursery = Outcome(), Nursery(folder, key)
    try:
        for _ in range(kills):
            told = nursery.raise_and_kill(chance.uniform(0.02, 0.25))
            outcome.kills += 1
            outcome.live_logs += (folder / f"{DATABASE}-wal").exists()
            _look(folder, told, password=password, outcome=outcome)
    finally:
        nursery.close()
    return outcome


def _look(folder: Path, told: list[str], *, password: str, outcome: Outcome) -> None:
    with open_book(folder, password=password) as book:
        assert [notice.code for notice in book.notices if notice.code != "DB-SPACE-LOW"] == ["DB-ENDED-BADLY"]
        with book.store.connections.resting() as raw:
            present = dict(raw.execute("SELECT name, count(*) FROM facilities GROUP BY name").fetchall())
            outcome.corrupt += raw.execute("PRAGMA quick_check").fetchone()[0] != "ok"
        with book.store.connections.reading() as connection:
            outcome.corrupt += history.first_break(connection, since=outcome.head) != 0
        outcome.head = book.store.audit_head()[0]
    outcome.partial += sum(count != int(name.partition("/")[2]) for name, count in present.items())
    for line in told:
        number, size, end = line.split()
        outcome.acknowledged += 1
        outcome.lost += present.get(f"{number}/{size}", 0) != (int(size) if end == "kept" else 0)

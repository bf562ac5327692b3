"""Kill the program 200 times (or as often as the first argument says) while it saves and imports; print the table."""

import random
import sys
import tempfile
import time
from pathlib import Path

from db.book import KEYBOX, NewBook, create_book, read_keybox
from tests.db.crash import kill_often
from xmdesk.trust.argon import FLOOR_COST

PASSWORD = "高山云雾茶2026"


def main(kills: int) -> int:
    """Run, print, and fail when anything was lost, torn or damaged."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "册"
        create_book(folder, NewBook("350212105201"), password=PASSWORD, cost=FLOOR_COST)[0].close()
        key = read_keybox(folder / KEYBOX).open(PASSWORD)
        outcome = kill_often(folder, key=key, password=PASSWORD, kills=kills, chance=random.Random())
    rows = {**vars(outcome), "seconds": round(time.perf_counter() - started, 1)}
    sys.stdout.writelines(f"{name:14}{value:>10}\n" for name, value in rows.items())
    return 1 if outcome.lost or outcome.partial or outcome.corrupt else 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))

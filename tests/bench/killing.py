"""Killing the program at random moments of imports and saves; the harness is tests.db.crash."""

import random
from pathlib import Path

from tests.bench.child import Values, measured, temporary
from tests.bench.printing import Aim, Row, show

TITLE = "kill -9 at random moments of saves and imports"


def run(*, quick: bool) -> list[Aim]:
    found = measured(killed, 1 if quick else 200)
    took, memory = found.pop("seconds"), found.pop("peak")
    rows = [Row(f"{found['kills']} kills", took, 0, memory)] if "kills" in found else [Row("kills", took, 0, memory)]
    show(TITLE, [*rows, *(Row(f"  {name}", -1, remark=str(value)) for name, value in found.items())])
    return [Aim(f"acknowledged changes {name}", found[name], 0, "") for name in ("lost", "partial", "corrupt")]


def killed(kills: int) -> Values:
    import time

    from db.book import KEYBOX, NewBook, create_book, read_keybox
    from tests.bench.crash import PASSWORD
    from tests.db.crash import kill_often
    from xmdesk.trust.argon import FLOOR_COST

    begun = time.perf_counter()
    with temporary() as parent:
        folder = Path(parent) / "册"
        create_book(folder, NewBook("350212105201"), password=PASSWORD, cost=FLOOR_COST)[0].close()
        key = read_keybox(folder / KEYBOX).open(PASSWORD)
        outcome = kill_often(folder, key=key, password=PASSWORD, kills=kills, chance=random.Random())
    return {**vars(outcome), "seconds": time.perf_counter() - begun}

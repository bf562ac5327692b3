"""Keys and clicks of five everyday tasks: in our window, counted as they are sent, and by key in a spreadsheet."""

from pathlib import Path

from tests.bench.child import temporary
from tests.bench.printing import Aim, say
from tests.journeys.everyday import Counted, counted
from tests.journeys.screen import can_show


def run(*, quick: bool) -> list[Aim]:
    """Count in a real window on a screen of its own; nothing where there is none."""
    if not can_show():
        say("\nKeys: needs Xvfb, openbox and xdotool")
        return []
    with temporary() as folder:
        found = counted(Path(folder))
    say("\nKeys pressed + letters typed + clicks, until it is stored")
    for one in found:
        say(f"  {told(one)}")
    return [Aim(f"keys: {one.task}", one.ours.sum / one.sheet.sum, 1) for one in found]


def told(one: Counted) -> str:
    """One line of the table in DECISIONS.md."""
    return f"| {one.task} | {one.ours} | {one.sheet} |"

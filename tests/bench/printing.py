"""Tables and aims as plain text."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line: what was measured, seconds, how many times the denominator (0: it is the denominator), peak MB."""

    name: str
    seconds: float
    times: float = 0
    peak: float = 0
    remark: str = ""


@dataclass(frozen=True)
class Aim:
    """A measured ratio or number against what was agreed."""

    name: str
    found: float
    most: float
    unit: str = "x"


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show(title: str, rows: Sequence[Row]) -> None:
    """Print a table; widths fit the longest name."""
    say(f"\n{title}")
    wide = max(len(row.name) for row in rows)
    say(f"  {'':{wide}}  {'seconds':>9}  {'ratio':>6}  {'peak MB':>7}")
    for row in rows:
        ratio = f"{row.times:.2f}" if row.times else ""
        memory = f"{row.peak:.0f}" if row.peak else ""
        shown = "" if row.seconds < 0 else f"{row.seconds:.4f}" if row.seconds < 0.1 else f"{row.seconds:.2f}"
        say(f"  {row.name:{wide}}  {shown:>9}  {ratio:>6}  {memory:>7}  {row.remark}".rstrip())


def judge(aims: Sequence[Aim]) -> bool:
    """Print every aim with what was found; True when all were met."""
    say("\nAims")
    for aim in aims:
        word = "met" if aim.found <= aim.most else "MISSED"
        say(f"  {word:<6}  {aim.name}: {aim.found:.2f} {aim.unit}, at most {aim.most:g} {aim.unit}")
    return all(aim.found <= aim.most for aim in aims)

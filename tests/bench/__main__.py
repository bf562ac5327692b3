"""Measure: ``./xm bench [--quick] [sealing receiving sheets history tables painting killing keys]``; no words means all."""

import os
import platform
import sys

from tests.bench import history, keys, killing, painting, receiving, sealing, sheets, tables
from tests.bench.printing import Aim, judge, say

BENCHES = {
    "sealing": sealing,
    "receiving": receiving,
    "sheets": sheets,
    "history": history,
    "tables": tables,
    "painting": painting,
    "killing": killing,
    "keys": keys,
}


def main(words: list[str]) -> int:
    """Run the chosen measurements one after the other; exit code 1 when an aim was missed, 2 for an unknown word."""
    quick = "--quick" in words
    chosen = [word for word in words if word != "--quick"] or list(BENCHES)
    unknown = [word for word in chosen if word not in BENCHES]
    if unknown:
        say(f"unknown: {' '.join(unknown)}; there are {' '.join(BENCHES)} and --quick")
        return 2
    say(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}")
    aims: list[Aim] = []
    for word in chosen:
        aims += BENCHES[word].run(quick=quick)
    return 0 if not aims or judge(aims) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

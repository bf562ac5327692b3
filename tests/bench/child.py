"""One measurement in a process of its own, so that nothing warm and no memory is left over from the one before."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

Values = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]


def measured(measure: Callable[..., Values], *arguments: Any) -> Values:
    """Run a function of this package in a fresh process; its answer, with ``peak`` memory in MB of the tree."""
    command = [sys.executable, "-m", "tests.bench.child", measure.__module__, measure.__name__, json.dumps(arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def repeated(act: Callable[[], Any], times: int) -> Values:
    """Do something several times: ``first`` call and ``median`` of the later ones, in seconds."""
    first = seconds(act)
    later = [seconds(act) for _ in range(times)]
    return {"first": first, "median": median(later or [first])}


def seconds(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="xmdesk-bench-", ignore_cleanup_errors=True)


def peak() -> float:
    """Return the largest resident memory of this process or of one of its children in MB; 0 where nobody counts it."""
    if sys.platform == "win32":
        return 0.0
    import resource

    own, theirs = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(own, theirs) / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main(module: str, name: str, arguments: str) -> None:
    found = getattr(import_module(module), name)(*json.loads(arguments))
    sys.stdout.write(json.dumps({**found, "peak": peak()}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

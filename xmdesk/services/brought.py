"""Files that were brought to the district, read and verified ahead of whoever takes them in."""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from xmdesk.child import Child, shared
from xmdesk.errors import XmError
from xmdesk.files import read_bytes
from xmdesk.services.opening import LARGEST, verify_bytes
from xmdesk.services.verifying import Verified


@dataclass(frozen=True)
class Brought:
    """One file as it was brought: its bytes and what verifying found, or why it could not be read."""

    path: Path
    data: bytes
    found: Verified | None
    trouble: XmError | None


@dataclass(frozen=True)
class ReadingAhead:
    """Reads files ahead and verifies them, each in a child."""

    trust: bytes
    compare: bool
    workers: int

    @contextmanager
    def of(self, files: Sequence[Path]) -> Generator[Iterator[Brought]]:
        """Give the files in their order; what was not read yet is left when the block is."""
        with ExitStack() as stack:
            children: SimpleQueue[Child] = SimpleQueue()
            children.put(shared())  # warm: to start one and load what verifies takes longer than to verify a file
            for _ in range(min(self.workers, len(files)) - 1):
                children.put(stack.enter_context(Child()))
            pool = stack.enter_context(ThreadPoolExecutor(self.workers))
            try:
                yield pool.map(partial(self._read, children), files)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _read(self, children: "SimpleQueue[Child]", path: Path) -> Brought:
        child = children.get()
        try:
            data = read_bytes(path, LARGEST)
            return Brought(path, data, verify_bytes(data, self.trust, compare=self.compare, child=child), None)
        except XmError as trouble:
            return Brought(path, b"", None, trouble)
        finally:
            children.put(child)

"""Progress, cancelling and breathing for long work, known to the work and free of any toolkit."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

T = TypeVar("T")
BREATH = 2_000
"""So many records are passed over between two pauses by whoever does next to nothing with each."""
Breaths = Generator[None, None, T]
"""Work that pauses every few milliseconds by ``yield`` and returns its result, so that a window can do it in slices."""


class Cancelled(Exception):
    """The person asked to stop; the work in hand is rolled back."""


class Progress(Protocol):
    """What a long job reports to: a progress window, a terminal or nothing."""

    def step(self, done: int, total: int, text: str) -> None:
        """Report ``done`` of ``total``; raises :class:`Cancelled` when the person asked to stop."""
        ...


_is_stopped: ContextVar[Callable[[], bool]] = ContextVar("_is_stopped", default=lambda: False)


@contextmanager
def stopped_by(is_stopped: Callable[[], bool]) -> Generator[None]:
    """Let whatever is done inside stop at :func:`go_on` as soon as ``is_stopped`` says so."""
    before = _is_stopped.set(is_stopped)
    try:
        yield
    finally:
        _is_stopped.reset(before)


@contextmanager
def to_the_end() -> Generator[None]:
    """Let nobody stop what is done inside: half of it would be worse than none."""
    with stopped_by(lambda: False):
        yield


def go_on() -> None:
    """Go on, unless the person asked to stop: raises :class:`Cancelled`. For steps in the depth of a transaction."""
    if _is_stopped.get()():
        raise Cancelled


class Silent:
    """Progress that nobody watches."""

    def step(self, done: int, total: int, text: str) -> None:
        """Accept the report and go on."""


UNWATCHED = Silent()


def parted(held: Sequence[T], breath: int = BREATH) -> Iterator[Sequence[T]]:
    """The parts of a long sequence after each of which whoever passes over it takes breath."""
    for start in range(0, len(held), breath):
        yield held[start : start + breath]


def let_go(held: list[T]) -> Breaths[None]:
    """Empty a list whose members die with it, with pauses: so many at once would be felt."""
    while held:
        del held[-BREATH:]
        yield


def in_one_go(work: Breaths[T]) -> T:
    """Do work that breathes without a pause."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value

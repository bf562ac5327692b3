"""Progress and cancelling for long work, known to the work and free of any toolkit."""

from typing import Protocol


class Cancelled(Exception):
    """The person asked to stop; the work in hand is rolled back."""


class Progress(Protocol):
    """What a long job reports to: a progress window, a terminal or nothing."""

    def step(self, done: int, total: int, text: str) -> None:
        """Report ``done`` of ``total``; raises :class:`Cancelled` when the person asked to stop."""
        ...


class Silent:
    """Progress that nobody watches."""

    def step(self, done: int, total: int, text: str) -> None:
        """Accept the report and go on."""

"""One open book with everything a person can do at it. Built in ``ui.compose``; services are made when first used."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from xmdesk.ports import Store
from xmdesk.services.keyring import Keyring
from xmdesk.services.offices import OfficeDesk

if TYPE_CHECKING:
    from xmdesk.problems import Problem
    from xmdesk.services.checking import Checking
    from xmdesk.services.consolidating import Consolidating
    from xmdesk.services.enrolling import Enrolling
    from xmdesk.services.holding import Holding
    from xmdesk.services.importing import Importing
    from xmdesk.services.inbox import Inbox
    from xmdesk.services.quarantined import Quarantined
    from xmdesk.services.registers import Registers
    from xmdesk.services.reviewing import Reviewing
    from xmdesk.services.rosters import Rosters
    from xmdesk.services.submitting import Submitting
    from xmdesk.services.tasks import Tasks
    from xmdesk.services.timekeeping import Timekeeping


class Upkeep(Protocol):
    """What a desk asks of the open book itself; ``db`` provides it."""

    def close(self) -> None:
        """Close the book."""
        ...

    def back_up(self, reason: str, to: Path | None = None) -> Path:
        """Make a verified backup."""
        ...

    def back_up_if_due(self, reason: str) -> None:
        """Make a backup when something changed and the newest one is half an hour old."""
        ...

    def owes_long_backup(self) -> bool:
        """Tell whether a backup is due that takes so long that it is felt."""
        ...

    def notices(self) -> "list[Problem]":
        """Return what a person should hear of that was noticed when the book was opened."""
        ...

    def notice(self, found: "Problem") -> None:
        """Let a person hear of one thing more."""
        ...

    def put_notices_away(self) -> None:
        """The person has read them."""
        ...

    def newest_backup(self) -> str:
        """Return when the newest backup was made (ISO 8601, UTC), or nothing."""
        ...


@dataclass
class Desk:
    """A book at work: its folder, its memory, its keys, and the services over them."""

    folder: Path
    store: Store
    keyring: Keyring
    upkeep: Upkeep
    office: OfficeDesk = field(init=False)

    def __post_init__(self) -> None:
        """Make the service every other one needs."""
        self.office = OfficeDesk(self.store)

    @contextmanager
    def closing(self) -> Generator["Desk"]:
        """Use the desk in a ``with``; the book is closed at the end whatever happens."""
        try:
            yield self
        finally:
            self.upkeep.close()

    def before_bulk(self) -> None:
        """Make the forced backup before an import or another bulk change."""
        self.upkeep.back_up("导入前")

    def last_backup(self) -> str:
        """Return when the newest backup was made."""
        return self.upkeep.newest_backup()

    @cached_property
    def registers(self) -> "Registers":
        """Registers."""
        from xmdesk.services.registers import Registers

        return Registers(self.store)

    @cached_property
    def checking(self) -> "Checking":
        """Checks and explanations."""
        from xmdesk.services.checking import Checking

        return Checking(self.store)

    @cached_property
    def importing(self) -> "Importing":
        """Sheets in."""
        from xmdesk.services.importing import Importing

        return Importing(self.store, before=self.before_bulk)

    @cached_property
    def holding(self) -> "Holding":
        """Trust as this book holds it."""
        from xmdesk.services.holding import Holding

        return Holding(self)

    @cached_property
    def time(self) -> "Timekeeping":
        """The time this book signs by."""
        from xmdesk.services.timekeeping import Timekeeping

        return Timekeeping(self)

    @cached_property
    def enrolling(self) -> "Enrolling":
        """Keys, requests, grants, revocation."""
        from xmdesk.services.enrolling import Enrolling

        return Enrolling(self)

    @cached_property
    def tasks(self) -> "Tasks":
        """Collection tasks and the roster."""
        from xmdesk.services.tasks import Tasks

        return Tasks(self)

    @cached_property
    def rosters(self) -> "Rosters":
        """The district's own list of offices."""
        from xmdesk.services.rosters import Rosters

        return Rosters(self)

    @cached_property
    def submitting(self) -> "Submitting":
        """Drafts and sealing."""
        from xmdesk.services.submitting import Submitting

        return Submitting(self)

    @cached_property
    def inbox(self) -> "Inbox":
        """Receiving submissions."""
        from xmdesk.services.inbox import Inbox

        return Inbox(self)

    @cached_property
    def quarantined(self) -> "Quarantined":
        """Files that were refused."""
        from xmdesk.services.quarantined import Quarantined

        return Quarantined(self)

    @cached_property
    def reviewing(self) -> "Reviewing":
        """Accepting, sending back, and taking receipts and slips in."""
        from xmdesk.services.reviewing import Reviewing

        return Reviewing(self)

    @cached_property
    def consolidating(self) -> "Consolidating":
        """Totals over effective returns."""
        from xmdesk.services.consolidating import Consolidating

        return Consolidating(self)

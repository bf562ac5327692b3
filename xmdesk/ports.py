"""What the services ask of storage: one generic store for all records, never one per record."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from xmdesk.records.base import Record

R = TypeVar("R", bound="Record")


class StepKind(StrEnum):
    """What a step in history is, so that undo knows what it may take back."""

    EDIT = "edit"
    IMPORT = "import"
    SEAL = "seal"
    SYSTEM = "system"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Step:
    """One transaction in history: its number, label (named in the undo menu), moment, actor and what it touched.

    ``size`` is how many records it touched, ``keys`` of which classes.
    """

    number: int
    label: str
    kind: StepKind
    at: str
    by: str
    undone_by: int | None
    keys: frozenset[str]
    size: int


@dataclass(frozen=True)
class Entry:
    """One record inside a step: its state before and after as JSON objects; None where it did not exist."""

    step: Step
    key: str
    uid: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class Why(StrEnum):
    """Why a record stays as it is when a step is taken back.

    Changed later, referred to by something that stays, held by who asked, or its state before names what is gone.
    """

    CHANGED = "changed"
    USED = "used"
    HELD = "held"
    LOST = "lost"


@dataclass(frozen=True)
class Stayed:
    """A record that a step left alone; ``by`` is the key of the class of one that refers to it."""

    key: str
    uid: str
    why: Why
    by: str = ""


@dataclass(frozen=True)
class UndoResult:
    """What taking a step back did, or would do: uids that go and come back by key of their class, and what is left alone."""

    step: int
    gone: Mapping[str, Sequence[str]]
    back: Mapping[str, Sequence[str]]
    stayed: tuple[Stayed, ...]

    @property
    def removed(self) -> int:
        """How many go."""
        return sum(map(len, self.gone.values()))

    @property
    def restored(self) -> int:
        """How many come back, or get their state before."""
        return sum(map(len, self.back.values()))

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """Key and uid of what was left alone."""
        return tuple((one.key, one.uid) for one in self.stayed)


@dataclass(frozen=True)
class ReceivedRow:
    """One row of a received submission, as canonical JSON text, for consolidation."""

    submission: str
    office_code: str
    register: str
    uid: str
    row: str


class Op(StrEnum):
    """How a field is compared in a condition; the names are kept in saved filters."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    AMONG = "among"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"
    BEFORE = "before"
    AFTER = "after"
    LESS = "less"
    MORE = "more"


@dataclass(frozen=True)
class Condition:
    """What must hold of a record: a field (``person.sex``: of the record it refers to), a comparison, a typed value.

    CONTAINS wants text (of lists, one of their members); AMONG a list; EMPTY and NOT_EMPTY nothing. A partial day counts
    as its first day. What is empty is neither before nor after, neither less nor more, and ``is not`` anything.
    """

    field: str
    op: Op
    value: Any = None


@dataclass(frozen=True)
class Part:
    """The records that share a value of a field: how many, and the sum of each number field (None: nothing answered)."""

    value: Any
    count: int
    sums: Mapping[str, Any]


class Change(Protocol):
    """The only way to write: every save inside one transaction and one history step."""

    @property
    def number(self) -> int:
        """Number of this step."""
        ...

    def save(self, record: "Record") -> None:
        """Insert or update one record."""
        ...

    def save_many(self, records: "Sequence[Record]") -> None:
        """Insert or update many records by the bulk path; same history. Those of one class should follow each other."""
        ...

    def remove(self, record: "Record") -> None:
        """Delete a record (undo can bring it back). People and facilities are retired, not removed."""
        ...

    def keep_blob(self, content: bytes) -> str:
        """Store bytes once under their SHA-256 (lower-case hex) and return it."""
        ...

    def drop_blob(self, sha256: str) -> bool:
        """Forget stored bytes unless a record names them or undo could bring one back; tells whether they are gone.

        Records name bytes in fields called ``sha256`` or ``…_sha256``.
        """
        ...

    def put_received(self, rows: Iterable[ReceivedRow]) -> int:
        """Store the rows of received submissions outside history (they can always be made again from the payload)."""
        ...

    def drop_received(self, submission: str) -> None:
        """Forget the rows of one submission."""
        ...


class Store(Protocol):
    """A book's memory. Reading returns plain records, never rows; sorting and filtering happen in storage.

    ``worker`` is who works with the book; history names this one for what people do, unless another is given.
    """

    worker: str

    def change(self, label: str, *, kind: StepKind = StepKind.EDIT, by: str = "") -> AbstractContextManager[Change]:
        """Open one transaction; leaving it normally commits, an exception rolls all of it back."""
        ...

    def get(self, record: type[R], uid: str, *, as_of: datetime | None = None) -> R | None:
        """Return one record by uid, or None."""
        ...

    def all(self, record: type[R], *, as_of: datetime | None = None) -> list[R]:
        """Return all records of a class in order of uid (time of making); ``as_of`` rebuilds a past state from history."""
        ...

    def then(self, moment: datetime, records: "Sequence[type[Record]]") -> "PastStore":
        """Return these classes as they stood at a moment, as a store in memory: searched, sorted, summed; never written."""
        ...

    def find(self, record: type[R], **equal: Any) -> list[R]:
        """Return the records whose fields equal the given values, in order of uid."""
        ...

    def count(self, record: "type[Record]", **equal: Any) -> int:
        """How many records match."""
        ...

    def uids(
        self, record: "type[Record]", *, search: str = "", order_by: str = "", descending: bool = False
    ) -> Sequence[str]:
        """Return the uids in display order; ``search`` matches characters, full pinyin or initials of the text fields."""
        ...

    def warm(self, record: "type[Record]") -> None:
        """Make searching a large register quick from now on; takes a moment, in any thread."""
        ...

    def where(
        self,
        record: "type[Record]",
        conditions: Sequence[Condition],
        *,
        search: str = "",
        order_by: str = "",
        descending: bool = False,
        is_any: bool = False,
        without: Sequence[Condition] = (),
    ) -> Sequence[str]:
        """Return the uids for which all conditions hold (or any), searched and in order as by :meth:`uids`.

        Those for which all of ``without`` holds are passed over; they should be few.
        """
        ...

    def tally(self, record: "type[Record]", field: str, *, among: Sequence[str] | None = None) -> list[tuple[Any, int]]:
        """Return each value of a field (dotted through a reference) with how many records have it, of all or of these uids."""
        ...

    def parts(
        self, record: "type[Record]", field: str, sums: Sequence[str], *, among: Sequence[str] | None = None
    ) -> list[Part]:
        """Return each value of a field (dotted through a reference), how many records have it, and their exact sums."""
        ...

    def values(self, record: "type[Record]", field: str) -> dict[str, Any]:
        """Return the value of a field (dotted through a reference) by uid, of all records."""
        ...

    def sums(
        self, record: "type[Record]", fields: Sequence[str], *, among: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """Return the exact sum of each number field over all records or these uids; None where nothing was answered."""
        ...

    def last_number(self, record: "type[Record]", field: str, prefix: str) -> int:
        """Return the largest whole number that follows a prefix in a text field, or 0."""
        ...

    def many(self, record: type[R], uids: Sequence[str]) -> list[R]:
        """Return records for these uids in the given order (missing ones are left out)."""
        ...

    def blob(self, sha256: str) -> bytes:
        """Return stored bytes, verified against their hash; raises ``Fault`` when missing or damaged."""
        ...

    def received(self, submissions: Sequence[str], register: str = "") -> Iterator[ReceivedRow]:
        """Yield the rows of these submissions."""
        ...

    def steps(self, *, limit: int = 100) -> list[Step]:
        """Return the newest steps first."""
        ...

    def entries(self, *, key: str = "", uid: str = "", step: int = 0) -> list[Entry]:
        """Return history entries of one record or one step, oldest first."""
        ...

    def undoable(self) -> Step | None:
        """Return the step that undo would take back now (never across a sealed submission), or None."""
        ...

    def redoable(self) -> Step | None:
        """Return the step that redo would bring back, or None."""
        ...

    def is_sealed_behind(self) -> bool:
        """Tell whether a sealed submission stands where undo stops: what is older cannot be taken back any more."""
        ...

    def undo(
        self, step: int | None = None, *, by: str = "", held: Collection[tuple[str, str]] = frozenset()
    ) -> UndoResult:
        """Take back the newest undoable step, or the given one, as one new transaction.

        What was changed later stays, and so does what anything that stays refers to; ``held`` (key, uid) stays as well.
        """
        ...

    def undoing(self, step: int, *, held: Collection[tuple[str, str]] = frozenset()) -> UndoResult:
        """Return what taking a step back would do now; nothing is changed."""
        ...

    def undo_all(
        self, numbers: Sequence[int], *, held: Collection[tuple[str, str]] = frozenset(), is_trial: bool = False
    ) -> UndoResult:
        """Take several steps back in this order, all of them or none, each as a step that redo brings back; the last of them is the
        import to which the others belong. ``is_trial`` only tells what that would do.
        """
        ...

    def redo(self, *, by: str = "") -> UndoResult:
        """Bring back the step undone last."""
        ...

    def audit_head(self) -> tuple[int, str]:
        """Return number and hash of the last link of the audit chain (64 zeros before the first)."""
        ...


class PastStore(Store, Protocol):
    """A store that holds the past and is let go when nobody looks any more."""

    def close(self) -> None:
        """Let go of it."""
        ...

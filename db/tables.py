"""The tables: one SQLModel subclass per record (adding key, indexes and bookkeeping), and the tables of history.

The fields themselves come from the records by inheritance; nothing here names them twice.
"""

import types
import warnings
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.columns import Lie
from db.shapes import Shape, shapes

BOOKKEEPING: Final = ("row_version", "created_at", "updated_at", "updated_by", "search")
"""``created_at``/``updated_at``: UTC stamps; ``updated_by``: as given to ``change``; ``search``: see ``searching``."""

INDEXES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "facilities": (("retired_on", "uid"), ("contact",), ("facility_no",), ("parent",), ("shelter",)),
    "duties": (("retired_on", "uid"), ("keeper_person",), ("item_no",)),
    "persons": (("retired_on", "uid"), ("id_no",)),
    "inspections": (("retired_on", "uid"), ("duty",), ("repair_person",)),
    "disaster_officers": (("retired_on", "uid"), ("person",)),
    "legal_helpers": (("retired_on", "uid"), ("person",)),
    "attachments": (("sha256",),),
    "nil_answers": (("period",),),
    "explanations": (("record",),),
    "field_notes": (("record_uid",),),
    "cycles": (("duty",),),
    "submissions": (("office_code", "period"), ("payload_sha256",)),
    "received_files": (("file_sha256",), ("period",)),
    "verdicts": (("submission_sha256",),),
    "correction_points": (("verdict",),),
    "settings": (("name",),),
    "roster": (("code",),),
    "certificates": (("code",), ("fingerprint",)),
    "parked_rows": (("batch",),),
    "mappings": (("fingerprint",),),
}

metadata: Final = SQLModel.metadata

steps = sa.Table(
    "history_step",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("target", sa.Integer, nullable=False, index=True),
    sa.Column("keys", sa.Text, nullable=False),
    sa.Column("entry_count", sa.Integer, nullable=False),
    sa.Column("entries_sha256", sa.Text, nullable=False),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("h", sa.Text, nullable=False),
    sqlite_strict=True,
)
"""One transaction each. ``target`` is the step that an UNDO or REDO step is about, else 0. Written last, it seals."""

entries = sa.Table(
    "history_entry",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("step", sa.Integer, nullable=False, index=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("uid", sa.Text, nullable=False),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Index("ix_history_entry_record", "key", "uid", "step"),
    sqlite_strict=True,
)
"""One record inside a step, before and after, as canonical JSON."""

blobs = sa.Table(
    "blob",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sqlite_strict=True,
)

received = sa.Table(
    "received_row",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("submission", sa.Text, nullable=False),
    sa.Column("office_code", sa.Text, nullable=False),
    sa.Column("register", sa.Text, nullable=False),
    sa.Column("uid", sa.Text, nullable=False),
    sa.Column("row", sa.Text, nullable=False),
    sa.Index("ix_received_row_submission", "submission", "register"),
    sqlite_strict=True,
)

upkeep = sa.Table(
    "upkeep",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sqlite_strict=True,
)
"""What the program notes about the file itself (last check, last backup); no history."""

_FROZEN_STEP = "SELECT RAISE(ABORT, 'history is append-only');"
_SEALED = "WHEN EXISTS (SELECT 1 FROM history_step WHERE number = {row}.step)"

TRIGGERS: Final = (
    f"CREATE TRIGGER history_step_update BEFORE UPDATE ON history_step BEGIN {_FROZEN_STEP} END",
    f"CREATE TRIGGER history_step_delete BEFORE DELETE ON history_step BEGIN {_FROZEN_STEP} END",
    f"CREATE TRIGGER history_entry_insert BEFORE INSERT ON history_entry {_SEALED.format(row='NEW')}"
    f" BEGIN {_FROZEN_STEP} END",
    f"CREATE TRIGGER history_entry_update BEFORE UPDATE ON history_entry {_SEALED.format(row='OLD')}"
    f" BEGIN {_FROZEN_STEP} END",
    f"CREATE TRIGGER history_entry_delete BEFORE DELETE ON history_entry {_SEALED.format(row='OLD')}"
    f" BEGIN {_FROZEN_STEP} END",
)
"""Entries may change only until their step is written at the end of the same transaction."""


def _column(name: str, lie: Lie) -> Any:
    return Field(sa_column=sa.Column(name, lie.type, primary_key=name == "uid", nullable=lie.nullable))


def _bookkeeping() -> dict[str, Any]:
    whole = sa.Column("row_version", sa.Integer, nullable=False)
    texts = {name: sa.Column(name, sa.Text, nullable=False) for name in BOOKKEEPING[1:]}
    return {name: Field(sa_column=column) for name, column in {"row_version": whole, **texts}.items()}


def make_row_class(shape: Shape[Any]) -> type[SQLModel]:
    """Make the table subclass of one record class."""
    fields = {name: _column(name, lie) for name, lie in shape.lies.items()} | _bookkeeping()
    annotations = {name: info.annotation for name, info in shape.record.model_fields.items()}
    annotations |= {name: int if name == "row_version" else str for name in BOOKKEEPING}
    indexes = (sa.Index(f"ix_{shape.key}_{'_'.join(names)}", *names) for names in INDEXES.get(shape.key, ()))
    body: dict[str, Any] = {
        **fields,
        "__annotations__": annotations,
        "__module__": __name__,
        "__tablename__": shape.key,
        "__table_args__": (*indexes, {"sqlite_strict": True}),
    }
    with warnings.catch_warnings():
        # A field named "register" hides ABCMeta.register, which nobody calls on a record.
        warnings.filterwarnings("ignore", 'Field name ".*" in ".*" shadows', UserWarning)
        return types.new_class(
            f"{shape.record.__name__}Row", (shape.record,), {"table": True}, lambda space: space.update(body)
        )


ROWS: Final[dict[str, type[SQLModel]]] = {key: make_row_class(shape) for key, shape in shapes().items()}
"""The table classes by key. Rows are never made from them one by one: statements are faster and leave nothing open."""


def table_of(key: str) -> sa.Table:
    """The table of a record class."""
    return metadata.tables[key]

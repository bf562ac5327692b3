"""Who names stored bytes: a record of now, or one that undo could bring back."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from db.history import UNDOABLE
from db.shapes import shapes
from db.tables import entries, steps

NAME: Final = "sha256"


def is_named(connection: Connection, sha256: str) -> bool:
    """Whether anything still needs the bytes with this hash."""
    return _is_named_now(connection, sha256) or _can_come_back(connection, sha256)


def _is_named_now(connection: Connection, sha256: str) -> bool:
    for shape in shapes().values():
        naming = [sa.literal_column(f'"{name}"') == sha256 for name in shape.names if _is_name(name)]
        found = sa.select(sa.literal(1)).select_from(sa.table(shape.key)).where(sa.or_(sa.false(), *naming)).limit(1)
        if naming and connection.execute(found).first() is not None:
            return True
    return False


def _is_name(field: str) -> bool:
    return field == NAME or field.endswith(f"_{NAME}")


def _can_come_back(connection: Connection, sha256: str) -> bool:
    told = sa.or_(sa.func.instr(entries.c.before, sha256) > 0, sa.func.instr(entries.c.after, sha256) > 0)
    kinds = [one.value for one in UNDOABLE]
    found = sa.select(entries.c.id).join(steps, steps.c.number == entries.c.step).where(steps.c.kind.in_(kinds), told)
    return connection.execute(found.limit(1)).first() is not None

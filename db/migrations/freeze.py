"""Developers only: write ``0001_start.sql`` from the classes, by ``python -m db.migrations.freeze``.

Allowed until release 0.1.0 is tagged. From then on the file never changes again; every change of shape is a new numbered
file written by hand, and this module goes.
"""

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from db.migrations.run import FOLDER
from db.tables import TRIGGERS, metadata

HEADING = "-- Everything a book of release 0.1.0 holds. Frozen: never edit, add a new numbered file instead.\n\n"


def statements() -> list[str]:
    """The statements that make an empty database of today's shape."""
    dialect = sqlite.dialect()
    tables = [metadata.tables[name] for name in sorted(metadata.tables)]
    made = [str(CreateTable(table).compile(dialect=dialect)).strip() for table in tables]
    indexes = sorted((index for table in tables for index in table.indexes), key=lambda index: str(index.name))
    return [*made, *(str(CreateIndex(index).compile(dialect=dialect)).strip() for index in indexes), *TRIGGERS]


def frozen_text() -> str:
    """The text of the file."""
    lines = (";\n\n".join(statements()) + ";\n").replace("\t", "  ").splitlines()
    return HEADING + "\n".join(line.rstrip() for line in lines) + "\n"


if __name__ == "__main__":
    (FOLDER / "0001_start.sql").write_text(frozen_text(), "utf-8", newline="\n")

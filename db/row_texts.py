"""Everything by which a row is found: its own searched text, and what it shows besides (db/shown.py)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from db.engine import Connections
from db.rolls import Rolls
from db.shapes import shape_of, shapes
from db.shown import Meant, Names, Shown, Target, listed, meant_by, shown_by
from db.statements import Statements, statements_for

MANY: Final = 2_000
"""So many rows are read anew after a change; a roll of which more are others now is made anew when next asked for."""

Touched = Mapping[str, Mapping[str, str | None]]
"""By register and uid: what a change left, None for what it removed."""


class RowTexts:
    """Reads texts and names. For any thread."""

    def __init__(self, connections: Connections, rolls: Rolls) -> None:
        self._connections = connections
        self._rolls = rolls

    def of(self, made: Statements, uids: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
        """Uid and text of all rows, or of these, as a roll keeps them, in the order of uids."""
        shown = shown_by(made.shape.record)
        columns = [made.table.c[name] for name in ("search", *shown.names)]
        wanted = sa.select(made.uid, *columns).order_by(made.uid)
        if uids is not None:
            wanted = wanted.where(made.uid.in_(sa.select(listed(uids))))
        rows = self._read(wanted)
        names = self._names_in(shown, rows)
        for uid, search, *rest in rows:
            yield str(uid), f"{search}\n{shown.text(rest, names)}"

    def meant(self, made: Statements, words: Sequence[str]) -> Meant:
        """Whom each word finds among those to whom rows refer, and which codes."""
        names: Names = self._names(made) if words else {}
        codes = shown_by(made.shape.record).codes_meant
        return {word: {field: meant_by(word, texts) for field, texts in names.items()} | codes(word) for word in words}

    def _names(self, made: Statements) -> Names:
        """Under what those are found to whom any row refers; read anew after each change."""
        question, number = (made.shape.key, "names"), self._rolls.number
        known: Any = self._rolls.recall(question)
        if known is None:
            known = {}
            for field, target in shown_by(made.shape.record).targets.items():
                column = made.table.c[field]
                known[field] = self._called(target, sa.select(column).where(column > ""))
            self._rolls.remember(question, known, number)
        return known

    def after(self, key: str, touched: Touched) -> dict[str, str | None] | None:
        """The texts of a register's rows that are others now, None for what is gone; or nothing where they are too many."""
        made = statements_for(shapes()[key].record)
        changed: dict[str, str | None] = dict.fromkeys(touched.get(key, ()))
        for field, target in shown_by(made.shape.record).targets.items():
            meant = touched.get(shape_of(target.record).key, {})
            if max(len(meant), len(changed)) > MANY:
                return None
            if meant:
                showing = made.table.c[field].in_(sa.select(listed(meant)))
                rows = self._read(sa.select(made.uid).where(showing).limit(MANY + 1))
                changed |= dict.fromkeys(str(row[0]) for row in rows)
        if len(changed) > MANY:
            return None
        return changed | dict(self.of(made, [*changed])) if changed else {}

    def _names_in(self, shown: Shown, rows: Sequence[Any]) -> Names:
        """Under what those are found to whom these rows refer."""
        first = 2  # after uid and text
        meant = {field: {row[first + place] for row in rows} for place, field in enumerate(shown.targets)}
        return {field: self._called(target, sa.select(listed(meant[field]))) for field, target in shown.targets.items()}

    def _called(self, target: Target, uids: sa.Select[Any]) -> dict[str, str]:
        made = statements_for(target.record)
        columns = [made.table.c[name] for name in (target.title, *target.phones)]
        rows = self._read(sa.select(made.uid, *columns).where(made.uid.in_(uids)))
        return {str(uid): target.text(*map(str, told)) for uid, *told in rows}

    def _read(self, wanted: sa.Select[Any]) -> Sequence[Any]:
        with self._connections.reading() as connection:
            return connection.execute(wanted).all()

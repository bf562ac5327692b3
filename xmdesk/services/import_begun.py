"""An import that was begun and not written: what was decided about it, as a draft holds it, and how that is put back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from xmdesk.documents.sheets.preview import Opened
from xmdesk.documents.sheets.words import plain
from xmdesk.files import path_from_text, path_text
from xmdesk.services.drafts import Content
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.pairing import Choice, Place, Told, fitting
from xmdesk.services.without_header import preview_seen


@dataclass(frozen=True)
class BegunImport:
    """Where the file was and its hash, how its table is read, what was typed over and decided.

    ``mapping`` is by header, ``corrections`` by row and header, ``decisions`` by row and field; ``skip_hidden`` leaves out hidden rows, ``records``
    are rows to be read that look like no data; ``look`` is how the page showed it; ``others`` is what was decided about other
    tables of the file.
    """

    path: Path
    sha256: str
    register: str
    sheet: str
    header_row: int = 0
    mapping: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])
    corrections: Mapping[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])
    decisions: Mapping[Place, Told] = field(default_factory=dict[Place, Told])
    skip_hidden: bool = False
    records: frozenset[int] = frozenset()
    look: Content = field(default_factory=dict[str, Any])
    others: tuple["BegunImport", ...] = ()

    @property
    def is_decided(self) -> bool:
        """Whether a person decided anything that reading the file anew would lose."""
        return bool(self.header_row) or self.has_work

    @property
    def has_work(self) -> bool:
        """Whether it is more than where the header is; cells that were not read yet count."""
        is_typed = any(one["texts"] for one in self.look.get("rows", ()))
        return bool(self.mapping or self.decisions) or self.is_read_otherwise or is_typed

    @property
    def is_read_otherwise(self) -> bool:
        """Whether rows are read otherwise than the file has them."""
        return bool(self.corrections or self.skip_hidden or self.records)

    def content(self) -> Content:
        """Return it as a draft holds it: what many rows have in common stands there once."""
        alike: dict[tuple[str, str], list[int]] = {}
        for (row, header), text in self.corrections.items():
            alike.setdefault((header, text), []).append(row)
        decided: dict[tuple[str, Told], list[int]] = {}
        for place, told in self.decisions.items():
            decided.setdefault((place.field, told), []).append(place.row)
        return {
            "path": path_text(self.path),
            "sha256": self.sha256,
            "register": self.register,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "mapping": {header: list(fields) for header, fields in self.mapping.items()},
            "corrections": [
                {"header": header, "text": text, "rows": _spans(rows)} for (header, text), rows in alike.items()
            ],
            "decisions": [
                {
                    "field": at,
                    "choice": str(told.choice),
                    "kept": sorted(told.kept),
                    "chosen": told.chosen,
                    "rows": _spans(rows),
                }
                for (at, told), rows in decided.items()
            ],
            "skip_hidden": self.skip_hidden,
            "records": _spans(self.records),
            "look": dict(self.look),
            "others": [one.content() for one in self.others],
        }

    @classmethod
    def from_content(cls, content: Content) -> Self:
        """Return what a draft holds."""
        corrections = {
            (row, str(one["header"])): str(one["text"]) for one in content["corrections"] for row in _rows(one["rows"])
        }
        decisions = {
            Place(row, one.get("field", "")): Told(Choice(one["choice"]), frozenset(one["kept"]), one.get("chosen", ""))
            for one in content["decisions"]
            for row in _rows(one["rows"])
        }
        return cls(
            path=path_from_text(content["path"]),
            sha256=content["sha256"],
            register=content["register"],
            sheet=content["sheet"],
            header_row=content["header_row"],
            mapping=content["mapping"],
            corrections=corrections,
            decisions=decisions,
            skip_hidden=content.get("skip_hidden", False),
            records=frozenset(_rows(content.get("records", ()))),
            look=content["look"],
            others=tuple(cls.from_content(one) for one in content.get("others", ())),
        )


@dataclass(frozen=True)
class PutBack:
    """A file read again, and what of the decisions holds for it: all of them where it ``is_same``, else the mapping.

    ``has_lost`` tells that something else had been decided.
    """

    preview: ImportPreview
    begun: BegunImport
    is_same: bool
    has_lost: bool = False


def put_back(importing: Importing, opened: Opened, begun: BegunImport) -> PutBack:
    """Preview a file anew with what was decided before; of one that has changed only the columns are read as before."""
    if opened.sha256 != begun.sha256:
        return _put_back_columns(importing, opened, begun)
    found = importing.preview(
        opened,
        begun.register,
        sheet=_sheet_in(opened, begun),
        mapping=_as_json(begun.mapping),
        header_row=begun.header_row,
    )
    if begun.is_read_otherwise:
        found = importing.reread(found, begun.corrections, skip_hidden=begun.skip_hidden, records=begun.records)
    return PutBack(decided_again(importing, found, begun.decisions), begun, is_same=True)


def _put_back_columns(importing: Importing, opened: Opened, begun: BegunImport) -> PutBack:
    found = preview_seen(importing, opened, begun.register, sheet=_sheet_in(opened, begun))
    header_row = found.choices.header_row
    there = {plain(one.header.text) for one in found.found.mapping.matches}
    mapping = {header: fields for header, fields in begun.mapping.items() if plain(header) in there}
    if mapping:
        found = importing.preview(
            opened, begun.register, sheet=found.found.sheet, mapping=_as_json(mapping), header_row=header_row
        )
    fresh = BegunImport(begun.path, opened.sha256, begun.register, found.found.sheet, header_row, mapping)
    has_lost = begun.is_read_otherwise or bool(begun.decisions or begun.others)
    return PutBack(found, fresh, is_same=False, has_lost=has_lost)


def decided_again(importing: Importing, preview: ImportPreview, decisions: Mapping[Place, Told]) -> ImportPreview:
    """Decide again. What was decided of one row may be what makes a later one seem to be there already."""
    left = dict(decisions)
    while fit := fitting(preview.pairs, left):
        left = {place: one for place, one in left.items() if place not in fit}
        preview = importing.decide(preview, {**preview.decisions, **fit})
    return preview


def of_everybody(decisions: Mapping[Place, Told]) -> dict[Place, Told]:
    """What was said of all who have a name; who comes from a row of one table is nobody in another."""
    return {place: one for place, one in decisions.items() if not place.row and not one.chosen.startswith("row ")}


def _sheet_in(opened: Opened, begun: BegunImport) -> str:
    """Return the sheet where it is still there; a text table is called after its file, which may have another name now."""
    return begun.sheet if begun.sheet in [one.name for one in opened.sheets] else ""


def _as_json(mapping: Mapping[str, list[str]]) -> str:
    return json.dumps(dict(mapping), ensure_ascii=False) if mapping else ""


def _spans(rows: Iterable[int]) -> list[list[int]]:
    """Return the first and last of each run of rows: decided alike, thousands of them are a few numbers."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return spans


def _rows(spans: Iterable[list[int]]) -> Iterable[int]:
    return (row for first, last in spans for row in range(first, last + 1))

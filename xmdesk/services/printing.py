"""Forms for print outside a return: the standardized form, a blank one to fill in by hand, and the public notice.

The public notice leaves out identity numbers altogether (domain.md F7: never mask-and-print) and is searched for anything
that looks like one before it leaves; a find stops it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xmdesk.documents.drawing import draw
from xmdesk.documents.parts import Footer, HeadMarks, Part, RegisterForm, Signature
from xmdesk.documents.register_pages import Heading, register_parts
from xmdesk.errors import Refused
from xmdesk.files import atomic_write, shown_path
from xmdesk.periods import Period
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.phones import mask_mobiles
from xmdesk.sealed.payload import row_of
from xmdesk.services import drafting
from xmdesk.services.practising import watermark
from xmdesk.services.registers import register_named
from xmdesk.services.sealing import page_count
from xmdesk.snapshot import CONTACTS

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

BLANK_ROWS = 12
NEVER_PUBLIC = ("公民身份号码", "出生年月", "政治面貌", "文化程度", "住址")
_NUMBER = re.compile(r"(?<!\d)(?:\d{15}|\d{17}[\dXx]|\d{6}\*+\d{3}[\dXx])(?![\dXx])")


@dataclass(frozen=True)
class Printed:
    """A printed form: where it is and how many pages."""

    path: Path
    pages: int

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the contract; a missing glyph stops the print, so the list of a finished one is empty."""
        return {"path": shown_path(self.path), "pages": self.pages, "missing_glyphs": []}


class Printing:
    """Prints registers."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def write(
        self, form: str, out: Path, *, period: Period, blank: bool = False, public: bool = False, force: bool = False
    ) -> Printed:
        """Write one register's form as PDF."""
        content = self.draw(form, period=period, blank=blank, public=public)
        atomic_write(out, content, force=force)
        return Printed(out, page_count(content))

    def draw(self, form: str, *, period: Period, blank: bool = False, public: bool = False) -> bytes:
        """Return one register's form as PDF bytes."""
        register_named(form)
        heading = self._heading(period, whole_phones=public)
        if blank:
            empty = register_parts(form, {}, heading)[0]
            parts: Sequence[Part] = [replace(empty, blank_rows=BLANK_ROWS)]
            return draw(parts, footer=Footer(), watermark=watermark(self.desk))
        rows = drafting.rows_of(self.store, period, (form,) if REGISTERS[form].is_form else ())
        if form == "persons":
            rows["persons"] = list(self.desk.registers.rows("persons", self.desk.registers.uids("persons")))
        told = {name: [row_of(one) for one in records] for name, records in rows.items()}
        if public:
            told = with_consent(told)
        forms = register_parts(form, told, heading)
        chosen = [for_public(forms[0])] if public else forms
        return draw(chosen, footer=Footer(remark="公示版" if public else "内部使用"), watermark=watermark(self.desk))

    def _heading(self, period: Period, *, whole_phones: bool) -> Heading:
        """Head and foot; in public a phone stands whole where the person agreed, and only there."""
        office = self.desk.office.office()
        marks = self.desk.office.setting("form_marks", {})
        return Heading(
            office=office.name,
            code=office.code,
            period=period.words,
            signature=Signature(office.signed_off_by, office.reviewed_by, office.prepared_by, office.phone),
            marks=HeadMarks(*(str(marks.get(one, "")) for one in ("form_no", "maker", "approval_no", "valid_until"))),
            stamp="（单位公章）",
            whole_phones=whole_phones,
        )


def with_consent(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows with mobile phones masked unless the person agreed to be shown (domain.md F7: contact notices)."""
    agreed = {one["uid"] for one in rows.get("persons", ()) if one["agreed_to_notice"]}
    phones = {register: (person, phone) for register, person, phone in CONTACTS if phone}
    hidden = {
        register: [_hidden(row, (phone,)) if row[person] not in agreed else row for row in rows[register]]
        for register, (person, phone) in phones.items()
        if register in rows
    }
    people = [row if row["uid"] in agreed else _hidden(row, ("mobile", "other_phone")) for row in rows["persons"]]
    return {**rows, **hidden, "persons": people}


def _hidden(row: dict[str, Any], phones: Sequence[str]) -> dict[str, Any]:
    return {**row, **{name: mask_mobiles(row[name]) for name in phones if row[name]}}


def for_public(form: RegisterForm) -> RegisterForm:
    """Return the form without the columns that are never shown in public; anything that looks like a number refuses it."""
    kept = [place for place, column in enumerate(form.columns) if column.heads[-1] not in NEVER_PUBLIC]
    public = replace(
        form,
        title=f"{form.title}（公示版）",
        columns=tuple(form.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in form.rows),
        notes=tuple(note for note in form.notes if "证件号码" not in note),
    )
    for number, row in enumerate(public.rows, 1):
        if any(_NUMBER.search(text) for text in row):
            raise Refused("PUBLIC-LEAK", row=number)
    return public

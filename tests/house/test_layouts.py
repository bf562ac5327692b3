"""The layout files and the records agree: every asked field stands in its layout once, every name in it exists."""

import tomllib
from collections import Counter

import pytest

from tests.house.tree import ROOT
from xmdesk.records.base import Record, fields_of
from xmdesk.records.kinds import Reference
from xmdesk.records.office import Office
from xmdesk.records.registers import REGISTERS

LAYOUTS: dict[str, type[Record]] = {"office": Office, **{name: one.record for name, one in REGISTERS.items()}}


def layout(name: str) -> dict:
    return tomllib.loads((ROOT / "resources" / "forms" / f"{name}.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_asked_field_stands_in_its_layout_once(name: str) -> None:
    placed = Counter(field for section in layout(name)["section"] for field in section["fields"])

    assert placed == Counter(fields_of(LAYOUTS[name]).keys())


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_column_names_a_field_or_a_field_of_what_it_refers_to(name: str) -> None:
    assert [path for path in layout(name)["columns"] if not is_known(LAYOUTS[name], path)] == []


def is_known(record: type[Record], path: str) -> bool:
    first, _, rest = path.partition(".")
    spec = fields_of(record).get(first)
    if spec is None or not rest:
        return spec is not None
    return isinstance(spec.kind, Reference) and is_known(REGISTERS[spec.kind.to].record, rest)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_section_has_a_title_and_a_screenful_of_fields_at_most(name: str) -> None:
    sections = layout(name)["section"]

    assert all(section["title"] and 0 < len(section["fields"]) <= 12 for section in sections)
    assert len({section["title"] for section in sections}) == len(sections)

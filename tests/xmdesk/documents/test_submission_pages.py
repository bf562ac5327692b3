"""The pages of a submission say everything that its data say, and nothing that is not for every reader's eyes."""

import re
from typing import Any

import pytest

from tests.journeys.full_data import CLASSES, filled, full_registers, identity
from tests.journeys.terminal import on
from tests.xmdesk.documents.reading import page_texts, squeezed
from xmdesk.documents.glyphs import undrawable
from xmdesk.documents.parts import RegisterForm
from xmdesk.documents.submission_pages import submission_parts
from xmdesk.records.base import fields_of
from xmdesk.records.duty import DutyList
from xmdesk.records.kinds import Reference, References, SubTable
from xmdesk.records.office import Office
from xmdesk.records.registers import FORMS
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.payload import NEVER_SENT, Chain, OfficeHead, document, row_of, sha256_hex, short_code
from xmdesk.services.drafting import Approval, changes_between, payload_rows
from xmdesk.services.rendering import render
from xmdesk.trust.profiles import DocumentKind

SHA = sha256_hex(b"before")
RARE = "䶮㙍𫍽𬱖𠅤"
"""Characters of names that stand outside the first plane or the common list."""


def full_payload(registers: dict[str, list[Any]]) -> dict[str, Any]:
    rows = payload_rows(registers)
    office = registers["office"][0]
    chain = Chain(version=2, replaces=SHA, sequence=3, previous_sha256=SHA, audit_head=SHA)
    explained = rows["shelters"][1]["uid"]
    return document(
        DocumentKind.SUBMISSION,
        OfficeHead(office.code, "榕下村村民委员会", "village"),
        as_of="2026-11-23",
        period="2026Q4",
        **chain.__dict__,
        task_no="350212-2026Q4-1",
        registers=rows,
        nil={form: not rows[form] for form in FORMS},
        explanations=[
            {
                "register": "shelters",
                "uid": explained,
                "field": "capacity",
                "code": "C-SHELTER-SMALL",
                "text": "祠堂只能容纳这么多人",
                "by": "郑小满",
                "at": "2026-11-20T02:00:00Z",
            }
        ],
        changes=changes_between({}, rows).as_json(),
        approval=Approval("填表郑小满", "统计林银杏", "负责叶美澄", "0592-7101234", "2026-11-23T04:00:00Z").as_json(),
        head={"form_no": "同民村1表", "maker": "同安区民政局", "approval_no": "同统备1号", "valid_until": "2028年12月"},
        private="",
    )


@pytest.fixture(scope="module")
def registers() -> dict[str, list[Any]]:
    held = full_registers(3)
    held["duty_lists"] = [filled(DutyList, 3).changed(year=2026)]
    return held


@pytest.fixture(scope="module")
def payload(registers, shared_cache) -> dict[str, Any]:
    return full_payload(registers)


@pytest.fixture(scope="module")
def text(payload, shared_cache) -> str:
    with pytest.MonkeyPatch.context() as patch, on("2026-11-23"):
        patch.setenv("XMDESK_CACHE", str(shared_cache))
        return squeezed("".join(page_texts(render(canonical(payload)))))


MOBILE = re.compile(r"1[3-9]\d{9}")


def shown_values(name: str, record: Any, titles: dict[str, str]) -> dict[str, str]:
    """What a reader must find for every field of a row that travels."""
    found: dict[str, str] = {}
    for field, spec in fields_of(type(record)).items():
        value = getattr(record, field)
        if field in NEVER_SENT or spec.kind.is_empty(value):
            continue
        if isinstance(spec.kind, Reference):
            found[field] = titles[value]
        elif isinstance(spec.kind, References):
            found[field] = "、".join(titles[one] for one in value)
        elif isinstance(spec.kind, SubTable) and value and "person" in value[0]:
            found[field] = "、".join(f"{titles[one['person']]}({one['result']})" for one in value)
        else:
            masked = spec.kind.name == "person_id" or (spec.kind.name == "phone" and MOBILE.fullmatch(value))
            found[field] = spec.kind.mask(value) if masked else spec.kind.show(value)
    return found


@pytest.mark.parametrize("name", [*CLASSES, "office", "duty_lists"])
def test_every_value_of_every_row_stands_on_the_pages(name, registers, text):
    titles = {one.uid: one.title() for some in registers.values() for one in some}
    lost = [
        f"{number} {field}: {shown}"
        for number, record in enumerate(registers[name])
        for field, shown in shown_values(name, record, titles).items()
        if not _stands(shown, text)
    ]
    assert lost == []


def _stands(shown: str, text: str) -> bool:
    return squeezed(shown).replace("(", "（").replace(")", "）") in text or squeezed(shown) in text


def _said(payload: dict[str, Any]) -> str:
    return repr(submission_parts(payload, short_code="0000-0000"))


FIELDS = [
    (name, field)
    for name, record in {**CLASSES, "office": Office, "duty_lists": DutyList}.items()
    for field in fields_of(record)
    if field not in NEVER_SENT
]


def test_no_field_can_change_without_the_pages_changing(payload, registers):
    """What is embedded and what is printed can never part: each field of the second row is altered alone."""
    told = _said(payload)
    silent = [f"{name}.{field}" for name, field in FIELDS if _said(_altered(payload, registers, name, field)) == told]
    assert silent == []


def _altered(payload: dict[str, Any], registers: dict[str, list[Any]], name: str, field: str) -> dict[str, Any]:
    """The payload with one field of one row as another full record has it."""
    known = {register: [one.uid for one in some] for register, some in registers.items()}
    place = len(registers[name]) - 1
    record = registers[name][place]
    others = (row_of(filled(type(record), number, known))[field] for number in (11, 12, 13))
    rows = [dict(row) for row in payload["registers"][name]]
    rows[place][field] = next((one for one in others if one != rows[place][field]), None)
    return {**payload, "registers": {**payload["registers"], name: rows}}


def test_the_heading_says_who_when_which_version_and_who_stands_for_it(text):
    for wanted in (
        "榕下村村民委员会",
        "350212105206",
        "2026年第四季度",
        "第2版",
        "第3次",
        "填表郑小满",
        "统计林银杏",
        "负责叶美澄",
    ):
        assert wanted in text, wanted
    for wanted in ("0592-7101234", "同民村1表", "同安区民政局", "同统备1号", "2028年12月"):
        assert wanted in text, wanted


def test_explanations_name_their_row_and_who_gave_them(text, registers):
    assert squeezed(registers["shelters"][1].name) in text
    assert "祠堂只能容纳这么多人" in text
    assert "郑小满" in text


def test_identity_numbers_and_addresses_stay_away(text, registers):
    people = registers["persons"]
    assert [one for one in people if one.id_no in text or one.address in text] == []
    assert identity(0)[:6] + "********" + identity(0)[-4:] in text


def test_a_number_that_came_whole_in_a_payload_is_masked_on_the_page(payload):
    rows = [{**row, "id_no": identity(5)} for row in payload["registers"]["persons"]]
    told = _said({**payload, "registers": {**payload["registers"], "persons": rows}})
    assert identity(5) not in told


def test_nil_forms_stand_on_the_cover_and_have_no_page_of_their_own(payload, shared_cache, monkeypatch):
    monkeypatch.setenv("XMDESK_CACHE", str(shared_cache))
    registers = {**payload["registers"], "trainings": [], "activities": []}
    nil = {**payload["nil"], "trainings": True, "activities": True}
    with on("2026-11-23"):
        pages = page_texts(render(canonical({**payload, "registers": registers, "nil": nil})))
    assert squeezed(pages[0]).count("零报告—") == 2
    assert "零报告的表不另附页" in squeezed(pages[0])
    assert not any("培训记录" in squeezed(page)[:40] for page in pages[1:])


def test_rare_characters_are_drawn_and_can_be_copied(registers, shared_cache, monkeypatch):
    monkeypatch.setenv("XMDESK_CACHE", str(shared_cache))
    people = [one.changed(name=f"陈{RARE[place]}") for place, one in enumerate(registers["persons"])]
    with on("2026-11-23"):
        content = full_payload({**registers, "persons": people})
        text = squeezed("".join(page_texts(render(canonical(content)))))
    assert undrawable(submission_parts(content, short_code=short_code(SHA))) == []
    assert [one.name for one in people if one.name not in text] == []


def test_a_character_that_no_font_holds_is_named_with_row_and_field(registers):
    facility = registers["facilities"][1].changed(location="榕下村\U0001f3e0号")
    content = full_payload({**registers, "facilities": [registers["facilities"][0], facility]})
    found = undrawable(submission_parts(content, short_code="0000-0000"))
    assert [(one.code, one.where.row) for one in found] == [("PAPER-GLYPHS", 2)]
    assert "U+1F3E0" in found[0].text
    assert "坐落" in found[0].text


def test_empty_registers_still_make_every_form(registers):
    bare = {name: [] for name in registers} | {"office": registers["office"]}
    content = {**full_payload({**registers}), "registers": payload_rows(bare), "explanations": []}
    content["changes"] = changes_between({}, content["registers"]).as_json()
    parts = submission_parts(content, short_code="0000-0000")
    forms = [one for one in parts if isinstance(one, RegisterForm)]
    assert len(forms) >= len(FORMS)
    assert [one.title for one in forms if one.rows and "单位" not in one.title] == []


def test_mobile_phones_are_masked_and_landlines_stay(payload, text):
    mobiles = {one["mobile"] for one in payload["registers"]["persons"] if one["mobile"]}
    assert mobiles
    assert [one for one in mobiles if one in text] == []
    assert [one for one in mobiles if f"{one[:3]}****{one[-4:]}" not in text] == []
    rows = [{**row, "contact_phone": "0592-7123456"} for row in payload["registers"]["facilities"]]
    told = payload | {"registers": payload["registers"] | {"facilities": rows}}
    parts = submission_parts(told, short_code="AAAA-BBBB")
    assert any("0592-7123456" in cell for part in parts for row in getattr(part, "rows", ()) for cell in row)


def test_a_return_of_the_first_layout_is_drawn_as_it_was_sealed(payload):
    parts = submission_parts(payload | {"layout": 1}, short_code="AAAA-BBBB")
    cells = [cell for part in parts for row in getattr(part, "rows", ()) for cell in row]
    assert any(one["mobile"] in cells for one in payload["registers"]["persons"])

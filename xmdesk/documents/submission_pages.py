"""All pages of a submission as a pure function of its payload: cover, forms, persons, changes, explanations."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xmdesk.clock import BEIJING
from xmdesk.documents.parts import HONEST_SENTENCES, CoverPage, FormLine, HeadMarks, Part, Section, Signature, TextPage
from xmdesk.documents.register_pages import Heading, Lookup, Rows, office_part, register_parts
from xmdesk.periods import Period
from xmdesk.records.base import fields_of
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.records.values.dates import show_partial
from xmdesk.records.values.phones import mask_mobiles

Payload = Mapping[str, Any]

WHOLE_PHONES = 1
"""The layout that printed mobile phones whole."""

NIL_SENTENCE = "零报告的表不另附页，以本页的填报情况和签章为准。"
"""A nil return is an explicit, signed answer; it stands on the cover, and no paper is spent on an empty form."""


def submission_parts(payload: Payload, *, short_code: str) -> list[Part]:
    """Return the parts of a submission in the order in which they are printed."""
    heading = _heading(payload)
    rows: Rows = payload["registers"]
    forms = [form for form in FORMS if form in payload["nil"]]
    parts: list[Part] = [_cover(payload, heading, forms, code=short_code), office_part(rows, heading)]
    for form in forms:
        if not payload["nil"][form]:
            parts += register_parts(form, rows, heading)
    if rows.get("persons"):
        parts += register_parts("persons", rows, heading)
    parts.append(_changes(payload, heading))
    if payload["explanations"]:
        parts.append(_explanations(payload, heading))
    return parts


def _beijing(stamp: str) -> str:
    """A UTC stamp as local text of China: 2026-11-24T01:59."""
    return datetime.fromisoformat(stamp).astimezone(BEIJING).strftime("%Y-%m-%dT%H:%M")


def _moment(stamp: str) -> str:
    day, _, hour = _beijing(stamp).partition("T") if stamp else ("", "", "")
    return f"{show_partial(day)} {hour}" if day else "—"


def _heading(payload: Payload) -> Heading:
    approval, head = payload["approval"], payload["head"]
    whole_phones = payload["layout"] == WHOLE_PHONES
    signature = Signature(
        head=approval["signed_off_by"],
        statistics_head=approval["reviewed_by"],
        prepared_by=approval["prepared_by"],
        phone=approval["phone"] if whole_phones else mask_mobiles(approval["phone"]),
        reported_on=show_partial(_beijing(approval["at"])[:10]) if approval["at"] else "",
    )
    marks = HeadMarks(head["form_no"], head["maker"], head["approval_no"], head["valid_until"])
    office = payload["office"]
    return Heading(
        office=office["name"],
        code=office["code"],
        period=Period.parse(payload["period"]).words,
        signature=signature,
        marks=marks,
        stamp="（单位公章）",
        whole_phones=whole_phones,
    )


def _cover(payload: Payload, heading: Heading, forms: Sequence[str], *, code: str) -> CoverPage:
    registers, approval = payload["registers"], payload["approval"]
    contents = tuple(
        FormLine(
            title=_title(form),
            state="零报告" if payload["nil"][form] else "有数据",
            rows=None if payload["nil"][form] else len(registers.get(form, ())),
        )
        for form in forms
    )
    facts = (
        ("行政区划代码", heading.code),
        ("数据截至", show_partial(payload["as_of"])),
        ("版次", "首报" if payload["version"] == 1 else f"第{payload['version']}版（更正）"),
        ("本单位第几次上报", f"第{payload['sequence']}次"),
        ("填表人", approval["prepared_by"] or "—"),
        ("单位负责人", approval["signed_off_by"] or "—"),
        ("负责人审定时间", _moment(approval["at"])),
        ("采集任务编号", payload["task_no"] or "—"),
    )
    return CoverPage(
        title="城乡社区服务体系建设上报表",
        period=heading.period,
        office=heading.office,
        facts=facts,
        contents=contents,
        counts_title="由名册计算的数量",
        counts=_counts(registers),
        code=code,
        marks=heading.marks,
        signature=heading.signature,
        sentences=(NIL_SENTENCE, *HONEST_SENTENCES) if any(payload["nil"].values()) else HONEST_SENTENCES,
    )


def _title(form: str) -> str:
    from xmdesk.documents.layouts import page_layout

    return page_layout(form).title


def _counts(registers: Rows) -> tuple[tuple[str, str], ...]:
    """Counts that a roster can give are computed, never typed (domain.md, hard rule for totals)."""
    officers = [row for row in registers.get("disaster_officers", ()) if not row["ended_on"]]
    shelters = [row for row in registers.get("shelters", ()) if row["status"] == "可用"]
    helpers = [row for row in registers.get("legal_helpers", ()) if row["status"] == "在册"]
    return (
        ("公共服务设施", f"{len(registers.get('facilities', ()))} 处"),
        ("管护条目", f"{len(registers.get('duties', ()))} 项"),
        ("在岗灾害信息员", f"{len(officers)} 人"),
        ("可用避灾点", f"{len(shelters)} 处"),
        ("避灾点容量", f"{sum(row['capacity'] or 0 for row in shelters)} 人"),
        ("在册法律明白人", f"{len(helpers)} 人"),
    )


def _changes(payload: Payload, heading: Heading) -> TextPage:
    changes, lookup = payload["changes"], Lookup(payload["registers"])
    sections = [
        Section("与上次通过的上报件相比", (_summary(payload),)),
        *_listed("新增", changes["added"], lookup),
        *_listed("修改", changes["changed"], lookup),
        *_listed("减少", changes["removed"], lookup),
    ]
    return TextPage("变动清单", f"{heading.office} {heading.period}", tuple(sections))


def _summary(payload: Payload) -> str:
    changes = payload["changes"]
    if not changes["changed"] and not changes["removed"] and not changes["unchanged"]:
        return f"此前没有已通过的上报件，本次{len(changes['added'])}条均为首次上报。"
    return (
        f"新增{len(changes['added'])}条，修改{len(changes['changed'])}条，"
        f"减少{len(changes['removed'])}条，未变{changes['unchanged']}条。"
    )


def _listed(word: str, entries: Sequence[Mapping[str, Any]], lookup: Lookup) -> list[Section]:
    by_register: dict[str, list[str]] = {}
    for entry in entries:
        by_register.setdefault(entry["register"], []).append(_entry(entry, lookup))
    return [
        Section(f"{word}：{_register_title(register)}（{len(lines)}条）", ("、".join(lines),))
        for register, lines in sorted(by_register.items())
    ]


def _register_title(register: str) -> str:
    return {"office": "单位基本情况", "duty_lists": "管护责任清单信息"}.get(register) or REGISTERS[register].title


def _entry(entry: Mapping[str, Any], lookup: Lookup) -> str:
    register = entry["register"]
    row = lookup.row(register, entry["uid"])
    title = entry.get("title") or lookup.title(register, entry["uid"])
    if not title and row.get("person"):
        title = lookup.title("persons", row["person"])
    title = title or str(row.get("at") or row.get("year") or "（未命名）")
    if not entry.get("fields") or register not in REGISTERS:
        return title
    specs = fields_of(REGISTERS[register].record)
    return f"{title}({'、'.join(specs[name].label for name in entry['fields'] if name in specs)})"


def _explanations(payload: Payload, heading: Heading) -> TextPage:
    lookup = Lookup(payload["registers"])
    sections: list[Section] = []
    for one in payload["explanations"]:
        where = _register_title(one["register"]) if one["register"] else "整份上报"
        named = _entry({"register": one["register"], "uid": one["uid"]}, lookup) if one["uid"] else ""
        by = f"({one['by']})" if one["by"] else ""
        sections.append(Section(f"{where} {named}".strip(), (f"{one['text']}{by}",)))
    return TextPage("出错说明", f"{heading.office} {heading.period}", tuple(sections))

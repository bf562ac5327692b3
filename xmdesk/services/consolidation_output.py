"""The consolidation as workbook and on paper: totals by group, who is missing, and every row behind them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xmdesk import clock
from xmdesk.documents.drawing import draw
from xmdesk.documents.layouts import page_layout
from xmdesk.documents.parts import Align, Column, Footer, Part, RegisterForm, Signatories, Signature
from xmdesk.documents.register_pages import Lookup, show_value
from xmdesk.documents.sheets import columns as sheet
from xmdesk.documents.sheets.writing import SheetOut, write_xlsx
from xmdesk.records.base import fields_of
from xmdesk.records.kinds import Reference
from xmdesk.records.office import Office
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.records.values.dates import show_day
from xmdesk.records.values.reading import Read
from xmdesk.services.consolidating import COUNTS, Consolidation, OfficeLine, Totals

Rows = Mapping[str, Sequence[tuple[OfficeLine, Mapping[str, Any]]]]


def workbook(found: Consolidation, rows: Rows, office: str) -> bytes:
    """Return the workbook: 汇总, 应报实报, one sheet per register with the rows of all offices."""
    title = f"{office} {found.period.words}汇总（应报{found.expected}/实报{found.included}）"
    sheets = [_totals_sheet(found, title), _grid_sheet(found), _offices_sheet(rows)]
    sheets += [_register_sheet(name, rows) for name in (*FORMS, "persons")]
    return write_xlsx(sheets)


def _column(label: str, *, number: bool = False, path: tuple[str, ...] = ()) -> sheet.Column:
    form = sheet.Form.NUMBER if number else sheet.Form.TEXT
    return sheet.Column(label, label, _as_it_is, form=form, header=path)


def _as_it_is(raw: object) -> Read[object]:
    return Read(raw)


def _totals_sheet(found: Consolidation, title: str) -> SheetOut:
    columns = (
        _column("范围"),
        _column("应报", number=True),
        _column("实报", number=True),
        *(_column(label, number=True) for _, label in COUNTS),
    )
    rows = [_totals_row(one) for one in (*found.groups, found.totals)]
    notes = (
        "每个合计只加实报单位；未报单位不计入，也不按零计。",
        f"核对码：{found.digest}",
    )
    return SheetOut("汇总", columns, rows, title=title, notes=notes)


def _totals_row(one: Totals) -> list[Any]:
    counts = (_number(one.counts[name]) if one.included else None for name, _ in COUNTS)
    return [one.group, one.expected, one.included, *counts]


def _number(value: Any) -> Any:
    from decimal import Decimal

    return Decimal(value) if isinstance(value, str) else value


def _grid_sheet(found: Consolidation) -> SheetOut:
    labels = ("区划代码", "单位", "镇(街道)", "状态", "是否迟报", "版次", "收到时间", "短码", "联系人", "电话")
    rows = [
        [
            one.code,
            one.name,
            one.township,
            one.state,
            "是" if one.late else "",
            str(one.submission.version) if one.submission else "",
            clock.day_of(one.submission.received_at) if one.submission else "",
            one.submission.short_code if one.submission else "",
            one.contact,
            one.phone,
        ]
        for one in found.grid.lines
    ]
    title = f"应报{found.expected}/实报{found.included}"
    return SheetOut("应报实报", tuple(_column(label) for label in labels), rows, title=title)


def _offices_sheet(rows: Rows) -> SheetOut:
    specs = [spec for spec in fields_of(Office).values() if spec.name not in ("code", "name")]
    columns = (_column("区划代码"), _column("单位"), *(_column(spec.label) for spec in specs))
    lookup = Lookup({"persons": [row for _, row in rows.get("persons", ())]})
    lines = [
        [line.code, line.name, *(show_value(spec, row.get(spec.name), lookup) for spec in specs)]
        for line, row in rows.get("office", ())
    ]
    return SheetOut("单位基本情况", columns, lines)


def _register_sheet(name: str, rows: Rows) -> SheetOut:
    layout = page_layout(name)
    record = REGISTERS[name].record
    by_office: dict[str, Lookup] = {}
    for code in {line.code for some in rows.values() for line, _ in some}:
        by_office[code] = Lookup(
            {register: [row for line, row in some if line.code == code] for register, some in rows.items()}
        )
    columns = (
        _column("区划代码"),
        _column("单位"),
        *(_column("/".join(one.heads), path=one.heads) for one in layout.columns),
    )
    lines = [
        [line.code, line.name, *(_shown(record, one.field, row, by_office[line.code]) for one in layout.columns)]
        for line, row in rows.get(name, ())
    ]
    return SheetOut(REGISTERS[name].title, columns, lines, title=layout.title)


def _shown(record: Any, field: str, row: Mapping[str, Any], lookup: Lookup) -> str:
    head, _, tail = field.partition(".")
    spec = fields_of(record)[head]
    if tail and isinstance(spec.kind, Reference):
        to = spec.kind.to
        inner = fields_of(REGISTERS[to].record)[tail]
        return show_value(inner, lookup.row(to, row.get(head) or "").get(tail), lookup)
    return show_value(spec, row.get(head), lookup)


def summary_pdf(found: Consolidation, office: str, code: str) -> bytes:
    """Return the summary for print: totals by group with 应报/实报 on every line, then the offices still missing."""
    coverage = f"应报{found.expected}/实报{found.included}"
    columns = (
        Column(("范围",)),
        Column(("应报/实报",), Align.CENTRE),
        *(Column((label,), Align.RIGHT) for _, label in COUNTS),
    )
    parts: list[Part] = [
        RegisterForm(
            title="城乡社区服务体系建设汇总表",
            columns=columns,
            rows=tuple(_printed(one) for one in found.groups),
            totals=_printed(found.totals),
            subtitle=f"{found.period.words}({coverage})",
            office=office,
            division_code=code,
            notes=("每个合计只加实报单位；未报单位不计入，也不按零计。", f"核对码：{found.digest}"),
            signature=Signature(),
            stamp="（单位公章）",
            landscape=True,
        )
    ]
    if found.missing:
        parts.append(_missing_form(found, office, code))
    return draw(parts, footer=Footer(remark=coverage))


def _missing_form(found: Consolidation, office: str, code: str) -> RegisterForm:
    return RegisterForm(
        title="未报单位",
        columns=tuple(Column((head,)) for head in ("区划代码", "单位", "镇(街道)", "状态", "电话")),
        rows=tuple((one.code, one.name, one.township, one.state, one.phone) for one in found.missing),
        subtitle=f"{found.period.words}（应报{found.expected}，未报{len(found.missing)}）",
        office=office,
        division_code=code,
        landscape=False,
    )


def chasing_pdf(found: Consolidation, office: str, code: str, *, due_on: date | None) -> bytes:
    """Return the 催报单: every office without a return that counts, whom to ring, and room to note what was said."""
    until = f"，截止{show_day(due_on)}" if due_on else ""
    form = RegisterForm(
        title="催报单",
        columns=(
            Column(("镇(街道)",), merged=True),
            Column(("单位",)),
            Column(("状态",), Align.CENTRE),
            Column(("联系人",)),
            Column(("电话",)),
            Column(("催办时间、接电话的人",)),
            Column(("答复、约定日期",)),
        ),
        rows=tuple((one.township, one.name, one.state, one.contact, one.phone, "", "") for one in found.missing),
        subtitle=f"{found.period.words}（应报{found.expected}，未报{len(found.missing)}{until}）",
        office=office,
        division_code=code,
        notes=("含联系电话，内部使用，用后妥善保管。",),
        signature=Signatories((("经办人", ""), ("日期", "　　年　　月　　日"))),
        landscape=True,
    )
    return draw([form], footer=Footer(remark=f"应报{found.expected}/实报{found.included}"))


def _printed(one: Totals) -> tuple[str, ...]:
    counts = (str(one.counts[name]) if one.included else "—" for name, _ in COUNTS)
    return (one.group, f"{one.expected}/{one.included}", *counts)

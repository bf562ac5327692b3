"""register list, rows, template, export, import, undo-import."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from ui.cli.terminal import (
    FINDINGS,
    Book,
    Force,
    Json,
    PasswordFile,
    answer,
    check_ending,
    guarded,
    leave,
    opened,
    password,
    read_day,
    read_text,
    tell,
)
from xmdesk.files import atomic_write, shown_path
from xmdesk.problems import Severity, count
from xmdesk.records.base import fields_of
from xmdesk.records.registers import REGISTERS
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.past import Past, PastMoment, end_of
from xmdesk.services.registers import Registers, register_named

app = typer.Typer(no_args_is_help=True, help="台账")
Name = Annotated[str, typer.Argument(help="台账名，如 facilities、duties")]


@app.command(name="list")
@guarded
def list_(book: Book, password_file: PasswordFile = None, as_json: Json = False) -> None:
    """各台账名称和条数。"""
    with opened(book, password(password_file)) as desk:
        found = [
            {"name": name, "title": one.title, "count": desk.registers.count(name)} for name, one in REGISTERS.items()
        ]
    lines = [f"{one['name']:<20}{one['count']:>6}  {one['title']}" for one in found]
    answer({"registers": found, "rows": found, "total": len(found)}, as_json=as_json, lines=lines)


@app.command()
@guarded
def rows(
    book: Book,
    name: Name,
    as_of: Annotated[str, typer.Option(help="某日的样子，YYYY-MM-DD")] = "",
    search: Annotated[str, typer.Option(help="汉字、全拼或首字母")] = "",
    limit: Annotated[int, typer.Option(help="最多几行", min=0)] = 0,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """列出一个台账的行（号码已隐去中间几位）。"""
    register_named(name)
    then = PastMoment(as_of, end_of(read_day(as_of))) if as_of else None
    with opened(book, password(password_file)) as desk, _as_of(desk.registers, name, then) as registers:
        listed, total = _rows(registers, name, search=search, limit=limit)
    fields = fields_of(REGISTERS[name].record)
    lines = ["\t".join(row[field] for field in fields if row[field]) for row in listed]
    answer({"rows": listed, "total": total}, as_json=as_json, lines=lines)


@contextmanager
def _as_of(registers: Registers, name: str, then: PastMoment | None) -> Generator[Registers]:
    """The registers as they stood at the end of a day, or as they are."""
    if then is None:
        yield registers
        return
    with closing(Past(registers).at(name, then)) as past:
        yield past.registers


def _rows(registers: Registers, name: str, *, search: str, limit: int) -> tuple[list[dict[str, Any]], int]:
    uids = registers.uids(name, search=search)
    records, total = registers.rows(name, uids[:limit] if limit else uids), len(uids)
    shown = registers.shown_many(records)
    return [
        {"uid": one.uid, "title": registers.title_of(one), **texts, "values": _values(one)}
        for one, texts in zip(records, shown, strict=True)
    ], total


def _values(record: Any) -> dict[str, Any]:
    """Stored values as JSON, identity numbers and phones masked."""
    return {
        name: spec.kind.mask(getattr(record, name)) if spec.kind.sensitive else spec.kind.to_json(getattr(record, name))
        for name, spec in fields_of(type(record)).items()
    }


@app.command()
@guarded
def template(
    name: Name, out: Annotated[Path, typer.Option(help="写到哪个 .xlsx")], force: Force = False, as_json: Json = False
) -> None:
    """空白导入表（不会损坏身份证号）。"""
    from xmdesk.services.exporting import template as blank

    check_ending(out, ".xlsx")
    atomic_write(out, blank(name), force=force)
    answer({"path": shown_path(out)}, as_json=as_json, lines=[f"已写出 {shown_path(out)}"])


@app.command()
@guarded
def export(
    book: Book,
    name: Name,
    out: Annotated[Path, typer.Option(help="写到哪个 .xlsx 或 .csv")],
    unmasked: Annotated[bool, typer.Option("--unmasked", help="导出完整的证件号码和手机号码")] = False,
    reason: Annotated[str, typer.Option(help="导出完整号码的用途")] = "",
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """导出台账给 WPS/Excel（证件号码和手机号码隐去中间几位）。"""
    from xmdesk.services.exporting import Exporting

    check_ending(out, ".xlsx", ".csv")
    with opened(book, password(password_file)) as desk:
        written = Exporting(desk.store).write(name, out, reason=reason, unmasked=unmasked, force=force)
    answer(
        {"path": shown_path(out), "rows": written}, as_json=as_json, lines=[f"已导出 {written} 行：{shown_path(out)}"]
    )


@app.command(name="import")
@guarded
def import_(
    book: Book,
    name: Name,
    file: Annotated[Path, typer.Argument(help="xlsx 或 csv 文件")],
    sheet: Annotated[str, typer.Option(help="工作表名")] = "",
    map_: Annotated[Path | None, typer.Option("--map", help="列对应关系 MAP.json")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，不写入")] = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """导入表格：好的行进台账，有问题的行留作待处理。"""
    mapping = _mapping(map_)
    with opened(book, password(password_file)) as desk:
        preview = desk.importing.preview(file, name, sheet=sheet, mapping=mapping)
        batch = ""
        if dry_run:
            desk.registers.refuse_finalised(preview.records)  # as writing would
        elif not preview.found.stopped:
            batch = desk.importing.write(preview).batch
    answer(preview.as_json(batch), as_json=as_json, lines=_told(preview, batch))
    errors = count(preview.problems, Severity.ERROR)
    if preview.parked or preview.found.stopped or errors:
        leave(FINDINGS)


def _mapping(path: Path | None) -> str:
    return read_text(path, "CLI-MAP-FILE") if path else ""


_NOT_READ = frozenset(
    {"SHEET-COLUMN-UNKNOWN", "SHEET-OTHER-SHEETS", "SHEET-SKIP-TOTAL", "SHEET-SKIP-NOTE", "SHEET-SKIP-GROUP"}
)
"""Notices of what stands in the file and went nowhere."""
_COUNTED = (
    ("new", "新增"),
    ("changed", "更新"),
    ("merged", "并入"),
    ("same", "相同"),
    ("parked", "待处理"),
    ("skipped", "跳过"),
)
_PEOPLE = (("new", "新增"), ("completed", "补充"), ("changed", "修改"))


def _told(preview: ImportPreview, batch: str) -> list[str]:
    counts = preview.counts
    words = " ".join(f"{words}{counts[name]}" for name, words in _COUNTED)
    people = " ".join(f"{words}{preview.people_counts[name]}" for name, words in _PEOPLE if preview.people_counts[name])
    words += f"；人员名册 {people}" if people else ""
    for one in preview.problems:
        if one.severity is not Severity.NOTICE or one.code in _NOT_READ:
            tell(f"{one.text}{one.to_do}")
    return [words, f"批次：{batch}" if batch else "（未写入）"]


@app.command(name="undo-import")
@guarded
def undo_import(
    book: Book,
    batch: Annotated[str, typer.Argument(help="批次编号")],
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """把一次导入整批撤回；之后改过的行保留并列出。"""
    with opened(book, password(password_file)) as desk:
        result = desk.importing.undo(batch)
        kept = [{"register": key, "uid": uid} for key, uid in result.kept]
    content = {"removed": result.removed, "restored": result.restored, "kept": kept}
    answer(content, as_json=as_json, lines=[f"撤回{result.removed}条，还原{result.restored}条，保留{len(kept)}条"])

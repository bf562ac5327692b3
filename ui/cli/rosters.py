"""roster show, import, export: the district's own list of offices (an addition to the contract's table)."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.terminal import FINDINGS, Book, Force, Json, PasswordFile, answer, guarded, leave, opened, password
from xmdesk.files import shown_path

app = typer.Typer(no_args_is_help=True, help="应报名册")


@app.command()
@guarded
def show(book: Book, password_file: PasswordFile = None, as_json: Json = False) -> None:
    """名册和其中的问题（重号、空号、重名）。"""
    with opened(book, password(password_file)) as desk:
        offices = desk.tasks.roster()
        problems = desk.rosters.problems()
    content = {
        "offices": [{"code": one.code, "name": one.name, "township": one.township} for one in offices],
        "problems": [one.as_json() for one in problems],
    }
    lines = [f"{one.code} {one.name}" for one in offices] + [f"{one.text}{one.to_do}" for one in problems]
    answer(content, as_json=as_json, lines=lines)
    if problems:
        leave(FINDINGS)


@app.command(name="import")
@guarded
def import_(
    book: Book,
    file: Annotated[Path, typer.Argument(help="名册表格")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，不写入")] = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """导入名册；表里不再列出的单位自今日起停用。"""
    with opened(book, password(password_file)) as desk:
        done = desk.rosters.bring_in(file, dry_run=dry_run)
    content = {
        "new": done.new,
        "changed": done.changed,
        "same": done.same,
        "ended": done.ended,
        "written": done.written,
        "problems": [one.as_json() for one in done.problems],
    }
    lines = [f"{one.text}{one.to_do}" for one in done.problems]
    words = f"新增{done.new} 更新{done.changed} 相同{done.same} 停用{done.ended}"
    answer(content, as_json=as_json, lines=[*lines, words if done.written else f"{words}（未写入）"])
    if done.problems:
        leave(FINDINGS)


@app.command()
@guarded
def export(
    book: Book,
    out: Annotated[Path, typer.Option(help="写到哪个 .xlsx")],
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """导出名册，可改好再导入。"""
    with opened(book, password(password_file)) as desk:
        written = desk.rosters.write(out, force=force)
    answer(
        {"path": shown_path(out), "rows": written},
        as_json=as_json,
        lines=[f"已导出 {written} 个单位：{shown_path(out)}"],
    )

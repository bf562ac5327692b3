"""task issue, task accept."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.terminal import Book, Force, Json, PasswordFile, answer, guarded, opened, password, read_day, receiving
from xmdesk.files import shown_path
from xmdesk.periods import Period

app = typer.Typer(no_args_is_help=True, help="采集任务")


@app.command()
@guarded
def issue(
    book: Book,
    period: Annotated[str, typer.Option(help="报告期，如 2026Q4")],
    due: Annotated[str, typer.Option(help="截止日，YYYY-MM-DD")],
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")],
    forms: Annotated[str, typer.Option(help="要报的表，逗号分开；缺省全部")] = "",
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """向名册上所有单位下发采集任务。"""
    day = read_day(due)
    wanted = tuple(one.strip() for one in forms.split(",") if one.strip())
    with receiving(book, password(password_file)) as desk:
        made = desk.tasks.issue(Period.parse(period), due_on=day, out=out, forms=wanted, force=force)
    answer(
        made.as_json(), as_json=as_json, lines=[f"任务 {made.task} 发给 {made.offices} 个单位：{shown_path(made.path)}"]
    )


@app.command()
@guarded
def accept(
    book: Book,
    file: Annotated[Path, typer.Argument(help="任务文件")],
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """导入采集任务。"""
    with opened(book, password(password_file)) as desk:
        taken = desk.reviewing.take(file)
    word = taken.remark.text if taken.remark else "已导入采集任务"
    answer(taken.as_json(), as_json=as_json, lines=[word])

"""backup make, verify, restore."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.terminal import FINDINGS, Book, Json, PasswordFile, answer, guarded, leave, password
from ui.compose import make_backup, restore_backup, verify_backup
from xmdesk.files import shown_path

app = typer.Typer(no_args_is_help=True, help="备份")
File = Annotated[Path, typer.Argument(help="备份文件")]


@app.command()
@guarded
def make(
    book: Book,
    to: Annotated[Path | None, typer.Option(help="写到哪个文件夹，缺省在台账册内")] = None,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """做一份核对过的备份。"""
    made = make_backup(book, password(password_file), to)
    answer(made, as_json=as_json, lines=[f"已备份并核对：{made['path']}"])


@app.command()
@guarded
def verify(file: File, password_file: PasswordFile = None, as_json: Json = False) -> None:
    """核对一份备份。"""
    found = verify_backup(file, password(password_file))
    answer(found, as_json=as_json, lines=["备份完好" if found["ok"] else "备份有问题"])
    if not found["ok"]:
        leave(FINDINGS)


@app.command()
@guarded
def restore(
    file: File,
    to: Annotated[Path, typer.Option(help="还原成哪个台账册（不能已存在）")],
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """还原到一个新的台账册。"""
    made = restore_backup(file, to, password(password_file))
    answer(made, as_json=as_json, lines=[f"已还原到 {shown_path(to)}"])

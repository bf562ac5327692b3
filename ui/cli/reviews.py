"""review accept, review send-back, receipt take."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.terminal import Book, Force, Json, PasswordFile, answer, guarded, opened, password, receiving
from xmdesk.files import shown_path
from xmdesk.sealed.payload import KIND_WORDS
from xmdesk.services.points_file import read_points
from xmdesk.trust.profiles import DocumentKind

app = typer.Typer(no_args_is_help=True, help="审核")
receipt_app = typer.Typer(no_args_is_help=True, help="回执和退回单")
Name = Annotated[str, typer.Argument(metavar="SUBMISSION", help="上报件编号、短码或内容摘要")]
Out = Annotated[Path, typer.Option(help="写到哪个文件")]
By = Annotated[str, typer.Option("--by", help="审核人")]
Remark = Annotated[str, typer.Option("--note", help="附言")]


@app.command()
@guarded
def accept(
    book: Book,
    submission: Name,
    out: Out,
    by: By = "",
    note: Remark = "",
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """审核通过，写出回执。"""
    with receiving(book, password(password_file)) as desk:
        found = desk.reviewing.find(submission)
        path = desk.reviewing.accept(found, out, by=by, note=note, force=force)
    answer({"path": shown_path(path)}, as_json=as_json, lines=[f"回执：{shown_path(path)}"])


@app.command(name="send-back")
@guarded
def send_back(
    book: Book,
    submission: Name,
    points: Annotated[Path, typer.Option(help="更正事项 POINTS.json")],
    out: Out,
    by: By = "",
    note: Remark = "",
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """退回，写出逐条指明的退回单。"""
    listed = read_points(points)
    with receiving(book, password(password_file)) as desk:
        found = desk.reviewing.find(submission)
        path = desk.reviewing.send_back(found, listed, out, by=by, note=note, force=force)
    answer({"path": shown_path(path)}, as_json=as_json, lines=[f"退回单：{shown_path(path)}"])


@receipt_app.command()
@guarded
def take(
    book: Book,
    file: Annotated[Path, typer.Argument(help="回执、退回单、任务、开通证书")],
    root_digits: Annotated[str, typer.Option(help="第一次导入开通证书时：区里通知上的根证书指纹（20位或后8位）")] = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """导入区里的回复。"""
    with opened(book, password(password_file)) as desk:
        taken = desk.reviewing.take(file, root_digits_typed=root_digits)
    words = [f"{one.title} {one.label}：{one.reason}" for one in taken.points]
    done = [f"已导入{KIND_WORDS[DocumentKind(taken.kind)]}"] if taken.applied else []
    remark = [f"{taken.remark.text}{taken.remark.to_do}"] if taken.remark else []
    answer(taken.as_json(), as_json=as_json, lines=[*done, *remark, *words])

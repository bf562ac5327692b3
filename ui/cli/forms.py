"""form fill, form what: blank forms sent from above, and what a file is (an addition to the contract's table)."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.terminal import (
    FINDINGS,
    Book,
    Force,
    Json,
    PasswordFile,
    answer,
    guarded,
    leave,
    opened,
    password,
    read_text,
    tell,
)
from xmdesk.files import shown_path
from xmdesk.services.registers import register_named

if TYPE_CHECKING:
    from xmdesk.services.filling import Filled
    from xmdesk.services.finding import Finding
    from xmdesk.services.form_mapping import Blank, FormMap

app = typer.Typer(no_args_is_help=True, help="填上面发来的空表")


@app.command()
@guarded
def fill(
    book: Book,
    register: Annotated[str, typer.Argument(help="台账名，如 facilities、duties")],
    blank: Annotated[Path, typer.Argument(help="要填的空表 xlsx")],
    out: Annotated[Path, typer.Option(help="填好后写到哪个 .xlsx")],
    sheet: Annotated[str, typer.Option(help="工作表名")] = "",
    map_: Annotated[Path | None, typer.Option("--map", help="列对应关系 MAP.json")] = None,
    filter_: Annotated[str, typer.Option("--filter", help="只填这个已保存的筛选里的记录")] = "",
    search: Annotated[str, typer.Option(help="只填搜到的记录")] = "",
    unmasked: Annotated[bool, typer.Option("--unmasked", help="填完整证件号码")] = False,
    reason: Annotated[str, typer.Option(help="填完整证件号码的用途")] = "",
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """用一个台账把空表填好，原表的格式不变；停用的记录不填。"""
    from xmdesk.services.filling import Filling
    from xmdesk.services.finding import Finding
    from xmdesk.services.form_mapping import read_form_map

    register_named(register)
    told = _text(map_)
    with opened(book, password(password_file)) as desk:
        filling = Filling(desk.store)
        form = filling.look(blank, sheet=sheet, register=register)
        form_map = read_form_map(told, form, register) if told else filling.propose(form, register)
        named = filling.named(form, form_map)
        by_name = named.is_any and not (filter_ or search)
        uids = named.uids if by_name else _asked(Finding(desk.store), register, filter_, search)
        form = replace(form, problems=(*form.problems, *named.problems))
        done = filling.fill(form, form_map, uids, out, unmasked=unmasked, reason=reason, force=force)
    _answer(form, form_map, done, as_json=as_json)


def _asked(finding: "Finding", register: str, name: str, search: str) -> Sequence[str]:
    """The records to fill in: those of a kept filter or all, without the retired ones."""
    from xmdesk.ports import Condition, Op
    from xmdesk.services.finding import Filter

    wanted = finding.named(register, name) if name else Filter(register)
    conditions = (*wanted.conditions, Condition("retired_on", Op.EMPTY))
    return finding.uids(replace(wanted, conditions=conditions, search=search or wanted.search))


def _answer(form: "Blank", form_map: "FormMap", done: "Filled", *, as_json: bool) -> None:
    content: dict[str, Any] = {
        "path": shown_path(done.path),
        "rows": done.rows,
        "sheet": form.sheet,
        "masked": list(done.masked),
        "empty": list(done.empty),
        "mapping": form_map.as_json(),
        "problems": [one.as_json() for one in form.problems],
    }
    for one in form.problems:
        tell(f"{one.text}{one.to_do}")
    told = (
        f"已填 {done.rows} 行：{shown_path(done.path)}",
        *_said("已隐去中间几位", done.masked),
        *_said("没有内容", done.empty),
    )
    answer(content, as_json=as_json, lines=told)
    if form.problems:
        leave(FINDINGS)


@app.command()
@guarded
def what(file: Annotated[Path, typer.Argument(help="任意文件")], as_json: Json = False) -> None:
    """说明一个文件是什么、交给本程序会怎样；什么也不写。"""
    from xmdesk.services.recognising import recognise

    found = recognise(file)
    content = {
        "kind": str(found.kind),
        "text": found.text,
        "register": found.register,
        "score": found.score,
        "code": found.code,
        "guesses": [one.__dict__ for one in found.guesses],
    }
    answer(content, as_json=as_json, lines=[found.text])


def _text(path: Path | None) -> str:
    return read_text(path, "CLI-MAP-FILE") if path else ""


def _said(what_: str, headers: tuple[str, ...]) -> list[str]:
    return [f"{what_}的列：{'、'.join(headers)}"] if headers else []

"""inbox receive, inbox list, consolidate, indicators."""

from pathlib import Path
from typing import Annotated

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
    receiving,
    watching,
)
from xmdesk.errors import WrongUse
from xmdesk.files import check_readable, shown_path
from xmdesk.periods import Period
from xmdesk.services.gathering import gathered

app = typer.Typer(no_args_is_help=True, help="收件箱")


@app.command()
@guarded
def receive(
    book: Book,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件或文件夹")],
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """收文件：逐份验签，导入或隔离。"""
    for one in paths:
        check_readable(one, or_folder=True)
    with receiving(book, password(password_file)) as desk, watching() as watch:
        brought = gathered(paths)
        results = desk.inbox.receive(brought, watch)
    counted = {word: sum(1 for one in results if one.verdict in verdicts) for word, verdicts in _COUNTED}
    content = {
        "files": len(results),
        **counted,
        "unread": brought.unread,
        "results": [one.as_json() for one in results],
        "problems": [one.as_json() for one in brought.problems],
    }
    words = {"accept": "收", "notice": "收", "hold": "待核", "refuse": "拒", "duplicate": "重复"}
    lines = [
        f"[{words[one.verdict]}] {one.file}：{one.text}{''.join(two.text for two in one.further)}" for one in results
    ]
    lines.append("共{files}份：收{accepted} 待核{held} 拒{refused} 重复{duplicates}".format(**content))
    lines += [f"{one.text}{one.to_do}" for one in brought.problems]
    answer(content, as_json=as_json, lines=lines)
    if counted["held"] or counted["refused"] or brought.problems:
        leave(FINDINGS)


_COUNTED = (
    ("accepted", ("accept", "notice")),
    ("held", ("hold",)),
    ("refused", ("refuse",)),
    ("duplicates", ("duplicate",)),
)


@app.command()
@guarded
def lock(
    book: Book,
    period: Annotated[str, typer.Option(help="报告期")],
    undo: Annotated[bool, typer.Option("--undo", help="解除锁定")] = False,
    reason: Annotated[str, typer.Option(help="解除锁定的理由")] = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """锁定一期：以后补报的要写明理由才能通过。"""
    from xmdesk.services.closing import Closing

    chosen = Period.parse(period)
    with receiving(book, password(password_file)) as desk:
        closing = Closing(desk)
        if undo:
            closing.unlock(chosen, reason)
        else:
            closing.lock(chosen)
        at = closing.locked().get(chosen.text, "")
    words = f"{chosen.words}已锁定" if at else f"{chosen.words}没有锁定"
    answer({"period": chosen.text, "locked": bool(at), "locked_at": at}, as_json=as_json, lines=[words])


@app.command(name="list")
@guarded
def list_(
    book: Book,
    period: Annotated[str, typer.Option(help="报告期")],
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """应报名册与到报情况。"""
    with receiving(book, password(password_file)) as desk:
        grid = desk.consolidating.grid(Period.parse(period))
    lines = [f"{one.code} {one.state} {one.name}" for one in grid.lines]
    states = " ".join(f"{name}{number}" for name, number in grid.states.items())
    answer(grid.as_json(), as_json=as_json, lines=[*lines, f"应报{len(grid.lines)}：{states}"])


def add_to(root: typer.Typer) -> None:
    """Add the commands that stand at the top level."""
    root.command()(consolidate)
    root.command()(indicators)


@guarded
def consolidate(
    book: Book,
    period: Annotated[str, typer.Option(help="报告期")],
    out: Annotated[Path, typer.Option(help="汇总表 .xlsx")],
    by: Annotated[str, typer.Option(help="township 按镇街，office 按单位")] = "township",
    pdf: Annotated[Path | None, typer.Option(help="打印用汇总 .pdf")] = None,
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """汇总：每个合计都注明应报/实报。"""
    if by not in ("township", "office"):
        raise WrongUse("CLI-BY")
    check_ending(out, ".xlsx")
    if pdf is not None:
        check_ending(pdf, ".pdf")
    with receiving(book, password(password_file)) as desk:
        found = desk.consolidating.consolidate(Period.parse(period), by=by)
        desk.consolidating.write(found, out, pdf, force=force)
    content = {**found.as_json(), "path": shown_path(out), "pdf": shown_path(pdf) if pdf else ""}
    answer(content, as_json=as_json, lines=[f"应报{found.expected}/实报{found.included}，已写出 {shown_path(out)}"])


@guarded
def indicators(
    book: Book,
    as_of: Annotated[str, typer.Option(help="哪一天，YYYY-MM-DD")],
    set_: Annotated[Path | None, typer.Option("--set", help="指标集文件")] = None,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """规划指标：条款、数值、阈值、结论和依据的行。"""
    from xmdesk.services.indicating import Indicating

    day = read_day(as_of)
    with opened(book, password(password_file)) as desk:
        found = Indicating(desk).as_of(day, set_)
    lines = [f"{one.clause} {one.title}：{one.shown}（{one.verdict}）" for one in found]
    answer({"indicators": [one.as_json() for one in found]}, as_json=as_json, lines=lines)

"""print: standardized form, blank form, public notice."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.terminal import Book, Force, Json, PasswordFile, answer, check_ending, guarded, opened, password
from xmdesk import clock
from xmdesk.files import shown_path
from xmdesk.periods import Period


def add_to(root: typer.Typer) -> None:
    """Add the command."""
    root.command(name="print")(print_)


@guarded
def print_(
    book: Book,
    form: Annotated[str, typer.Argument(help="表名，同台账名")],
    out: Annotated[Path, typer.Option(help="写到哪个 .pdf")],
    period: Annotated[str, typer.Option(help="报告期，缺省本季度")] = "",
    blank: Annotated[bool, typer.Option("--blank", help="空白表")] = False,
    public: Annotated[bool, typer.Option("--public", help="公示版：不含证件号码等")] = False,
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """打印标准表、空白表或公示版。"""
    from xmdesk.services.printing import Printing

    check_ending(out, ".pdf")
    chosen = Period.parse(period) if period else Period.containing(clock.today())
    with opened(book, password(password_file)) as desk:
        made = Printing(desk).write(form, out, period=chosen, blank=blank, public=public, force=force)
    answer(made.as_json(), as_json=as_json, lines=[f"已写出 {shown_path(out)}，共 {made.pages} 页"])

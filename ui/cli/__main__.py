"""The command line: the second face of the same services (contracts.md)."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path

import typer

from ui.cli import backups, books, forms, inbox, printing, registers, returns, reviews, rosters, tasks, trust
from ui.cli.terminal import PROGRAM_FAULT, answer_unanswered, tell
from ui.cli.usage import speak_chinese
from ui.diagnosis import reporting


def build() -> typer.Typer:
    """Return the whole command tree."""
    app = typer.Typer(
        no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="台账与上报命令行"
    )
    for name, group in (
        ("book", books.app),
        ("register", registers.app),
        ("form", forms.app),
        ("trust", trust.app),
        ("roster", rosters.app),
        ("task", tasks.app),
        ("return", returns.app),
        ("receipt", reviews.receipt_app),
        ("review", reviews.app),
        ("inbox", inbox.app),
        ("backup", backups.app),
    ):
        app.add_typer(group, name=name)
    for add in (returns.add_to, inbox.add_to, printing.add_to):
        add(app)
    return speak_chinese(app)


def main() -> None:
    """Run the command line, or the capped child when asked for it."""
    if "--worker" in sys.argv[1:2]:
        from xmdesk.worker import main as work

        work()
        return
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as the program, whose caller gave it none
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        with reporting(tell, code=PROGRAM_FAULT):
            build()()
    except SystemExit as left:
        answer_unanswered(sys.argv[1:], left.code)
        raise


if __name__ == "__main__":
    main()

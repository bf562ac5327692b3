"""How the command line speaks: one JSON object or plain lines on standard output, everything else on standard error."""

import json
import os
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NoReturn, ParamSpec

import typer

from xmdesk.errors import WrongUse, XmError

P = ParamSpec("P")

Json = Annotated[bool, typer.Option("--json", help="标准输出只给一个 JSON 对象")]
PasswordFile = Annotated[Path | None, typer.Option("--password-file", help="口令文件；否则取环境变量 XMDESK_PASSWORD")]
Force = Annotated[bool, typer.Option("--force", help="允许覆盖已有文件")]
Book = Annotated[Path, typer.Argument(help="台账册文件夹")]

_WRONG_USE = WrongUse.exit_code
_answered: list[int] = []
"""Grows with every JSON answer of this process."""

DONE = 0
FINDINGS = 1


def password(file: Path | None) -> str:
    """Return the password: from the file, else the environment, else a prompt; never an argument."""
    if file is not None:
        try:
            return file.read_text("utf-8-sig").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise WrongUse("CLI-PASSWORD-FILE") from None
    held = os.environ.get("XMDESK_PASSWORD")
    if held:
        return held
    if not sys.stdin.isatty():
        raise WrongUse("CLI-NO-PASSWORD")
    return str(typer.prompt("口令", hide_input=True, err=True))


def answer(content: dict[str, Any], *, as_json: bool, lines: Sequence[str] = ()) -> None:
    """Print the answer of a command."""
    if as_json:
        _answered.append(1)
        sys.stdout.write(json.dumps(content, ensure_ascii=False, default=str) + "\n")
    else:
        for line in lines:
            sys.stdout.write(f"{line}\n")


def answer_usage(words: Sequence[str], code: object) -> None:
    """Give the one JSON object for words that typer itself could not read (its own message is on standard error)."""
    if code == _WRONG_USE and "--json" in words and not _answered:
        trouble = WrongUse("CLI-USAGE")
        answer({"ok": False, "error": trouble.as_json(), "problems": [trouble.as_json()]}, as_json=True)


def tell(text: str) -> None:
    """Say something beside the answer."""
    sys.stderr.write(f"{text}\n")


def leave(code: int) -> NoReturn:
    """End the command with an exit code of the contract."""
    raise typer.Exit(code)


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn trouble a person can act on into its three-part message and its exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except XmError as trouble:
            as_json = bool(kwargs.get("as_json"))
            problems = getattr(trouble, "problems", None)
            listed = [one.as_json() for one in problems] if problems else [trouble.as_json()]
            answer({"ok": False, "error": trouble.as_json(), "problems": listed}, as_json=as_json)
            tell(f"{trouble.heading}:{trouble.happened}{trouble.to_do}")
            leave(trouble.exit_code)

    return run


class Watch:
    """Progress on a terminal: one line that is rewritten; nothing at all where nobody watches."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def step(self, done: int, total: int, text: str) -> None:
        """Show how far the work is."""
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{text} {done}/{total}")
            sys.stderr.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")


@contextmanager
def watching() -> Generator[Watch]:
    """Progress for the length of a block."""
    watch = Watch()
    try:
        yield watch
    finally:
        watch.end()

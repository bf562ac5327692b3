"""How the command line speaks: one JSON object or plain lines on standard output, everything else on standard error."""

import json
import os
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NoReturn, ParamSpec

import typer

from ui import compose
from xmdesk.errors import Fault, WrongUse, XmError
from xmdesk.files import read_bytes, shown_name, shown_path
from xmdesk.services.desk import Desk

P = ParamSpec("P")

JSON = "--json"
Json = Annotated[bool, typer.Option(JSON, help="标准输出只给一个 JSON 对象")]
PasswordFile = Annotated[Path | None, typer.Option("--password-file", help="密码文件；否则取环境变量 XMDESK_PASSWORD")]
Force = Annotated[bool, typer.Option("--force", help="允许覆盖已有文件")]
Book = Annotated[Path, typer.Argument(help="台账册文件夹")]

_answered: list[int] = []
"""Grows with every JSON answer of this process."""

DONE = 0
FINDINGS = 1
PROGRAM_FAULT = Fault.exit_code
STOPPED = 130
"""What shells say of a program that was interrupted."""

_UNANSWERED: dict[object, str] = {PROGRAM_FAULT: "CLI-PROGRAM-FAULT", STOPPED: "CLI-STOPPED"}
"""Exit codes that can come without an answer, with what to say then."""

_LARGEST_TEXT = 1024 * 1024


def password(file: Path | None) -> str:
    """Return the password: from the file, else the environment, else a prompt; never an argument."""
    if file is not None:
        return read_text(file, "CLI-PASSWORD-FILE").rstrip("\r\n")
    held = os.environ.get("XMDESK_PASSWORD")
    if held:
        return held
    if not sys.stdin.isatty():
        raise WrongUse("CLI-NO-PASSWORD")
    try:
        return str(typer.prompt("密码", hide_input=True, err=True))
    except typer.Abort:
        raise WrongUse("CLI-NO-PASSWORD-TYPED") from None


def read_text(path: Path, code: str) -> str:
    """Return a small text file named by an option; ``Fault`` if it cannot be read, ``WrongUse`` if it is no text."""
    try:
        return read_bytes(path, _LARGEST_TEXT).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse(code) from None


def read_day(text: str) -> date:
    """Return a day written as the contract writes it, and nothing behind it (``CLI-DAY``)."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongUse("CLI-DAY", text=text[:20]) from None
    if day.isoformat() != text:  # 20261129 and 2026-W48-7 are ISO days too
        raise WrongUse("CLI-DAY", text=text[:20])
    return day


def check_ending(path: Path, *endings: str) -> None:
    """Refuse a file name that says another kind of file than is written (``CLI-ENDING``)."""
    if path.suffix.lower() not in endings:
        raise WrongUse("CLI-ENDING", name=shown_name(path), endings=" 或 ".join(endings))


def answer(content: dict[str, Any], *, as_json: bool, lines: Sequence[str] = ()) -> None:
    """Print the answer of a command; raises ``Fault`` where nobody can take it."""
    if as_json:
        _print(json.dumps(content, ensure_ascii=False, default=str))
        _answered.append(1)
    else:
        _print(*lines)


def _print(*lines: str) -> None:
    try:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        sys.stdout.flush()
    except OSError:  # what is left in the buffer must not fail again when the program ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Fault("CLI-OUTPUT") from None


def answer_unanswered(words: Sequence[str], code: object) -> None:
    """Give the one JSON object where no command could: a mistake of ours, or somebody who pressed Ctrl+C."""
    told = _UNANSWERED.get(code)
    if told and JSON in words and not _answered:
        trouble = Fault(told).as_json()
        answer({"ok": False, "error": trouble, "problems": [trouble]}, as_json=True)


def tell(text: str) -> None:
    """Say something beside the answer."""
    sys.stderr.write(f"{text}\n")


def tell_trouble(trouble: XmError, *, as_json: bool) -> None:
    """Say why a command was not done: one line on standard error, and the one JSON object where it is wanted."""
    problems = getattr(trouble, "problems", None)
    listed = [one.as_json() for one in problems] if problems else [trouble.as_json()]
    answer({"ok": False, "error": trouble.as_json(), "problems": listed}, as_json=as_json)
    tell(f"{trouble.heading}：{trouble.happened}{trouble.to_do}{trouble.command}")


def leave(code: int) -> NoReturn:
    """End the command with an exit code of the contract."""
    raise typer.Exit(code)


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn trouble a person can act on into its three-part message and its exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **{name: _readable(one) for name, one in kwargs.items()})  # type: ignore[arg-type]
        except XmError as trouble:
            tell_trouble(trouble, as_json=bool(kwargs.get("as_json")))
            leave(trouble.exit_code)

    return run


def _readable(given: object) -> object:
    """Return a text as the database can keep it; paths stay as they are, to be opened."""
    return shown_path(given) if isinstance(given, str) else given


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
def opened(book: Path, password: str) -> Generator[Desk]:
    """Open a book for the length of a block, and say what was noticed in doing so."""
    with compose.opened(book, password) as desk:
        for one in desk.upkeep.notices():
            tell(f"{one.text}{one.to_do}")
        yield desk


@contextmanager
def receiving(book: Path, password: str) -> Generator[Desk]:
    """Open a book for an act of the receiving side; a clerk's book is refused (``DESK-REVIEWER``)."""
    with opened(book, password) as desk:
        desk.office.need_reviewer()
        yield desk


@contextmanager
def watching() -> Generator[Watch]:
    """Progress for the length of a block."""
    watch = Watch()
    try:
        yield watch
    finally:
        watch.end()

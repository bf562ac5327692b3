"""Words that typer cannot read are told in Chinese, with the exit code and the JSON of the contract; help is Chinese too.

typer keeps the classes of its usage errors to itself; their names and members are click's public ones and stay.
"""

import re
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import Any, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from ui.cli.terminal import JSON, leave, tell_trouble
from xmdesk.errors import WrongUse
from xmdesk.files import shown_path

_PROGRAM = "xmdesk-cli"
_LONGEST = 40
_PERSONAL = 7
"""A word with as many figures may hold a phone or an identity number."""


class _Chinese:
    """What the help pages of commands and groups have in common; stands before a class of typer's."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the line that shows how the command is written."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """Return ``--help``, described in Chinese."""
        option: TyperOption | None = cast("Any", super()).get_help_option(ctx)
        if option is not None:
            option.help = "显示这一页"
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _use_chinese_headings()
        cast("Any", super()).format_help(ctx, formatter)


class Command(_Chinese, TyperCommand):
    """A command that tells in Chinese what is wrong with its words."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{**more, "options_metavar": "[选项]"})

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words behind the command; words too many are ours to name."""
        with _told(ctx, args):
            ctx.allow_extra_args = True
            left = super().parse_args(ctx, args)
            if left:
                raise WrongUse("CLI-TOO-MANY", where=_where(ctx), words=" ".join(map(_quoted, left)))
            return left


class Group(_Chinese, TyperGroup):
    """A word with commands under it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{**more, "options_metavar": "[选项]", "subcommand_metavar": "命令 [内容]…"})

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words; with none the help page goes beside the answer, for nobody asked for it."""
        with _told(ctx, args):
            if args:
                return super().parse_args(ctx, args)
            with redirect_stdout(sys.stderr):
                return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the first word names."""
        with _told(ctx, args):
            if args[0] not in self.commands:
                known = "、".join(self.commands)
                raise WrongUse("CLI-NO-SUCH-COMMAND", where=_where(ctx), word=_quoted(args[0]), known=known)
            return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        with _told(ctx, ctx.args):
            return super().invoke(ctx)


def speak_chinese(app: typer.Typer) -> typer.Typer:
    """Let every command of a tree be one of ours."""
    app.info.cls = Group
    for one in app.registered_commands:
        one.cls = Command
    for group in app.registered_groups:
        group.cls = Group
        if group.typer_instance is not None:
            speak_chinese(group.typer_instance)
    return app


@contextmanager
def _told(ctx: Any, words: Sequence[str]) -> Generator[None]:
    """Turn wrong words into a three-part message and the exit code for wrong use."""
    as_json = JSON in words
    try:
        yield
    except (typer.TyperException, WrongUse) as error:
        trouble = error if isinstance(error, WrongUse) else _trouble(ctx, error)
        tell_trouble(trouble, as_json=as_json)
        leave(trouble.exit_code)


def _trouble(ctx: Any, error: Any) -> WrongUse:
    """Say what a usage error of typer means."""
    where = _where(ctx)
    match type(error).__name__:
        case "NoSuchOption":
            return WrongUse("CLI-NO-SUCH-OPTION", where=where, word=_quoted(error.option_name), known=_options(ctx))
        case "BadOptionUsage":
            code = "CLI-OPTION-EMPTY" if _takes_value(ctx, error.option_name) else "CLI-OPTION-FILLED"
            return WrongUse(code, where=where, name=error.option_name)
        case "MissingParameter":
            return WrongUse("CLI-MISSING", where=where, name=_name(error.param), about=_about(error.param))
        case "BadParameter" if error.param is not None:
            return WrongUse("CLI-VALUE", where=where, name=_name(error.param), wanted=_wanted(error.param))
        case _ if isinstance(ctx.command, TyperGroup):
            return WrongUse("CLI-NO-COMMAND", where=where, known="、".join(ctx.command.commands))
        case _:
            return WrongUse("CLI-USAGE")


def _where(ctx: Any) -> str:
    """Return the command as a person types it, whatever the program is called in a checkout."""
    names: list[str] = []
    while ctx.parent is not None:
        names.insert(0, str(ctx.info_name))
        ctx = ctx.parent
    return " ".join(names) or _PROGRAM


def _quoted(word: str) -> str:
    """Return a word that was typed, short and without long figures."""
    word = shown_path(word)
    if sum(letter.isdigit() for letter in word) >= _PERSONAL:
        word = re.sub(r"\d+", "…", word)
    return word if len(word) <= _LONGEST else word[:_LONGEST] + "…"


def _options(ctx: Any) -> str:
    return "、".join(one.opts[0] for one in ctx.command.get_params(ctx) if isinstance(one, TyperOption))


def _takes_value(ctx: Any, name: str) -> bool:
    return any(name in one.opts and not one.is_flag for one in ctx.command.params if isinstance(one, TyperOption))


def _name(param: Any) -> str:
    """Return an option as it is typed, an argument as the help page calls it."""
    return param.opts[0] if isinstance(param, TyperOption) else str(param.metavar or param.name)


def _about(param: Any) -> str:
    return f"（{param.help}）" if param.help else ""


def _wanted(param: TyperArgument | TyperOption) -> str:
    """Return what may be written: only whole numbers can be written wrong for typer, the rest is ours to judge."""
    return f"不小于 {param.min} 的整数" if param.min is not None else "整数"


def _use_chinese_headings() -> None:
    """Set the words of typer's help pages, which it keeps as constants; only help loads what draws them."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "内容"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
    rich_utils.DEFAULT_STRING = "[默认：{}]"

"""Every sentence about trouble is whole, Chinese, harmless and used."""

import ast
import re
import tomllib
from functools import cache
from string import Formatter

import pytest

from tests.house.tree import PROGRAM, ROOT, called_name, calls, python_files, shown, syntax
from xmdesk.problems import Severity

SPEAKERS = {"problem", "Bad", "Note", "XmError", "Refused", "Fault", "WrongUse", "Unfit"}
KEYS = {"severity", "heading", "text", "to_do", "command"}
# Names that people know in Latin letters.
KNOWN_WORDS = {
    "PDF", "Excel", "WPS", "CSV", "UTF", "GB", "GBK", "USB", "PIN", "QR", "JSON", "KB", "MB", "xlsx", "xls", "csv", "pdf",
    "et", "ods", "xlsm", "XLSX", "SHA", "JPEG", "PNG", "Word", "Windows", "Linux", "cli", "xmdesk", "toml", "CA", "null", "uid",
}  # fmt: skip
# Open places, reference codes such as X-ZIP, commands as a person types them, names of fields with their meaning behind.
NOT_PROSE = re.compile(
    r"\{[^}]*\}|\b[A-Z]+-[A-Z0-9-]+\b|xmdesk-cli[ a-z-]+|--[a-z-]+|[a-z_]+(?=[(（])"
    r"|\b(?:book|register|trust|task|return|inbox|review|receipt|backup) [a-z-]+"
)
HAN = re.compile(r"[\u3400-\u9fff]")


@cache
def entries() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in sorted((ROOT / "resources" / "wording").glob("*.toml")):
        for code, entry in tomllib.loads(path.read_text("utf-8")).items():
            assert code not in found, f"{code} stands twice"
            found[code] = entry
    return found


def spoken() -> dict[str, str]:
    """Every text of every entry by a name that says where it stands."""
    parts = ("heading", "text", "to_do", "command")
    return {f"{code}.{part}": entry[part] for code, entry in entries().items() for part in parts if entry.get(part)}


def codes_said() -> dict[str, str]:
    """Codes given as text to something that makes a problem or an error, with the place."""
    return {
        code: shown(path, call.lineno)
        for path in python_files(*PROGRAM)
        for call in calls(path)
        if called_name(call) in SPEAKERS and (code := first_text(call))
    }


def first_text(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def texts_in_code() -> set[str]:
    """Every text constant of the program: codes also travel in tables and as defaults."""
    return {
        node.value
        for path in python_files(*PROGRAM)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_entry_has_known_parts_and_a_known_severity() -> None:
    wrong = [
        code
        for code, entry in entries().items()
        if not {"text", "to_do"} <= set(entry) <= KEYS
        or entry.get("severity", "error") not in set(Severity)
        or not entry["text"]
        or not entry["to_do"]
    ]

    assert wrong == []


def is_sentence(text: str) -> bool:
    """Whether a text is Chinese and ends as a sentence; a whole sentence may be passed on in a last open place."""
    own = re.sub(r"(\{\w+\})+$", "", text)
    return not own or (bool(HAN.search(own)) and own.endswith(("。", "？", "！")))


def test_every_sentence_is_chinese_and_ends_as_one() -> None:
    assert [name for name, text in spoken().items() if not name.endswith(".heading") and not is_sentence(text)] == []


def test_every_heading_is_chinese() -> None:
    assert [name for name, text in spoken().items() if name.endswith(".heading") and not HAN.search(text)] == []


def test_no_sentence_speaks_english() -> None:
    strange = {
        name: found
        for name, text in spoken().items()
        if (found := set(re.findall(r"[A-Za-z]{2,}", NOT_PROSE.sub("", text))) - KNOWN_WORDS)
    }

    assert strange == {}


def test_what_is_typed_at_the_command_line_stands_apart_from_what_windows_say() -> None:
    typed = re.compile(r"命令行|--[a-z]|\b(?:book|register|trust|task|return|inbox|review|receipt|backup) [a-z]+")
    of_commands = tomllib.loads((ROOT / "resources" / "wording" / "cli.toml").read_text("utf-8"))
    found = [name for name, text in spoken().items() if typed.search(text) and not name.endswith(".command")]

    assert [name for name in found if name.partition(".")[0] not in of_commands] == []


def test_no_sentence_holds_something_like_an_identity_or_phone_number() -> None:
    personal = re.compile(r"\d{15,}|(?<!\d)1[3-9]\d{9}(?!\d)")

    assert [name for name, text in spoken().items() if personal.search(text)] == []


def test_open_places_are_plain_names() -> None:
    wrong = [
        name
        for name, text in spoken().items()
        for _, place, form, conversion in Formatter().parse(text)
        if place is not None
        and (not place.isidentifier() or conversion or (form and not re.fullmatch(r"[,.\ddf%]+", form)))
    ]

    assert wrong == []


def test_every_code_that_the_program_says_has_words() -> None:
    wordless = {code: place for code, place in codes_said().items() if code not in entries()}

    assert wordless == {}


def test_every_entry_is_said_somewhere() -> None:
    said = texts_in_code()

    assert [code for code in entries() if code not in said] == []


@pytest.mark.parametrize("part", ["text", "to_do"])
def test_a_problem_can_be_made_from_every_entry(part: str) -> None:
    filled = {code: entry[part].format_map(Anything()) for code, entry in entries().items()}

    assert [code for code, text in filled.items() if "{" in text] == []


class Anything(dict[str, object]):
    """Facts for every name."""

    def __missing__(self, key: str) -> object:
        return 1

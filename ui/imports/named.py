"""Names in fields of rows that several people have: what the list and the question beside it say of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.shared.plain_table import Line
from xmdesk.services.pairing import Choice, Pair

if TYPE_CHECKING:
    from xmdesk.services.import_preview import ImportPreview

ASKED = (Choice.SEPARATE, Choice.WAIT)
"""What somebody should decide: a second one may be made, or nobody knows which is meant."""
TAB_OF_NAMES = "同名的人"
PICKED = {Choice.UPDATE: "已选定", Choice.SEPARATE: "另建一条", Choice.WAIT: "先放一边"}
OTHERWISE = {
    Choice.UPDATE: "不选的话，就是打勾的这一位。",
    Choice.SEPARATE: "不选的话，按另一个人登记。",
    Choice.WAIT: "不选的话，这一行先放一边。",
}
LONGEST = 20
"""Of the cell with which a row begins, so much says which row it is."""
HINT_OF_NAME = (
    "回车去选：↑ ↓ 看每一位，回车就是这一位；2 另建一条，4 这一行先放一边，Esc 回来；按住 Ctrl 按这些键，同名的都这样"
)


def is_asked(pair: Pair) -> bool:
    """Whether somebody should decide: of a name always, as long as nobody did."""
    return pair.choice in ASKED or bool(pair.field)


def row_titles(preview: "ImportPreview") -> dict[int, str]:
    """What the rows with such names are called; of one that waits what it begins with, a running number apart."""
    asked = {one.number for one in preview.pairs if one.field}
    waiting = {one.number: _first(tuple(one.raw.values())) for one in preview.found.rows if one.number in asked}
    return waiting | {one.number: preview.title_of(one.record) for one in preview.joined if one.number in asked}


def _first(cells: Sequence[str]) -> str:
    texts = [" ".join(one.split())[:LONGEST] for one in cells if one]
    return next((one for one in texts if not one.isdigit()), "".join(texts[:1]))


def key_of(pair: Pair) -> str:
    """By what the list knows a pair."""
    return f"{pair.number} {pair.field}"


def named_line(pair: Pair, title: str, *, is_decided: bool) -> Line:
    """One name in the list."""
    done = PICKED[pair.choice] if is_decided else "请选一位"
    tone = "good" if is_decided else "doubt"
    cells = (str(pair.number), title, f"{pair.label} {pair.name}", done)
    return Line(key_of(pair), cells, tone=tone, icon=tone)


def title_of(pair: Pair, title: str) -> str:
    """Which name of which row is asked about."""
    return f"{f'第 {pair.number} 行 {title}'.strip()} · {pair.label} {pair.name}"


def question(pair: Pair, *, is_decided: bool) -> str:
    """Ask who it is, and say what happens without an answer."""
    count = len(pair.candidates)
    asked = f"同名的人：{count} 位里的哪一位？" if count > 1 else "同名的人：电话不同，是这一位吗？"
    return asked if is_decided else f"{asked}{OTHERWISE[pair.choice]}"


def everywhere_words(pair: Pair, pairs: Sequence[Pair], *, is_decided: bool) -> str:
    """What the button does that decides about all cells of a name."""
    count = sum(one.name == pair.name for one in pairs)
    cells = f"同名的 {count} 处" if count > 1 else "这个文件里同名的"
    return f"{cells}都照此办" if is_decided else f"{cells}都是这一位"


def names_words(preview: "ImportPreview") -> str:
    """Say of which names a table takes over what was said of them in another table of the file."""
    names = sorted({pair.name for pair in preview.pairs if pair.everywhere in preview.decisions})
    return f"同名的人照这个文件里选过的办：{'、'.join(names)}。" if names else ""

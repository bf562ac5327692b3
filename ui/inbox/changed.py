"""What became of the rows of a return since the version before: a column with icon and word, old → new in the cells."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QColor

from ui.shared.icons import Icons
from ui.shared.register_model import DISPLAY, RegisterModel, Rows
from xmdesk.records.base import FieldSpec, Need
from xmdesk.records.kinds import Text
from xmdesk.services.comparing import ADDED, CHANGED, REMOVED

if TYPE_CHECKING:
    from xmdesk.services.looking_in import FormInside, Inside

CHANGE = "±"
DECORATION, FOREGROUND = 1, 9
LOOKS = {ADDED: ("new", "accent"), CHANGED: ("own", "doubt"), REMOVED: ("gone", "missing")}
"""Icon and colour beside the word."""
WHAT, MOVED = "?", "≠"
"""What a row calls what became of it, and the names of its fields that differ."""
NOTHING = "空"


def change_column(inside: "Inside") -> list[tuple[str, FieldSpec]]:
    """Return the column that says what became of a row, named after the version compared with; none where there is none."""
    if inside.former is None:
        return []
    return [(CHANGE, FieldSpec(CHANGE, f"比{inside.former.words}", "", Need.NO, Text(8)))]


class PayloadModel(RegisterModel):
    """Adds the icon to the word that says what became of a row, and the colour of a change to its cells."""

    def __init__(self, rows: Rows, columns: Sequence[tuple[str, FieldSpec]], icons: Icons) -> None:
        super().__init__(rows, columns)
        self._icons = icons

    def data(self, index: Any, role: int = DISPLAY) -> Any:
        """Return also icon and colour."""
        if role not in (DECORATION, FOREGROUND):
            return super().data(index, role)
        row, path = self._row(index.row()), self.columns[index.column()][0]
        look = LOOKS.get(row.get(WHAT, ""))
        if look is None or (path != CHANGE and path not in row.get(MOVED, "").split()):
            return None
        icon, colour = look
        if role == FOREGROUND:
            return QColor(getattr(self._icons.theme.tokens, colour))
        return self._icons.get(icon, colour) if path == CHANGE else None


def marked(inside: "Inside", register: str, number: int, row: dict[str, str]) -> dict[str, str]:
    """Return what a row shows, with what became of it and, in the cells that differ, old → new."""
    what, was = inside.what(register, number), inside.was(register, number)
    shown = row | {name: moved(old, row[name]) for name, old in was.items() if name in row}
    return shown | {CHANGE: f"{what} {len(was)} 项" if was else what, WHAT: what, MOVED: " ".join(was)}


def moved(old: str, new: str) -> str:
    """Say a change; numbers of people that are masked may read the same before and after."""
    return f"{new or NOTHING}（改过）" if old == new else f"{old or NOTHING} → {new or NOTHING}"


def told_changes(what: str, cells: Mapping[str, str]) -> str:
    """Say what became of a row and, by their labels, of its fields."""
    return f"{what}：{'；'.join(f'{label} {words}' for label, words in cells.items())}" if cells else what


def compared_words(form: "FormInside", inside: "Inside") -> str:
    """Say what became of the rows of a form since which version; nothing where it is compared with none."""
    if inside.former is None:
        return ""
    moves = "，".join(f"{what} {count} 行" for what, count in form.moves.items())
    return f"和{inside.former.words}相比：{moves or '没有变动'}"

"""The keys of a table that is grouped: on the head of a group arrows fold and open it, with Shift all of them."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from ui.shared.record_table import RegisterTable
    from ui.shared.register_model import RegisterModel

KEY = Qt.Key


def fold_by_key(table: "RegisterTable", event: Any) -> bool:
    """Left, Right, Space and Enter on the head of a group; tells whether the key was used."""
    rows: RegisterModel = table.model()  # type: ignore[assignment]  # the table was made with one
    key, here = event.key(), table.currentIndex()
    row, is_left, is_right = here.row(), key == KEY.Key_Left, key == KEY.Key_Right
    if not rows.group_by or row < 0:
        return False
    if rows.head(row) is None:
        if is_left and not event.modifiers() and here.column() in table.shown_columns()[:1]:
            table.setCurrentIndex(rows.index(rows.head_row(row), here.column()))
            return True
        return False
    if (is_left or is_right) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        table.fold_all(shut=is_left)
    elif is_left or is_right:
        table.fold(row, shut=is_left)
    elif key in (KEY.Key_Space, KEY.Key_Return, KEY.Key_Enter) and not event.modifiers():
        table.fold(row, toggles=True)
    else:
        return False
    return True

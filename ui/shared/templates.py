"""An empty sheet of a register to be filled in elsewhere: its columns are text, so that no program spoils a number."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ui.shared.sounded_menu import SoundedMenu
from ui.shared.surroundings import Surroundings
from xmdesk.files import atomic_write, shown_name
from xmdesk.records.registers import REGISTERS


def save_template(name: str, around: Surroundings) -> None:
    """Ask where to and write the empty sheet of a register."""
    path = around.dialogs.save_file("存一张空白模板", f"{REGISTERS[name].title}_模板.xlsx", "Excel 表格 (*.xlsx)")
    if path is None:
        return

    def write() -> str:
        from xmdesk.services.exporting import template

        return shown_name(atomic_write(path, template(name), force=True))

    words = "已存空白模板 {}，填好以后拖进来"
    around.work.now(write, lambda made: around.changes.announce(words.format(made)))


def offer_templates(below: QWidget, choose: Callable[[str], None]) -> None:
    """Drop down the registers at a button."""
    menu = SoundedMenu(below)
    menu.setAccessibleName("哪本台账的模板")
    for name, one in REGISTERS.items():
        menu.addAction(one.title, lambda name=name: choose(name))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(below.mapToGlobal(QPoint(0, below.height())))
    menu.setActiveAction(menu.actions()[0])

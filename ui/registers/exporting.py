"""What the table shows, as a sheet of its own: the rows in their order, of today or of a past day, identity and mobile numbers masked."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.shared.surroundings import Surroundings
from xmdesk import clock
from xmdesk.files import shown_name
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers

PATTERN = "Excel 表格 (*.xlsx);;CSV 文本 (*.csv)"


def export_shown(
    register: Register, registers: "Registers", uids: Sequence[str], around: Surroundings, *, moment: str = ""
) -> None:
    """Ask where to and write the rows; ``moment`` names the past day that is shown."""
    from xmdesk.services.exporting import Exporting, Shown

    name = f"{register.title}_{_plain(moment) or f'{clock.today():%Y%m%d}'}.xlsx"
    path = around.dialogs.save_file("导出现在显示的这些行", name, PATTERN)
    if path is None:
        return
    out = path if path.suffix.lower() in (".xlsx", ".csv") else path.with_suffix(".xlsx")
    shown = Shown(tuple(uids), f"{moment}的样子" if moment else "")

    def job(_: object) -> tuple[Path, int]:
        return out, Exporting(registers.store).write(register.name, out, shown=shown, force=True)

    def done(made: tuple[Path, int]) -> None:
        around.changes.announce(f"已导出 {made[1]} 行到 {shown_name(made[0])}，证件号码和手机号码已遮住")

    around.work.long("导出表格", job, done)


def _plain(moment: str) -> str:
    """A moment as part of a file name: only what stands in the brackets, where there are some."""
    return moment.partition("（")[2].rstrip("）") or moment.replace(":", "").replace(" ", "_")

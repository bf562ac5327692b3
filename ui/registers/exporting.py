"""What the table shows, as a sheet of its own: rows and columns in their order, of today or of a past day, identity and mobile numbers masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ui.shared.surroundings import Surroundings
from xmdesk import clock
from xmdesk.files import shown_name
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers


@dataclass(frozen=True)
class Look:
    """How a table is looked at: its columns from left to right, and the past day that it shows."""

    fields: tuple[str, ...]
    moment: str = ""


SHOWN = ("Excel 表格，显示的列 (*.xlsx)", "CSV 文本，显示的列 (*.csv)")
WHOLE = ("Excel 表格，全部列 (*.xlsx)", "CSV 文本，全部列 (*.csv)")


def export_shown(
    register: Register, registers: "Registers", uids: Sequence[str], around: Surroundings, *, look: Look
) -> None:
    """Ask where to, and whether all columns are wanted, and write the rows."""
    from xmdesk.services.exporting import Exporting, Shown, columns_out

    name = f"{register.title}_{_plain(look.moment) or f'{clock.today():%Y%m%d}'}.xlsx"
    chosen = around.dialogs.save_file_as("导出现在显示的这些行", name, (*SHOWN, *WHOLE))
    if chosen is None:
        return
    path, kind = chosen
    fields = () if kind in WHOLE else look.fields
    ending = ".csv" if kind.endswith("(*.csv)") else ".xlsx"
    out = path if path.suffix.lower() in (".xlsx", ".csv") else path.with_suffix(ending)
    shown = Shown(tuple(uids), f"{look.moment}的样子" if look.moment else "", fields)

    def job(_: object) -> tuple[Path, int]:
        return out, Exporting(registers.store).write(register.name, out, shown=shown, force=True)

    def done(made: tuple[Path, int]) -> None:
        size = f"{made[1]} 行、{len(columns_out(register.name, fields))} 列"
        around.changes.announce(f"已导出 {size}到 {shown_name(made[0])}，证件号码和手机号码已遮住")

    around.work.long("导出表格", job, done)


def _plain(moment: str) -> str:
    """A moment as part of a file name: only what stands in the brackets, where there are some."""
    return moment.partition("（")[2].rstrip("）") or moment.replace(":", "").replace(" ", "_")

"""What was decided about a file and not written, in words and as another page goes on with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.imports.reading import ReadSo
from xmdesk.errors import XmError
from xmdesk.files import shown_name
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from pathlib import Path

    from ui.imports.preview import PreviewPanel
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk
    from xmdesk.services.drafts import Content
    from xmdesk.services.import_begun import BegunImport, PutBack


@dataclass(frozen=True)
class Handed:
    """An open file as one page hands it to the next: its preview, the decisions, whose draft they are, and what was written."""

    preview: Any
    begun: "BegunImport"
    draft: str
    is_touched: bool
    result: Any = None


def begun_import(panel: "PreviewPanel", path: "Path", so: ReadSo) -> "BegunImport":
    """Return all that was decided so far about the file that is open."""
    from xmdesk.services.import_begun import BegunImport
    from xmdesk.services.pairing import Told

    preview = panel.preview
    return BegunImport(
        path,
        preview.file.sha256,
        preview.register,
        preview.found.sheet,
        so.header_row,
        so.mapping,
        so.corrections,
        {place: Told(one.choice, frozenset(one.kept), one.chosen) for place, one in preview.decisions.items()},
        so.skip_hidden,
        so.records,
        panel.look,
    )


def read_begun(desk: "Desk", path: "Path", content: "Content", progress: "Progress") -> "PutBack":
    """Read a file again and put back what still fits; one that has become another table is recognised anew."""
    from ui.imports.reading import best_register
    from xmdesk.services.import_begun import BegunImport, PutBack, put_back

    progress.step(0, 1, f"正在读取 {shown_name(path)}…")
    opened, begun = desk.importing.look(path), BegunImport.from_content(content)
    try:
        return put_back(desk.importing, opened, begun)
    except XmError:
        found = best_register(desk.importing, opened, progress)
        fresh = BegunImport(path, opened.sha256, found.register, found.found.sheet)
        return PutBack(found, fresh, is_same=False, has_lost=begun.is_decided or bool(begun.others))


def is_same_table(content: "Content", written: Any) -> bool:
    """Tell whether what was begun is the table that was written: to offer it again would bring its rows in twice.

    A draft that holds other tables too is offered all the same: its rows are met as those that are there already.
    """
    is_same_file = content["sha256"] == written.file.sha256
    return (
        is_same_file
        and not content.get("others")
        and (content["register"], content["sheet"]) == (written.register, written.found.sheet)
    )


def begun_words(content: "Content") -> str:
    """Say into which register, and how much was decided."""
    from xmdesk.services.import_begun import BegunImport

    begun = BegunImport.from_content(content)
    cells = len(begun.corrections) + sum(len(one["texts"]) for one in begun.look.get("rows", ()))
    parts = [f"导入到{REGISTERS[begun.register].title}"] * (begun.register in REGISTERS)
    parts += [f"改过 {cells} 格"] * bool(cells) + _decided(begun)
    others = [f"另有 {len(begun.others)} 张表改过"] * bool(begun.others)
    return "，".join([*parts, *["列的对应改过"] * bool(begun.mapping), *_otherwise(begun), *others])


def _decided(begun: "BegunImport") -> list[str]:
    """How many rows and names were decided about."""
    rows = sum(not place.field for place in begun.decisions)
    return [
        *[f"选定 {rows} 行"] * bool(rows),
        *[f"同名的人选过 {len(begun.decisions) - rows} 处"] * (len(begun.decisions) > rows),
    ]


def _otherwise(begun: "BegunImport") -> list[str]:
    """Which rows are read otherwise than the program would."""
    told = ["隐藏的行不导入"] * begun.skip_hidden
    return [*told, *[f"另有 {len(begun.records)} 行当作数据"] * bool(begun.records)]


def changed_words(put_back: "PutBack") -> str:
    """Say that a file is not the one that was decided about."""
    lost = "改过的格子、选过的行没有放回来" if put_back.has_lost else ""
    columns = "列的对应还在" if put_back.begun.mapping else ""
    told = "，".join(filter(None, (lost, columns)))
    return f"“{put_back.preview.file.name}”和上次不一样{'：' if told else ''}{told}，请从头看。"

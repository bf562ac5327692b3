"""What was decided about a blank form and not written yet: read again, put back, and said in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ui.filling.columns import known_columns
from xmdesk.errors import XmError
from xmdesk.files import path_text
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from pathlib import Path

    from ui.filling.form import FormPanel
    from ui.filling.other_forms import OtherForms
    from xmdesk.services.drafts import Content
    from xmdesk.services.filling import Filling
    from xmdesk.services.form_mapping import Blank, FormMap


@dataclass(frozen=True)
class Handed:
    """An open form as one page hands it to the next: its map, what was decided, and whose draft that is."""

    blank: "Blank"
    form_map: "FormMap"
    content: "Content"
    draft: str
    is_touched: bool
    others: "OtherForms"


@dataclass(frozen=True)
class Again:
    """A form that was read again, with what was decided; not all of that fits where it ``is_same`` no more."""

    blank: "Blank"
    form_map: "FormMap"
    content: "Content"
    is_same: bool


def begun_form(panel: "FormPanel", path: "Path") -> "Content | None":
    """Return all that was decided about the form that is open."""
    blank, form_map = panel.blank, panel.map
    if blank is None or form_map is None:
        return None
    return {
        "path": path_text(path),
        "sha256": sha256(blank.data).hexdigest(),
        "sheet": blank.place,
        **form_map.as_json(),
        **panel.look,
    }


def is_same_form(content: "Content", written: "Content") -> bool:
    """Tell whether what was begun is the form, from the register, that was filled."""
    return all(content[part] == written[part] for part in ("sha256", "sheet", "register"))


def proposed(filling: "Filling", blank: "Blank", registers: Sequence[str]) -> "FormMap":
    """Return the map of the register that fills most columns, or that was taken for such a form before."""
    maps = [filling.propose(blank, name) for name in registers]
    return max(maps, key=lambda one: (one.kept, known_columns(one)))


def read_begun(filling: "Filling", path: "Path", content: "Content") -> Again:
    """Read a form again and put back what still fits; its sheet may have gone."""
    try:
        blank = filling.look(path, sheet=content["sheet"])
    except XmError:
        blank = filling.look(path)
    known = [content["register"]] if content["register"] in REGISTERS else list(REGISTERS)
    form_map = proposed(filling, blank, known).with_told(content["columns"])
    return Again(blank, form_map, content, is_same=sha256(blank.data).hexdigest() == content["sha256"])


def begun_words(content: "Content") -> str:
    """Say from which register, and how many records were chosen."""
    register, rows = REGISTERS.get(content["register"]), content["rows"]
    from_where = f"从{register.title}取数" if register is not None else ""
    again = "" if rows["is_complete"] else "（勾选的太多，没有记下，请重新勾选）"
    others = f"另外 {len(content['others'])} 张表也没有填完" if content.get("others") else ""
    return "，".join(filter(None, (from_where, f"选了 {rows['count']} 条{again}", others)))


def changed_words(again: Any) -> str:
    """Say that a form is not the one that was decided about."""
    return f"“{again.blank.name}”和上次不一样：列的对应和勾选的还在，请看一遍再另存。"

"""What was decided about tables of the open form that are not in front, by sheet and register, until the person comes back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.services.drafts import Content

Key = tuple[str, str]


class OtherForms:
    """The one that was left last stands last."""

    def __init__(self) -> None:
        self._left: dict[Key, tuple[Content, bool]] = {}

    @property
    def touched(self) -> "list[Content]":
        """Those that leaving the file would lose, in the order in which they were left."""
        return [content for content, is_touched in self._left.values() if is_touched]

    def keep(self, content: "Content", *, is_touched: bool) -> None:
        """Remember what was decided about a table that is left."""
        self.take(content["sheet"], content["register"])
        self._left[content["sheet"], content["register"]] = (content, is_touched)

    def put(self, contents: "Iterable[Content]") -> None:
        """Remember these, and nothing else."""
        self._left = {(one["sheet"], one["register"]): (one, True) for one in contents}

    def take(self, sheet: str, register: str) -> "tuple[Content, bool] | None":
        """It is in front again: return what was decided."""
        return self._left.pop((sheet, register), None)

    def latest(self, sheet: str) -> str:
        """Return from which register a sheet was filled when it was left last; nothing where it never was in front."""
        return next((register for name, register in reversed(self._left) if name == sheet), "")


def left_words(left: "Content", sheet: str) -> str:
    """Say of a table that was left that it waits, and how to get back from a ``sheet``."""
    title = REGISTERS[left["register"]].title
    if left["sheet"] != sheet:
        what, back = f"工作表“{left['sheet']}”里", f"工作表选回“{left['sheet']}”"
    else:
        what, back = f"从{title}取数时", f"“取数台账”选回“{title}”"
    return f"{what}改过、选过的还没有另存，先替您留着：{back}，就能接着填。"

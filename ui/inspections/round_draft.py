"""What is ticked and written on the page of rounds and not recorded yet, as its draft holds it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.inspections.repair_card import RepairCard
from ui.inspections.round_card import RoundCard
from ui.shared.drafts import MOST_KEYS

if TYPE_CHECKING:
    from xmdesk.services.drafts import Content


class RoundDraft:
    """``look_of`` tells what the key of a line stands for, ``remember`` takes it back for lines that may be gone."""

    def __init__(
        self,
        rounds: RoundCard,
        repairs: RepairCard,
        *,
        look_of: Callable[[str], dict[str, str]],
        remember: Callable[[str, dict[str, str]], None],
    ) -> None:
        self._round = rounds
        self._repairs = repairs
        self._look_of = look_of
        self._remember = remember

    def written(self) -> "Content | None":
        """Return all of it, when anything was ticked or written."""
        held, repairs = self._round.written(), self._repairs.written()
        if not (repairs or any(held.values())):
            return None
        looks, ticked = {key: self._look_of(key) for key in held["troubles"]}, held["ticked"]
        kept = ticked if len(ticked) <= MOST_KEYS else []
        return {**held, "ticked": kept, "count": len(ticked), "looks": looks, "repairs": repairs}

    def title_of(self, content: "Content") -> str:
        """Count what a draft holds."""
        ticked, troubles, repairs = content["count"], len(content["troubles"]), len(content["repairs"])
        again = "" if content["ticked"] else "（太多，请重新勾选）"
        parts = [f"勾选了 {ticked} 项{again}"] * bool(ticked) + [f"{troubles} 项有问题"] * bool(troubles)
        parts += ["另设的周期"] * bool(content["cycle"]) + [f"{repairs} 项报修"] * bool(repairs)
        return "，".join(parts) or "写了一半的巡查"

    def make_room(self, content: "Content") -> bool:
        """What stands there now is kept as a draft of its own before another one is shown."""
        return True

    def take_up(self, content: "Content") -> None:
        """Tick and write it all again."""
        self._round.forget()
        self._round.table.setFocus()
        for key, look in content["looks"].items():
            self._remember(key, look)
        self._round.put_back(content)
        self._repairs.put_back(content["repairs"])

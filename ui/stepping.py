"""Undo and redo of the whole book: which step went or came back, and why where there is none."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.foot import Foot
from ui.shared.surroundings import Surroundings
from xmdesk.services.naming_steps import NamedSteps

if TYPE_CHECKING:
    from ui.shared.page import Page
    from xmdesk.ports import Step
    from xmdesk.services.desk import Desk

SEALED = "上报已经密封，密封以前的改动不能撤销；要改就直接改，再密封一版。"
UNDONE = "已撤销"
AT_ONCE = 1_000
"""Records that go and come back within the blink of an eye."""
NOTHING_BEHIND, NOTHING_AHEAD = "没有可以撤销的。", "没有可以恢复的。"


class Stepping:
    """Goes back and forth in the history, and says so in the foot; ``in_front`` returns the page in front and its register."""

    def __init__(
        self, desk: "Desk", around: Surroundings, foot: Foot, in_front: Callable[[], "tuple[Page, str]"]
    ) -> None:
        self._store, self._around, self._foot, self._in_front = desk.store, around, foot, in_front
        self._steps = NamedSteps(desk.registers)

    def show(self) -> None:
        """Name in the foot what undo and redo would do now."""
        store = self._store
        self._foot.show_steps(self._steps.words(store.undoable()), self._steps.words(store.redoable()))

    def undo(self) -> None:
        """Take the last step back; what is open in a form is saved first. What cannot be saved is that step, and stays a draft."""
        page, _ = self._in_front()
        before = page.draft_on_offer
        if not page.step_out():
            return
        step = self._store.undoable()
        if page.draft_on_offer != before:
            more = f"再撤销一次：{self._steps.words(step)}" if step is not None else ""
            self._foot.say(f"没有保存的留作草稿。{more}")
        elif step is not None:
            self._go_through(step, UNDONE, self._store.undo)
        else:
            self._foot.say(SEALED if self._store.is_sealed_behind() else NOTHING_BEHIND)

    def redo(self) -> None:
        """Bring back the step taken back last."""
        page, _ = self._in_front()
        if not page.step_out():
            return
        step = self._store.redoable()
        if step is not None:
            self._go_through(step, "已恢复", self._store.redo)
        else:
            self._foot.say(NOTHING_AHEAD)

    def _go_through(self, step: "Step", verb: str, act: Callable[[], object]) -> None:
        """Take a step back or bring it back, say which, and show its record on the page in front."""
        words, touched = f"{verb}：{self._steps.words(step)}", self._steps.touched(step)

        def done(_: object) -> None:
            self._around.changes.announce(words)
            page, shown = self._in_front()
            here = [uid for register, uid in touched if register == shown]
            if here:
                page.show_again(here[0])

        if step.size > AT_ONCE:
            self._around.work.long("撤销" if verb == UNDONE else "恢复", lambda _: act(), done)
        else:
            self._around.work.now(act, done)

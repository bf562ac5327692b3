"""Acts that put a time into a signature: while the clock is in doubt, a person looks at it, says so, and goes on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ui.shared.surroundings import Surroundings
from xmdesk.jobs import Progress

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

YES = "时间没有错，继续"
REASON = "在窗口里核对过"
LOOK = "请与手机上的日期和时间对一遍。不对的，先取消，把电脑时间校正过来。"


def dated(
    desk: "Desk",
    around: Surroundings,
    title: str,
    job: Callable[[Progress], Any],
    then: Callable[[Any], None],
    *,
    refused: Callable[[Any], None] | None = None,
) -> None:
    """Run a long act that seals something; an odd clock is asked about once, and the act then done again."""

    def stopped(error: Any) -> None:
        from xmdesk.services.timekeeping import ODDITIES

        if error.code not in ODDITIES:
            (refused or around.work.tell)(error)
        elif around.dialogs.confirm(error.heading, f"{error.happened}\n{LOOK}", yes=YES):
            desk.time.confirm(REASON)
            dated(desk, around, title, job, then, refused=refused)

    around.work.long(title, job, then, refused=stopped)

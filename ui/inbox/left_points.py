"""The strip above an open return about points that were begun on a version that has been replaced: they are carried over, or given up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.inbox.begun import BegunAnswers
from ui.inbox.points import MOST_POINTS, where_is
from ui.shared.offer import Offer
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.services.answers_begun import Begun
from xmdesk.services.versions import others_of, successor_of

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.looking_in import Inside
    from xmdesk.services.reviewing import Point

NAMED = 5
"""So many points that cannot be carried over are named, others counted."""


class LeftPoints(Offer):
    """``wanted`` carries the uid of the version that stands, and whether the points go along; ``changed`` fires when the list
    of what was begun is another one.
    """

    wanted = Signal(str, bool)
    changed = Signal()

    def __init__(self, desk: "Desk", begun: BegunAnswers) -> None:
        super().__init__("带到这一版", "不要了", tone="missing")
        self._desk = desk
        self._begun = begun
        self._one: Submission | None = None
        self._inside: Inside | None = None
        self.taken.connect(self._take)
        self.declined.connect(self._give_up)

    def show_return(self, one: Submission) -> None:
        """Say where a return that was replaced stands now; of any other wait for what is in it."""
        is_other = self._one is None or self._one.uid != one.uid
        self._one, self._inside = one, None if is_other else self._inside
        if one.state is SubmissionState.REPLACED:
            self._say_replaced(one)
        else:
            self._say_left()

    def show_inside(self, inside: "Inside") -> None:
        """Offer what was begun on former versions, now that it is known what of it is still there."""
        self._inside = inside
        if self._one is not None and self._one.state is not SubmissionState.REPLACED:
            self._say_left()

    def carry(self) -> None:
        """Put what was begun on former versions at the end of the list of this one; what has no place here stays there."""
        if self._one is None or self._inside is None:
            return
        own = self._begun.of(self._one.uid)
        points = list(own.points)
        for version in self._left():
            held = self._begun.of(version.uid).points
            found = {at: self._inside.again(one) for at, one in enumerate(held)}
            fitting = [at for at, one in found.items() if one is not None][: MOST_POINTS - len(points)]
            points += [one for at in fitting if (one := found[at]) is not None and one not in points]
            rest = tuple(one for at, one in enumerate(held) if at not in fitting)
            self._begun.put(version.uid, Begun(rest))
        self._begun.put(self._one.uid, Begun(tuple(points), own.note))
        self._begun.keep()
        self.changed.emit()
        self._say_left()
        self.passed.emit()

    def _say_replaced(self, one: Submission) -> None:
        later, count = successor_of(self._desk.store, one), len(self._begun.of(one.uid).points)
        named = f"第 {later.version} 版" if later is not None else "别的一版"
        kept = f"写下的 {count} 处要改的还留着。" if count else ""
        yes = f"带到{named}" if count else f"去看{named}"
        self._show(
            f"这一版已被{named}更正，不能再退回。{kept}", yes=yes if later is not None else "", has_no=bool(count)
        )

    def _say_left(self) -> None:
        left = self._left() if self._inside is not None else []
        points = [point for one in left for point in self._begun.of(one.uid).points]
        if self._inside is None or not points:
            self.hide()
            return
        gone = [one for one in points if self._inside.again(one) is None]
        versions = "、".join(dict.fromkeys(str(one.version) for one in left))
        words = f"第 {versions} 版上写下的 {len(points)} 处要改的还没有退回。{_gone_words(gone)}"
        self._show(words, yes="带到这一版" if len(gone) < len(points) else "", has_no=True)

    def _show(self, words: str, *, yes: str, has_no: bool) -> None:
        self.ask(words, yes=yes)
        self.yes.setVisible(bool(yes))
        if self.no is not None:
            self.no.setVisible(has_no)

    def _left(self) -> list[Submission]:
        """The replaced versions on which points were begun."""
        if self._one is None:
            return []
        replaced = [one for one in others_of(self._desk.store, self._one) if one.state is SubmissionState.REPLACED]
        return [one for one in replaced if self._begun.of(one.uid).points]

    def _take(self) -> None:
        if self._one is None or self._one.state is not SubmissionState.REPLACED:
            self.carry()
            return
        later = successor_of(self._desk.store, self._one)
        if later is not None:
            self.wanted.emit(later.uid, bool(self._begun.of(self._one.uid).points))

    def _give_up(self) -> None:
        if self._one is None:
            return
        is_replaced = self._one.state is SubmissionState.REPLACED
        for one in [self._one] if is_replaced else self._left():
            self._begun.put(one.uid, Begun())
        self._begun.keep()
        self.changed.emit()
        self.show_return(self._one)
        self.passed.emit()


def _gone_words(gone: "Sequence[Point]") -> str:
    if not gone:
        return ""
    named = "；".join(f"{where_is(one)}（{one.reason or '没有写原因'}）" for one in gone[:NAMED])
    more = f"；另外 {len(gone) - NAMED} 处" if len(gone) > NAMED else ""
    return f"其中 {len(gone)} 处所指的行这一版里没有了，带不过来：{named}{more}。"

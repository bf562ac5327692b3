"""Answers to returns that a reviewer has begun: points to be corrected, a note. Kept in the book, as encrypted as the rest."""

from dataclasses import dataclass
from typing import Any

from xmdesk.ports import Store
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.reviewing import Point

SETTING = "answers_begun"


@dataclass(frozen=True)
class Begun:
    """What was written so far about one return."""

    points: tuple[Point, ...] = ()
    note: str = ""


class AnswersBegun:
    """By the uid of the return. What is put here is in the book after :meth:`keep`, a system step: undo passes over it."""

    def __init__(self, store: Store) -> None:
        self._settings = OfficeDesk(store)
        self._kept: dict[str, Any] = self._settings.setting(SETTING) or {}
        self._held = {uid: _read(one) for uid, one in self._kept.items()}

    def of(self, uid: str) -> Begun:
        """Return what was begun about a return, maybe nothing."""
        return self._held.get(uid, Begun())

    def put(self, uid: str, begun: Begun) -> None:
        """Hold what was written; nothing at all forgets the return."""
        if begun == Begun():
            self._held.pop(uid, None)
        else:
            self._held[uid] = begun

    def keep(self) -> None:
        """Write to the book what changed since."""
        fresh = {uid: _told(one) for uid, one in self._held.items()}
        if fresh != self._kept:
            self._settings.set_setting(SETTING, fresh, label="保存草稿")
            self._kept = fresh


def _told(begun: Begun) -> dict[str, Any]:
    return {"points": [one.as_json() for one in begun.points], "note": begun.note}


def _read(held: dict[str, Any]) -> Begun:
    return Begun(tuple(Point(**one) for one in held["points"]), held["note"])

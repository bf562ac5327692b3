"""A correction slip as work: its points with the reviewer's words, each answered; the answers travel with the next version."""

from dataclasses import dataclass

from xmdesk import clock
from xmdesk.errors import Fault, Unfit
from xmdesk.periods import Period
from xmdesk.ports import Store
from xmdesk.records.registers import OFFICE, REGISTERS, part_title
from xmdesk.records.submission import CorrectionPoint, Direction, Explanation, Submission, Verdict
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.sent_back import is_as_sent_back
from xmdesk.services.slip_answers import answer_code, settled_slips

DONE = "已改"


@dataclass(frozen=True)
class Slip:
    """One slip taken in, with its points in the district's order."""

    verdict: Verdict
    points: tuple[CorrectionPoint, ...]

    @property
    def open_points(self) -> tuple[CorrectionPoint, ...]:
        """Return what still waits."""
        return tuple(one for one in self.points if not one.is_done)


class Correcting:
    """Answers what the district sent back."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def slips(self, period: Period | None = None) -> list[Slip]:
        """Return the slips taken in, the newest first; of one period if asked."""
        verdicts = self.store.find(Verdict, direction=Direction.RECEIVED, accepted=False)
        points = self.store.all(CorrectionPoint)
        wanted = [one for one in verdicts if period is None or one.period == period.text]
        newest = sorted(wanted, key=lambda one: one.given_at, reverse=True)
        return [Slip(one, tuple(point for point in points if point.verdict == one.uid)) for one in newest]

    def pending(self) -> list[Slip]:
        """Return the slips that still ask for something: an open point, or no later version sealed yet.

        What the district accepted since settles them, here and below.
        """
        own = self.store.find(Submission, direction=Direction.OWN)
        newest: dict[str, int] = {}
        for one in own:
            newest[one.period] = max(one.version, newest.get(one.period, 0))
        return [
            one
            for one in self._unsettled()
            if one.open_points or newest.get(one.verdict.period, 0) <= one.verdict.version
        ]

    def unanswered(self, period: Period) -> list[CorrectionPoint]:
        """Return the points that the next version of a return must answer."""
        return [point for one in self._unsettled(period) for point in one.open_points]

    def waiting(self) -> list[CorrectionPoint]:
        """Return every point that still waits for an answer, in the order in which the points are kept."""
        settled = {one.uid for one in settled_slips(self.store)}
        return [one for one in self.store.all(CorrectionPoint) if not one.is_done and one.verdict not in settled]

    def open_points(self, register: str, record: str = "") -> list[CorrectionPoint]:
        """Return what still waits for an answer in one record, or without one in a part of the return as a whole."""
        every = self.store.find(CorrectionPoint, register=register)
        found = [one for one in every if one.record == record and not one.is_done]
        asking = {one.verdict.uid for one in self._unsettled()} if found else set[str]()
        return [one for one in found if one.verdict in asking]

    def _unsettled(self, period: Period | None = None) -> list[Slip]:
        settled = {one.uid for one in settled_slips(self.store)}
        return [one for one in self.slips(period) if one.verdict.uid not in settled]

    def words_apart(self, point: CorrectionPoint) -> str:
        """Return the reviewer's words as they stand above a page; nothing where its form says them beside the field."""
        return "" if self._is_in_form(point) else f"区里退回：“{point.reason}”"

    def period_of(self, uid: str) -> str:
        """Return the period of the return that a point is about, or nothing."""
        point = self.store.get(CorrectionPoint, uid)
        verdict = self.store.get(Verdict, point.verdict) if point is not None else None
        return verdict.period if verdict is not None else ""

    def _is_in_form(self, point: CorrectionPoint) -> bool:
        if point.is_done:
            return False
        if point.register == OFFICE:
            return True
        register = REGISTERS.get(point.register)
        return register is not None and self.store.get(register.record, point.record) is not None

    def answer(self, uid: str, text: str = "") -> CorrectionPoint:
        """Mark a point as done with an answer to the reviewer; both are one step.

        Where nothing was changed since the version that was sent back, 已改 would be untrue: it takes words (``Unfit``).
        """
        point, slip = self._point(uid)
        if not text.strip() and is_as_sent_back(self.store, point):
            raise Unfit("SLIP-UNCHANGED")
        words = text.strip() or DONE
        kept = self._explanation(point, slip)
        fresh = {"text": _words(point, words), "by": OfficeDesk(self.store).office().prepared_by, "at": clock.stamp()}
        done = point.changed(is_done=True, answer=words)
        with self.store.change("答复退回单") as change:
            change.save(done)
            change.save((kept or _explanation(point, slip)).changed(**fresh))
        return done

    def reopen(self, uid: str) -> CorrectionPoint:
        """Take an answer back."""
        point, slip = self._point(uid)
        kept = self._explanation(point, slip)
        again = point.changed(is_done=False)
        with self.store.change("重开退回单的一条") as change:
            change.save(again)
            if kept is not None:
                change.remove(kept)
        return again

    def _point(self, uid: str) -> tuple[CorrectionPoint, Verdict]:
        point = self.store.get(CorrectionPoint, uid)
        verdict = self.store.get(Verdict, point.verdict) if point else None
        if point is None or verdict is None:
            raise Fault("RECORD-GONE")
        return point, verdict

    def _explanation(self, point: CorrectionPoint, slip: Verdict) -> Explanation | None:
        fresh = _explanation(point, slip)
        same = self.store.find(Explanation, code=fresh.code, field=fresh.field)
        ours = (one for one in same if (one.register, one.record) == (fresh.register, fresh.record))
        return next((one for one in ours if one.text.startswith(_words(point, ""))), None)


def place_of(point: CorrectionPoint) -> str:
    """Return register, record and field of a point, as people name them."""
    return " · ".join(filter(None, (part_title(point.register), point.record_title, point.label)))


def _explanation(point: CorrectionPoint, slip: Verdict) -> Explanation:
    return Explanation(register=point.register, record=point.record, field=point.field, code=answer_code(slip))


def _words(point: CorrectionPoint, answer: str) -> str:
    return f"退回要求“{point.reason[:900]}”，答复：{answer[:900]}"

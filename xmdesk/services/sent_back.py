"""What a point of a slip speaks of, as it was in the version that was sent back and as it is now."""

from collections.abc import Mapping
from typing import Any

from xmdesk.periods import Period
from xmdesk.ports import Store
from xmdesk.records.submission import CorrectionPoint, Direction, Submission, Verdict
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.sealed.upgrades import upgraded
from xmdesk.services import drafting
from xmdesk.services.slip_answers import ANSWER


def is_as_sent_back(store: Store, point: CorrectionPoint) -> bool:
    """Tell whether what a point speaks of says the same as then; a version that this book does not hold tells nothing."""
    verdict = store.get(Verdict, point.verdict)
    if verdict is None:
        return False
    own = store.find(Submission, direction=Direction.OWN, period=verdict.period, version=verdict.version)
    sealed = next((one for one in own if one.payload_sha256), None)
    if sealed is None:
        return False
    before = upgraded(parse_canonical(store.blob(sealed.payload_sha256)))
    draft = drafting.draft_of(store, Period.parse(verdict.period))
    return _part(before, point) == _part(drafting.told_of(store, draft), point)


def _part(told: Mapping[str, Any], point: CorrectionPoint) -> Any:
    """The field, record, form or whole return that a point is about, with the reasons given there."""
    explained = [
        (one["uid"], one["field"], one["code"], one["text"])
        for one in told["explanations"]
        if not one["code"].startswith(ANSWER)
        and point.register in ("", one["register"])
        and point.record in ("", one["uid"])
        and point.field in ("", one["field"])
    ]
    rows = told["registers"]
    if not point.register:
        return rows, told["nil"], explained
    found = [one for one in rows.get(point.register, ()) if point.record in ("", one["uid"])]
    if not point.field:
        return found, told["nil"].get(point.register), explained
    name = point.field.split("/")[0].split(".")[0]
    return [(one["uid"], one.get(name)) for one in found], explained

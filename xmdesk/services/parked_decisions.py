"""What a person decided about a row that waits all the same, for another reason: kept with the row, and found again at its pairs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xmdesk.services.pairing import Choice, Decision, Pair, Place

Entry = dict[str, Any]
_KEPT = (Choice.UPDATE, Choice.SEPARATE)
"""Who waits, waits anyway; who is not to come in at all is not on the work list."""
_ROW = "row "


def kept_with(
    number: int, raw: Mapping[str, str], pairs: Sequence[Pair], decisions: Mapping[Place, Decision]
) -> list[Entry]:
    """Return what is kept with a row; ``pairs`` are its own, as they stand now."""
    texts = "\n".join(raw.values())
    about = {
        place: one
        for place, one in decisions.items()
        if place.row == number or (not place.row and place.field in texts)
    }
    found = (_entry(place, one, pairs) for place, one in about.items() if one.choice in _KEPT)
    return [one for one in found if one is not None]


def with_more(entries: Iterable[Entry], decisions: Mapping[Place, Decision]) -> list[Entry]:
    """Return what is kept when a person decides more about a row."""
    found = (_entry(place, one, ()) for place, one in decisions.items() if one.choice in _KEPT)
    fresh = {(one["field"], one["name"]): one for one in found if one is not None}
    return [*(one for one in entries if (one["field"], one["name"]) not in fresh), *fresh.values()]


def found_again(
    entries: Sequence[Entry], pairs: Iterable[Pair], decided: Mapping[Place, Decision]
) -> dict[Place, Decision]:
    """Return what was kept and fits these pairs, where nothing else is decided; what was said of one cell comes first."""
    found: dict[Place, Decision] = {}
    for pair in pairs:
        for place, field in ((pair.place, pair.field), (pair.everywhere, "")) if pair.field else ((pair.place, ""),):
            entry = next((one for one in entries if (one["field"], one["name"]) == (field, pair.name)), None)
            if entry is None or {pair.place, place} & {*decided, *found}:
                continue
            wanted = Decision(pair, Choice(entry["choice"]), frozenset(entry["kept"]), entry["chosen"])
            found.update({place: wanted} if wanted.fits(pair) else {})
    return found


def _entry(place: Place, decision: Decision, pairs: Sequence[Pair]) -> Entry | None:
    """One decision as it is kept; who comes from another row of the sheet is in the book by the time somebody looks."""
    chosen = decision.chosen
    if chosen.startswith(_ROW):
        name = decision.pair.name
        candidates = [one for pair in pairs if pair.name == name for one in pair.candidates if one.mark == chosen]
        if not candidates:
            return None
        chosen = candidates[0].before.uid
    return {
        "field": place.field if place.row else "",
        "name": decision.pair.name,
        "choice": str(decision.choice),
        "kept": sorted(decision.kept),
        "chosen": chosen,
    }

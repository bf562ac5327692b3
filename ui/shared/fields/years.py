"""The year of a day that is typed without it, where the person sees what was understood: forms and cells."""

from xmdesk import clock
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Day, Moment, PartialDay
from xmdesk.records.values.yearless import with_year


def with_its_year(spec: FieldSpec, text: str) -> str:
    """Return what was typed into a field of days with the year it lacks; anything else as it is."""
    if not isinstance(spec.kind, Day | Moment | PartialDay):
        return text
    from xmdesk.checks.days import HAPPENED

    return with_year(text, clock.today(), is_past=spec.name in HAPPENED)

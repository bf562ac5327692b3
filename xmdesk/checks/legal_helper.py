"""Legal helpers: trained, certified, listed, and no longer listed once they left (《乡村“法律明白人”培养工作规范(试行)》)."""

from collections import Counter
from collections.abc import Iterator

from xmdesk.checks.about import About, Survey
from xmdesk.checks.days import check_order, check_past, check_spans
from xmdesk.checks.fields import check_fields
from xmdesk.checks.repeats import check_once
from xmdesk.problems import Problem
from xmdesk.records.base import Need, fields_of
from xmdesk.records.codes import HelperState
from xmdesk.records.people import LegalHelper
from xmdesk.snapshot import Snapshot, has_ended

_TO_SEND = frozenset(name for name, spec in fields_of(LegalHelper).items() if spec.need is Need.TO_SEND)
_NOT_ASKED = {
    HelperState.LEFT: _TO_SEND,
    HelperState.CANDIDATE: _TO_SEND - {"sources", "route"},
}
"""A candidate is not yet trained and certified; of somebody who left nothing more is asked."""


def check_helper(about: About[LegalHelper]) -> Iterator[Problem]:
    """Check one helper."""
    one = about.record
    not_asked = _NOT_ASKED.get(one.status, frozenset()) if one.status else frozenset[str]()
    yield from check_fields(about, not_asked=not_asked)
    yield from check_past(about, "initial_training_on", "certificate_on", "filed_on", "noticed_on")
    yield from check_order(about, ("initial_training_on", "certificate_on"), ("initial_training_on", "left_on"))
    yield from check_spans(about, "services", start="on", end="on")
    yield from _leaving(about)
    yield from _assessments(about)


def _leaving(about: About[LegalHelper]) -> Iterator[Problem]:
    one = about.record
    if one.status is HelperState.LEFT:
        for field in ("left_on", "left_reason"):
            if not getattr(one, field):
                yield about.problem("C-MISSING", field)
    elif has_ended(one.left_on, about.snapshot.day):
        yield about.problem("C-HELPER-LEFT", "status")


def _assessments(about: About[LegalHelper]) -> Iterator[Problem]:
    years = Counter(line.get("year") for line in about.record.assessments)
    if any(number > 1 for number in years.values()):
        yield about.problem("C-HELPER-ASSESSED-TWICE", "assessments")
    if any(year and year > about.snapshot.today.year for year in years):
        yield about.problem("C-YEAR-FUTURE", "assessments")


def survey_helpers(snapshot: Snapshot) -> Survey[None]:
    """Certificates used twice; one person listed twice."""
    records = snapshot.helpers
    present = [one for one in records if one.status is not HelperState.LEFT]
    yield from check_once(snapshot, records, "certificate_no", key=lambda one: one.certificate_no)
    yield from check_once(snapshot, present, "person", code="C-HELPER-TWICE", key=lambda one: one.person)

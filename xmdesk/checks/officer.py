"""Disaster information officers: A and B are two people, reachable, confirmed before the flood season (应急〔2020〕11号)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from xmdesk.checks.about import About, Survey
from xmdesk.checks.days import check_order, check_past
from xmdesk.checks.fields import check_fields
from xmdesk.checks.repeats import check_once, repeated
from xmdesk.problems import Problem
from xmdesk.records.codes import Post, Tier
from xmdesk.records.people import DisasterOfficer
from xmdesk.snapshot import Snapshot, first_day, has_ended, in_scope, last_day


def check_officer(about: About[DisasterOfficer]) -> Iterator[Problem]:
    """Check one officer."""
    one = about.record
    yield from check_fields(about, not_asked=_not_asked(about))
    yield from check_past(about, "started_on", "entered_on", "trained_on", "confirmed_on")
    yield from check_order(about, ("started_on", "ended_on"))
    if one.in_national_system is False and one.entered_on:
        yield about.problem("C-OFFICER-ENTERED", "in_national_system")
    if not has_ended(one.ended_on, about.snapshot.day):
        yield from _in_post(about)


def _not_asked(about: About[DisasterOfficer]) -> frozenset[str]:
    ended = has_ended(about.record.ended_on, about.snapshot.day)
    return frozenset({"started_on", "in_national_system", "confirmed_on"}) if ended else frozenset()


def _in_post(about: About[DisasterOfficer]) -> Iterator[Problem]:
    one, snapshot = about.record, about.snapshot
    if in_scope(snapshot.office.kind, "VC") and one.tier not in (Tier.VILLAGE, None):
        yield about.problem("C-OFFICER-TIER", "tier")
    if one.in_national_system is False:
        yield about.problem("C-OFFICER-NOT-ENTERED", "in_national_system")
    if one.phone_on_24h is False:
        yield about.problem("C-OFFICER-PHONE", "phone_on_24h")
    if one.lives_here is False:
        yield about.problem("C-OFFICER-ELSEWHERE", "lives_here")
    if one.confirmed_on and one.confirmed_on.year < snapshot.day.year:
        yield about.problem("C-OFFICER-CONFIRM", "confirmed_on", year=snapshot.day.year)


def survey_officers(snapshot: Snapshot) -> Survey[None]:
    """What shows only across officers: one person in two posts, two A posts, certificates and terms."""
    active = snapshot.active_officers
    yield from check_once(snapshot, snapshot.officers, "certificate_no", key=lambda one: one.certificate_no)
    yield from check_once(snapshot, active, "person", code="C-OFFICER-TWICE", key=lambda one: one.person)
    firsts = [one for one in active if one.post is Post.FIRST]
    if len(firsts) > 1:
        for one in firsts:
            yield About(one, snapshot).problem("C-OFFICER-FIRSTS", "post", number=len(firsts))
    yield from _terms(snapshot, (yield from repeated(snapshot.officers, lambda one: one.person)))


def _terms(snapshot: Snapshot, records: Sequence[DisasterOfficer]) -> Survey[None]:
    """BG2: a term of one person that begins before the same person's last one ended."""
    dated = sorted(
        ((one.person, begun, one) for one in records if (begun := first_day(one.started_on))), key=lambda one: one[:2]
    )
    for (person, _, earlier), (other, begun, later) in pairwise(dated):
        ended = last_day(earlier.ended_on)
        if person == other and ended and begun < ended:
            yield About(later, snapshot).problem("C-OFFICER-OVERLAP", "started_on")

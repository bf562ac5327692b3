"""Verifying: is this file whole, who sealed it, and does it show what it says.

A pure function of bytes, meant for a capped child process. It answers for every sequence of bytes and raises nothing. The
order is cheap before dear and signature before content: envelope, signature object, digest, structure, payload, signer,
office, pages.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from xmdesk.errors import XmError
from xmdesk.packing import knowing
from xmdesk.problems import Problem, problem
from xmdesk.records.values.dates import show_day
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.sealed.cms import Signature, is_authentic, length_of, read
from xmdesk.sealed.container import payload_of
from xmdesk.sealed.pages import first_difference
from xmdesk.sealed.payload import SCHEMA
from xmdesk.sealed.result import SignerName, VerificationResult
from xmdesk.sealed.structure import Inventory, survey
from xmdesk.sealed.unfit import Unfit, need
from xmdesk.sealed.update import RESERVED, Sealed, find_contents, split
from xmdesk.trust.anchors import TrustStore
from xmdesk.trust.judging import SignerFacts, judge
from xmdesk.trust.profiles import SIGNED_BY, DocumentKind, Profile
from xmdesk.trust.register import fingerprint_of

CLOCK_SLACK = timedelta(days=1)

_SHAPELESS = (Unfit, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""What drawing raises about a payload that an insider sealed with members missing or of another type."""

Render = Callable[[bytes, dict[str, Any]], bytes]
"""Draws a payload (its bytes, and decoded) again as the unsigned base revision; raises an ``XmError`` if it cannot (unknown layout, bad rows)."""

Check = Callable[[dict[str, Any]], None]
"""Looks at the whole payload of a believed signer; raises an ``XmError`` that refuses it (``R-SCHEMA``)."""


@dataclass
class _Facts:
    """Facts as they come in, handed to the result at the end."""

    known: dict[str, Any] = field(default_factory=dict[str, Any])
    findings: list[Problem] = field(default_factory=list[Problem])

    def note(self, **facts: Any) -> None:
        self.known.update(facts)


def verify(
    data: bytes,
    store: TrustStore | None,
    *,
    render: Render | None = None,
    check: Check | None = None,
    newest_schema: int = SCHEMA,
) -> VerificationResult:
    """Verify a file against what this computer trusts.

    ``store`` is None only before a root has been taken on; then at most an enrolment request passes. Without ``render`` the
    pages are not compared with the payload, without ``check`` only its heading is looked at.
    """
    facts = _Facts()
    try:
        found, raw = _stages(data, store, newest_schema=newest_schema, walks=check is None, facts=facts)
        if (check is None or _is_sound(check, facts)) and render is not None:
            _compare_pages(found, raw, render, facts)
    except Unfit as unfit:
        code = unfit.code
        if code == "R-STRUCTURE" and "intact" not in facts.known and is_altered(data):
            code = "R-ALTERED"
        facts.findings.append(problem(code, **unfit.facts))
    if "file_sha256" not in facts.known:
        facts.note(file_sha256=hashlib.sha256(data).hexdigest())
    return VerificationResult(findings=tuple(facts.findings), **facts.known)


def _stages(
    data: bytes, store: TrustStore | None, *, newest_schema: int, walks: bool, facts: _Facts
) -> tuple[Inventory, bytes]:
    sealed = split(data)
    whole = sealed.pdf.digest.copy()
    whole.update(memoryview(data)[len(sealed.base) :])
    facts.note(
        file_sha256=whole.hexdigest(),
        covers_whole_file=True,
        certifying=True,
        revisions=2,
        signed_at_claimed=sealed.signed_at,
    )
    signature = _signature(data, sealed)
    facts.note(intact=True)
    found = survey(sealed.pdf)
    raw = payload_of(found)
    payload = parse_canonical(raw, walks=walks)
    facts.note(payload_sha256=hashlib.sha256(raw).hexdigest())
    kind = _heading(payload, newest_schema, facts)
    facts.note(payload=payload, content=raw)
    signer = judge(signature.certificate, kind, store)
    facts.findings += signer.findings
    _note_signer(signature, signer, facts)
    facts.findings += _judge_office(payload, kind, signer, store=store, facts=facts)
    facts.findings += _judge_clock(kind, store)
    if store is not None and sealed.signed_at > store.trusted_now + CLOCK_SLACK:
        facts.findings.append(problem("N-SIGNED-LATER", day=show_day(sealed.signed_at.date())))
    return found, raw


def _judge_clock(kind: DocumentKind, store: TrustStore | None) -> list[Problem]:
    """A return that comes while the clock is behind waits: its arrival is what counts as its time (BC7, G23)."""
    if store is None or not store.odd_clock:
        return []
    waits = store.clock_is_slow and kind is DocumentKind.SUBMISSION
    return [problem("H-CLOCK-BEHIND" if waits else "N-CLOCK", now=store.odd_clock)]


def _is_sound(check: Check, facts: _Facts) -> bool:
    """Withhold a payload that is not as agreed: nobody reads or draws it, whoever signed it."""
    try:
        check(facts.known["payload"])
    except XmError as trouble:
        facts.findings.append(problem(trouble.code, **trouble.facts))
        facts.note(payload=None, content=b"")
        return False
    return True


def _signature(data: bytes, sealed: Sealed) -> Signature:
    contents = sealed.contents
    length = length_of(contents)
    need(len(contents) == RESERVED and not contents[length:].strip(b"\x00"), "R-GAP")
    signature = read(contents[:length])
    start, end = sealed.gap
    digest = sealed.pdf.digest.copy()
    digest.update(memoryview(data)[len(sealed.base) : start])
    digest.update(memoryview(data)[end:])
    need(digest.digest() == signature.digest and is_authentic(signature), "R-ALTERED")
    return signature


def is_altered(data: bytes) -> bool:
    """Whether a file that does not read as ours still holds our signature object, over other bytes: damage, not forgery."""
    found = find_contents(data)
    if found is None:
        return False
    contents, (start, end) = found
    try:
        signature = read(contents[: length_of(contents)])
    except Unfit:
        return False
    return hashlib.sha256(data[:start] + data[end:]).digest() != signature.digest


def _heading(payload: Mapping[str, Any], newest_schema: int, facts: _Facts) -> DocumentKind:
    """Read the part of the payload that every kind shares."""
    schema, kind, period = payload.get("schema"), payload.get("kind"), payload.get("period", "")
    need(type(schema) is int and schema >= 1, "R-HEADING")
    if cast(int, schema) > newest_schema:
        raise Unfit("R-NEWER", found=schema, known=newest_schema)
    need(isinstance(period, str) and len(period) <= 10, "R-HEADING")
    need(isinstance(kind, str) and kind in set(DocumentKind), "R-HEADING")
    known = DocumentKind(cast(str, kind))
    facts.note(schema_version=schema, kind=known, period=period)
    return known


def _note_signer(signature: Signature, signer: SignerFacts, facts: _Facts) -> None:
    subject = signer.subject
    fingerprint = fingerprint_of(signature.certificate)
    name = SignerName(subject.code, subject.name, fingerprint) if subject else None
    facts.note(signer=name, signer_known=signer.known, revoked=signer.revoked, expired=signer.expired)


def _judge_office(
    payload: Mapping[str, Any], kind: DocumentKind, signer: SignerFacts, *, store: TrustStore | None, facts: _Facts
) -> list[Problem]:
    """Compare who sealed it, who the payload says it is from, and whom we expect."""
    if signer.subject is None:
        return []
    office = _code_in(payload, "office")
    if office != signer.subject.code:
        return [problem("R-OWNER", office=office, signer=signer.subject.code)]
    expected = store.expected_code if store else None
    is_from_district = SIGNED_BY[kind] is Profile.RECEIPT
    concerned = _code_in(payload, "to") if is_from_district and "to" in payload else office
    is_for_all = is_from_district and "to" not in payload
    if expected is not None and not is_for_all and concerned != expected:
        code = "R-ADDRESSEE" if is_from_district else "R-EXPECTED"
        return [problem(code, office=concerned, expected=expected)]
    facts.note(office_matches=True)
    return []


def _code_in(payload: Mapping[str, Any], key: str) -> str:
    office = payload.get(key)
    code = cast("dict[str, object]", office).get("code") if isinstance(office, dict) else None
    need(isinstance(code, str) and code.isascii() and code.isdigit() and len(code) in (6, 9, 12), "R-HEADING")
    return cast(str, code)


def _compare_pages(found: Inventory, raw: bytes, render: Render, facts: _Facts) -> None:
    try:
        with knowing(found.packings()):
            drawn = render(raw, facts.known["payload"])
        page = first_difference(found.pdf, drawn)
    except XmError as trouble:
        facts.findings.append(problem("H-LAYOUT", reason=trouble.happened))
        return
    except _SHAPELESS:
        facts.findings.append(problem("H-LAYOUT", reason="数据缺少绘制页面所需的内容。"))
        return
    facts.note(pages_match_data=page == 0)
    if page:
        facts.findings.append(problem("H-PAGES", page=page))

"""Who asks for a certificate: what the district knows of the office before anybody types the digits from paper."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xmdesk import clock
from xmdesk.errors import Refused
from xmdesk.services.holding import decoded
from xmdesk.services.opening import open_document
from xmdesk.trust.keys import spki
from xmdesk.trust.profiles import DocumentKind
from xmdesk.trust.register import CertificateEntry, active, key_of
from xmdesk.trust.requests import read_request

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


@dataclass(frozen=True)
class Applicant:
    """``name`` is the district's own name for the code, ``claimed`` the applicant's; the digits stay on paper."""

    code: str
    name: str
    claimed: str
    installation: int
    history: tuple[CertificateEntry, ...]
    is_second: bool = False
    """Another key of this office is in use: a second person has to agree."""


def read_applicant(desk: "Desk", request: Path) -> Applicant:
    """Read a request without granting it; ``Refused`` when it is no request, or not of this district."""
    payload = open_document(request, DocumentKind.ENROLMENT_REQUEST, None).payload
    asked = read_request(decoded(payload["csr"]))
    district = desk.office.office().code[:6]
    if payload["office"]["code"] != asked.code:
        raise Refused("T-REQUEST-MISMATCH")
    if not asked.code.startswith(district):
        raise Refused("T-REQUEST-ELSEWHERE", office=asked.code, district=district)
    known = [one for one in desk.holding.entries() if one.code == asked.code]
    key = spki(asked.public_key)
    return Applicant(
        code=asked.code,
        name=desk.enrolling.issuing.own_name_for(asked.code),
        claimed=str(payload["office"]["name"]),
        installation=asked.installation,
        history=tuple(sorted(known, key=lambda one: one.issued_at, reverse=True)),
        is_second=any(key_of(one) != key for one in active(known, code=asked.code, moment=clock.now())),
    )

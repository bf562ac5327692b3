"""What verifying a file found: separate facts, and one verdict that follows from the findings."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from xmdesk.problems import Problem, Severity, problem
from xmdesk.trust.profiles import DocumentKind


class Verdict(StrEnum):
    """Contract: ``accept`` 可收 · ``notice`` 可收有提醒 · ``hold`` 待核 · ``refuse`` 拒收."""

    ACCEPT = "accept"
    NOTICE = "notice"
    HOLD = "hold"
    REFUSE = "refuse"


_VERDICTS = {
    Severity.ERROR: Verdict.REFUSE,
    Severity.WARNING: Verdict.HOLD,
    Severity.NOTICE: Verdict.NOTICE,
}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


@dataclass(frozen=True)
class SignerName:
    """Whom the certificate names."""

    code: str
    name: str
    fingerprint: str
    """SHA-256 of the certificate, lower-case hexadecimal."""


@dataclass(frozen=True)
class VerificationResult:
    """Facts about one file. A fact that was not reached keeps its cautious default."""

    file_sha256: str
    """Of the whole file, for the quarantine; never the identity of a submission."""
    intact: bool = False
    """The signed bytes are those that were signed."""
    covers_whole_file: bool = False
    """Nothing in the file lies outside the signature."""
    certifying: bool = False
    """The signature certifies and forbids every change (DocMDP P=1)."""
    revisions: int = 0
    """2 for every sound file: pages, signature."""
    signer: SignerName | None = None
    signer_known: bool = False
    """Issued by the district's root and in use in the register, where there is one."""
    revoked: bool = False
    expired: bool = False
    office_matches: bool = False
    """The payload names the office that sealed it (and, if asked, the expected one)."""
    period: str = ""
    kind: DocumentKind | None = None
    schema_version: int = 0
    pages_match_data: bool | None = None
    """The pages show what the payload says; None if that was not compared."""
    payload_sha256: str = ""
    """Identity of the submission: SHA-256 of the canonical payload, hexadecimal."""
    signed_at_claimed: datetime | None = None
    """By the clock of the computer that sealed it; a claim, not a proof."""
    findings: tuple[Problem, ...] = ()
    payload: dict[str, Any] | None = field(default=None, repr=False, compare=False)
    """Decoded payload if the signature is intact; only to be used when the verdict allows it."""
    content: bytes = field(default=b"", repr=False, compare=False)
    """Its canonical bytes, empty where there is no payload."""

    @property
    def verdict(self) -> Verdict:
        """The worst finding decides: error refuse, warning hold, notice notice, none accept."""
        leading = self.leading
        return _VERDICTS[leading.severity] if leading.code != "V-OK" else Verdict.ACCEPT

    @property
    def leading(self) -> Problem:
        """First finding of the worst severity; its code, text and to_do speak for the file."""
        for severity in _ORDER:
            for finding in self.findings:
                if finding.severity is severity:
                    return finding
        return problem("V-OK")

    def facts(self) -> dict[str, object]:
        """The ``facts`` of the contract's ``verify`` answer."""
        signer = self.signer
        return {
            "intact": self.intact,
            "covers_whole_file": self.covers_whole_file,
            "certifying": self.certifying,
            "revisions": self.revisions,
            "signer": f"{signer.code} {signer.name}" if signer else "",
            "signer_known": self.signer_known,
            "revoked": self.revoked,
            "expired": self.expired,
            "office_matches": self.office_matches,
            "period": self.period,
            "kind": str(self.kind) if self.kind else "",
            "schema_version": self.schema_version,
            "pages_match_data": self.pages_match_data,
            "payload_sha256": self.payload_sha256,
            "signed_at_claimed": self.signed_at_claimed.isoformat() if self.signed_at_claimed else "",
        }

    def as_json(self) -> dict[str, object]:
        """The contract's ``verify`` answer."""
        leading = self.leading
        return {
            "verdict": str(self.verdict),
            "code": leading.code,
            "text": leading.text,
            "to_do": leading.to_do,
            "facts": self.facts(),
            "problems": [finding.as_json() for finding in self.findings],
        }

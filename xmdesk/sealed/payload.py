"""The payload: what a sealed document says, as plain JSON values ready for canonical bytes (contracts.md, "The payload").

A payload is data that travels; it follows the frozen schema of its number, not the classes of the day.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from xmdesk import __version__
from xmdesk.records.base import Record, fields_of
from xmdesk.records.people import Person
from xmdesk.trust.profiles import DocumentKind

SCHEMA = 1
LAYOUT = 2
LAYOUTS = frozenset({1, 2})
"""Layouts that can still be drawn: 1 printed mobile phones whole, 2 masks them."""

NEVER_SENT = frozenset({"address", "photo", "sign_photo", "notice_photo", "photos", "proofs"})
"""Fields that stay in the office: home addresses, and pictures (optional by rule, and not part of a return)."""


KIND_WORDS = {
    DocumentKind.ENROLMENT_REQUEST: "开通申请",
    DocumentKind.ENROLMENT_GRANT: "开通证书",
    DocumentKind.COLLECTION_TASK: "采集任务",
    DocumentKind.SUBMISSION: "上报表",
    DocumentKind.FORWARDING_SLIP: "核转单",
    DocumentKind.RECEIPT: "回执",
    DocumentKind.CORRECTION_SLIP: "退回单",
}


@dataclass(frozen=True)
class OfficeHead:
    """Which office a document speaks for."""

    code: str
    name: str
    kind: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the JSON object."""
        return {"code": self.code, "name": self.name, "kind": self.kind}


@dataclass(frozen=True)
class Chain:
    """Where a submission stands in the office's sequence of sealed documents (trust.md 5.6, 3.6 step 10)."""

    version: int = 1
    replaces: str = ""
    sequence: int = 1
    previous_sha256: str = ""
    audit_head: str = ""


@dataclass(frozen=True)
class Changes:
    """What changed since the last accepted submission, per register: uids added, changed, removed; count unchanged."""

    added: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    changed: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    removed: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    unchanged: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object."""
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
        }


def row_of(record: Record) -> dict[str, Any]:
    """Return a record as a payload row: canonical JSON values; identity numbers masked; what must stay is left out."""
    row: dict[str, Any] = {"uid": record.uid}
    for name, spec in fields_of(type(record)).items():
        if name in NEVER_SENT:
            continue
        value = getattr(record, name)
        if isinstance(record, Person) and name == "id_no":
            row[name] = spec.kind.mask(value)
        else:
            row[name] = spec.kind.to_json(value)
    return row


def document(kind: DocumentKind, office: OfficeHead, *, as_of: str, **members: Any) -> dict[str, Any]:
    """Return the members that every sealed document has, with its own added."""
    return {
        "schema": SCHEMA,
        "layout": LAYOUT,
        "kind": str(kind),
        "office": office.as_json(),
        "generator": f"xmdesk {__version__}",
        "as_of": as_of,
        **members,
    }


def sha256_hex(content: bytes) -> str:
    """Lower-case SHA-256: the identity of a document is that of its canonical payload."""
    return hashlib.sha256(content).hexdigest()


_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def short_code(payload_sha256: str) -> str:
    """Return eight Crockford characters in two groups (40 bits of the hash), by which paper is matched to file."""
    number = int(payload_sha256[:10], 16)
    text = "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{text[:4]}-{text[4:]}"

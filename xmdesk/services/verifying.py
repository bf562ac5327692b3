"""Verifying in a capped child process: trust is packed into plain values, the answer comes back as facts and payload."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding

from xmdesk.problems import Problem, Severity, Where
from xmdesk.sealed.upgrades import upgraded
from xmdesk.sealed.verify import verify
from xmdesk.trust.anchors import TrustStore
from xmdesk.trust.authority import read_certificate
from xmdesk.trust.register import CertificateEntry, EntryStatus
from xmdesk.trust.revocation import RevocationList


@dataclass(frozen=True)
class Verified:
    """The outcome for one file as the child tells it; ``payload`` is empty when nothing intact was found."""

    verdict: str
    code: str
    text: str
    to_do: str
    facts: dict[str, Any]
    problems: tuple[Problem, ...]
    payload: dict[str, Any] = field(repr=False)
    content: bytes = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the contract's ``verify`` answer."""
        return {
            "verdict": self.verdict,
            "code": self.code,
            "text": self.text,
            "to_do": self.to_do,
            "facts": self.facts,
            "problems": [one.as_json() for one in self.problems],
        }


def verify_in_child(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Child task ``verify``: options ``trust`` (packed) and ``compare`` (draw the pages again)."""
    from xmdesk.sealed.schema import check_payload
    from xmdesk.services.rendering import render

    held = options.get("trust")
    store = unpacked(held) if held else None
    result = verify(
        data,
        store,
        render=render if options.get("compare") else None,
        check=lambda payload: check_payload(upgraded(payload)),
    )
    answer = result.as_json()
    answer["content"] = result.content
    return answer


def verified(answer: Mapping[str, Any]) -> Verified:
    """Return the child's answer as a record."""
    from xmdesk.sealed.canonical import parse_canonical

    content = cast("bytes", answer["content"])
    return Verified(
        verdict=answer["verdict"],
        code=answer["code"],
        text=answer["text"],
        to_do=answer["to_do"],
        facts=answer["facts"],
        problems=tuple(_problem(one) for one in answer["problems"]),
        payload=upgraded(parse_canonical(content)) if content else {},
        content=content,
    )


def _problem(one: Mapping[str, Any]) -> Problem:
    return Problem(one["code"], Severity(one["severity"]), Where(**one["where"]), one["text"], one["to_do"])


def packed(store: TrustStore) -> bytes:
    """Return trust as bytes that can travel to a child; worth keeping, a district's register has hundreds of entries."""
    values = {
        "root": store.root.public_bytes(Encoding.DER),
        "now": store.trusted_now.isoformat(),
        "crl": _packed_list(store.crl),
        "register": None
        if store.register is None
        else {key: _packed_entry(one) for key, one in store.register.items()},
        "expected": store.expected_code,
        "odd_clock": store.odd_clock,
        "clock_is_slow": store.clock_is_slow,
    }
    return msgspec.msgpack.encode(values)


@lru_cache(maxsize=1)
def unpacked(content: bytes) -> TrustStore:
    """Return trust from its bytes; a warm child is asked about many files under the same trust."""
    held: dict[str, Any] = msgspec.msgpack.decode(content)
    register = held["register"]
    return TrustStore(
        root=read_certificate(held["root"]),
        trusted_now=datetime.fromisoformat(held["now"]),
        crl=_unpacked_list(held["crl"]),
        register=None if register is None else {key: _unpacked_entry(one) for key, one in register.items()},
        expected_code=held["expected"],
        odd_clock=held["odd_clock"],
        clock_is_slow=held["clock_is_slow"],
    )


def _packed_list(crl: RevocationList | None) -> dict[str, Any] | None:
    if crl is None:
        return None
    return {
        "number": crl.number,
        "issued_at": crl.issued_at.isoformat(),
        "next_update": crl.next_update.isoformat(),
        "stopped": [(f"{serial:x}", moment.isoformat()) for serial, moment in crl.stopped.items()],
    }


def _unpacked_list(held: Mapping[str, Any] | None) -> RevocationList | None:
    if held is None:
        return None
    return RevocationList(
        number=held["number"],
        issued_at=datetime.fromisoformat(held["issued_at"]),
        next_update=datetime.fromisoformat(held["next_update"]),
        stopped={int(serial, 16): datetime.fromisoformat(moment) for serial, moment in held["stopped"]},
    )


def _packed_entry(entry: CertificateEntry) -> dict[str, Any]:
    values = {name: value for name, value in entry.__dict__.items() if name != "pem"}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def _unpacked_entry(held: Mapping[str, Any]) -> CertificateEntry:
    return CertificateEntry(
        serial=held["serial"],
        code=held["code"],
        name=held["name"],
        installation=held["installation"],
        fingerprint=held["fingerprint"],
        status=EntryStatus(held["status"]),
        issued_at=datetime.fromisoformat(held["issued_at"]),
        not_after=datetime.fromisoformat(held["not_after"]),
        revoked_at=datetime.fromisoformat(held["revoked_at"]) if held["revoked_at"] else None,
        reason=held["reason"],
        pem="",
    )

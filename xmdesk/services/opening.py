"""Opening one sealed document that somebody brought: read once, verified in a child, its kind made sure."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xmdesk.child import Child, run
from xmdesk.errors import Refused, XmError
from xmdesk.files import read_bytes
from xmdesk.sealed.payload import KIND_WORDS
from xmdesk.services.holding import decoded
from xmdesk.services.verifying import Verified, packed, verified
from xmdesk.trust.anchors import TrustStore
from xmdesk.trust.profiles import DocumentKind
from xmdesk.trust.revocation import RevocationList, read_list

LARGEST = 20 * 1024 * 1024
LIST_STALE = "H-LIST-STALE"


class NotAccepted(Refused):
    """A document whose verdict does not allow using it; speaks with the verdict's own words."""

    def __init__(self, found: Verified) -> None:
        XmError.__init__(self, "DOCUMENT-REFUSED", text=found.text, to_do=found.to_do)
        self.code = found.code
        self.found = found


@dataclass(frozen=True)
class Opened:
    """A document that may be used: its decoded payload, canonical bytes, file bytes, and what verifying found."""

    payload: dict[str, Any] = field(repr=False)
    content: bytes = field(repr=False)
    file: bytes = field(repr=False)
    found: Verified

    @property
    def sha256(self) -> str:
        """Identity of the document."""
        return str(self.found.facts["payload_sha256"])


@dataclass(frozen=True)
class ReadDocument:
    """A document read but not yet believed."""

    file: bytes = field(repr=False)
    found: Verified

    @property
    def claimed_payload(self) -> dict[str, Any]:
        """What an intact file says, whoever signed it; never to be used without a verdict."""
        return self.found.payload


def read_document(path: Path, trust: TrustStore | None = None, *, compare: bool = False) -> ReadDocument:
    """Read a file and verify it in a child process; only an unreadable file raises."""
    data = read_bytes(path, LARGEST)
    return ReadDocument(data, verify_bytes(data, trust, compare=compare))


def verify_bytes(
    data: bytes, trust: TrustStore | bytes | None, *, compare: bool, child: Child | None = None
) -> Verified:
    """Verify bytes in the given child, or in the program's shared one; ``trust`` may be packed once for many files."""
    options = {"trust": packed(trust) if isinstance(trust, TrustStore) else trust, "compare": compare}
    ask = child.run if child is not None else run
    return verified(ask("verify", data, **options))


def open_document(path: Path, kind: DocumentKind, trust: TrustStore | None) -> Opened:
    """Return a document of the given kind whose verdict is accept or notice; anything else is ``Refused``."""
    try:
        opened = open_any(path, trust)
    except NotAccepted as trouble:
        if trouble.found.verdict == "hold":
            _need_kind(trouble.found, kind)
        raise
    _need_kind(opened.found, kind)
    return opened


def _need_kind(found: Verified, kind: DocumentKind) -> None:
    if found.facts["kind"] != kind:
        raise Refused("DOCUMENT-KIND", wanted=KIND_WORDS[kind])


def open_any(path: Path, trust: TrustStore | None, *, despite: Collection[str] = ()) -> Opened:
    """Return a document of any kind whose verdict is accept or notice; anything else is ``Refused``.

    ``despite``: findings that somebody knows of and passes over.
    """
    read = read_document(path, trust, compare=True)
    if trust is not None and (fresh := _list_inside(read.found, trust)) is not None:
        read = read_document(path, replace(trust, crl=fresh), compare=True)
    found = read.found
    if found.verdict not in ("accept", "notice") and not stands_but_for(found, despite):
        raise NotAccepted(found)
    return Opened(found.payload, found.content, read.file, found)


def _list_inside(found: Verified, trust: TrustStore) -> RevocationList | None:
    """Return the list of stopped certificates that a letter of the district brings, where ours is over and nothing else is
    wrong with the letter: an office that got no letter for a year could take none any more. The root's key signed it.
    """
    text = str(found.payload.get("crl", ""))
    if not text or trust.crl is None or not stands_but_for(found, (LIST_STALE,)):
        return None
    return read_list(decoded(text), trust.root, lowest_number=trust.crl.number)


def stands_but_for(found: Verified, codes: Collection[str]) -> bool:
    """Whether a document is refused or held for some of these reasons only."""
    reasons = {one.code for one in found.problems if one.code[0] in "RH"}
    return bool(reasons) and reasons <= set(codes) and bool(found.payload)

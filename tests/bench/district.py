"""An invented district on disk: a reviewer's book with its authority, enrolled villages, and a sealed file of each."""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from tests.bench import invented
from xmdesk import clock
from xmdesk.ports import StepKind
from xmdesk.records.keeping import IssuedCertificate
from xmdesk.sealed.seal import Signer
from xmdesk.services.desk import Desk
from xmdesk.services.keyring import AUTHORITY
from xmdesk.services.sealing import seal_document
from xmdesk.trust.authority import Authority
from xmdesk.trust.keys import new_key
from xmdesk.trust.register import CertificateEntry
from xmdesk.trust.requests import make_request, read_request


@dataclass(frozen=True)
class District:
    """The open book and the folder with the files that villages brought."""

    desk: Desk
    brought: Path

    def files(self) -> list[Path]:
        return sorted(self.brought.glob("*.pdf"))


def found(folder: Path, *, files: int, rows: int) -> District:
    """Found the district and let every village seal one submission."""
    desk = invented.book(folder / "district", invented.DISTRICT, "同安区民政局")
    desk.enrolling.init()
    signers = enrol(desk, files)
    brought = folder / "brought"
    brought.mkdir()
    for number, signer in enumerate(signers):
        sealed = seal_document(invented.payload(rows, number), signer)
        (brought / f"上报_{invented.village_code(number)}_{invented.PERIOD.text}.pdf").write_bytes(sealed.content)
    return District(desk, brought)


def enrol(desk: Desk, count: int) -> list[Signer]:
    """Certify a key for each of the first villages, all in one step of history."""
    root = desk.holding.root()
    assert root is not None
    authority = Authority(root, desk.keyring.key(AUTHORITY))
    signed = [certify(authority, number) for number in range(count)]
    with desk.store.change("签发证书", kind=StepKind.SYSTEM) as change:
        change.save_many([issued(entry) for _, entry in signed])
    return [signer for signer, _ in signed]


def certify(authority: Authority, number: int) -> tuple[Signer, CertificateEntry]:
    key = new_key()
    asked = read_request(make_request(key, code=invented.village_code(number), installation=1))
    entry = authority.seal_certificate(asked, name=invented.village_name(number), moment=clock.now())
    return Signer(key, x509.load_pem_x509_certificate(entry.pem.encode())), entry


def issued(entry: CertificateEntry) -> IssuedCertificate:
    return IssuedCertificate(
        serial=entry.serial,
        code=entry.code,
        name=entry.name,
        purpose="seal",
        installation=entry.installation,
        fingerprint=entry.fingerprint,
        status=str(entry.status),
        issued_at=clock.stamp(entry.issued_at),
        not_after=clock.stamp(entry.not_after),
        pem=entry.pem,
    )


def lone_signer() -> Signer:
    """Return the key and certificate of one village of a district of its own."""
    key = new_key()
    return certify(Authority.create(key, code=invented.DISTRICT, name="同安区民政局", moment=clock.now()), 0)[0]

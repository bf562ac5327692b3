"""Documents as the program really makes them, and what two independent validators say about them."""

import hashlib
import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tests.xmdesk.sealed.district_sample import MOMENT, NOTE, District, district, found, payload, sealed_by
from xmdesk.documents.drawing import draw
from xmdesk.documents.parts import Column, CoverPage, Footer, FormLine, RegisterForm
from xmdesk.documents.pdfa import Attachment, finish
from xmdesk.sealed.canonical import canonical, parse_canonical
from xmdesk.sealed.result import Verdict
from xmdesk.sealed.seal import seal
from xmdesk.sealed.verify import verify
from xmdesk.trust.register import by_fingerprint, revoke

TONGAN = district()
HEADS = ("设施名称", "类别", "地点", "管护主体", "频次", "备注")
ROWS = [{head: f"{head}{number}䶮𬱟" for head in HEADS} for number in range(1, 31)]
RAW = canonical(payload(registers={"facilities": [list(row.values()) for row in ROWS]}))


def drawn(raw: bytes, payload: dict[str, Any] | None = None) -> bytes:
    content = parse_canonical(raw) if payload is None else payload
    rows = tuple(tuple(row) for row in content["registers"]["facilities"])
    form = RegisterForm("公共设施台账", tuple(Column((head,)) for head in HEADS), rows, office="军村社区")
    cover = CoverPage(
        "上报表", office="军村社区", contents=(FormLine("公共设施台账", "有数据", len(rows)),), code="ABCD-EFGH"
    )
    pdf = draw([cover, form], footer=Footer("ABCD-EFGH", hashlib.sha256(raw).hexdigest()))
    data = Attachment("return.json", raw, "上报数据")
    return finish(pdf, title="上报表", author="军村社区", created=MOMENT, attachment=data, layout_version=1)


@cache
def document() -> bytes:
    return seal(drawn(RAW), signer=TONGAN.village, signed_at=MOMENT, note=NOTE)


def second_opinion(data: bytes, trust: District = TONGAN) -> PdfSignatureStatus:
    root = asn1_x509.Certificate.load(trust.authority.root.public_bytes(Encoding.DER))
    crl = trust.authority.revocation_list(trust.register, number=1, moment=MOMENT)
    context = ValidationContext(
        trust_roots=[root],
        crls=[asn1_crl.CertificateList.load(crl)],
        allow_fetching=False,
        revocation_mode="require",
        moment=MOMENT + timedelta(hours=1),
    )
    (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    return validate_pdf_signature(signature, context)


def test_a_real_document_is_accepted_and_its_pages_match_its_data() -> None:
    result = verify(document(), TONGAN.store(), render=drawn)
    assert result.verdict is Verdict.ACCEPT
    assert result.pages_match_data is True


def test_a_real_document_whose_pages_tell_another_number_is_held() -> None:
    lied = drawn(RAW.replace("备注30".encode(), "备注80".encode()))
    with pikepdf.open(io.BytesIO(lied)) as pdf:
        pdf.Root.Names.EmbeddedFiles.Names[1].EF.F.write(RAW)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = seal(target.getvalue(), signer=TONGAN.village, signed_at=MOMENT, note=NOTE)
    result = verify(data, TONGAN.store(), render=drawn)
    assert result.leading.code == "H-PAGES"
    assert result.verdict is Verdict.HOLD


def test_pages_packed_by_another_library_still_match() -> None:
    with pikepdf.open(io.BytesIO(drawn(RAW))) as pdf:
        target = io.BytesIO()
        for made in pdf.objects:
            if isinstance(made, pikepdf.Stream) and "/Filter" in made:
                made.write(made.read_bytes())
        pikepdf.settings.set_flate_compression_level(1)
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            recompress_flate=True,
            compress_streams=True,
        )
        pikepdf.settings.set_flate_compression_level(-1)
    assert target.getvalue() != drawn(RAW)
    data = seal(target.getvalue(), signer=TONGAN.village, signed_at=MOMENT, note=NOTE)
    result = verify(data, TONGAN.store(), render=drawn)
    assert result.pages_match_data is True
    assert result.verdict is Verdict.ACCEPT


def test_pyhanko_finds_the_same_document_valid_trusted_and_covered_whole() -> None:
    status = second_opinion(document())
    assert status.bottom_line
    assert status.trusted
    assert status.docmdp_ok
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.signer_reported_dt == MOMENT


def test_pyhanko_agrees_about_a_revoked_seal(caplog: pytest.LogCaptureFixture) -> None:
    fingerprint = TONGAN.register[0].fingerprint
    stopped = revoke(TONGAN.register, fingerprint=fingerprint, reason="密钥遗失", moment=MOMENT)
    after = replace(TONGAN, register=stopped)
    assert not second_opinion(document(), after).bottom_line
    ours = verify(document(), after.store(register=by_fingerprint(stopped)))
    assert ours.leading.code == "R-REVOKED"
    assert caplog.records


def test_pyhanko_agrees_about_a_changed_document() -> None:
    place = document().index(b"/Creator (xmdesk") + 12
    bent = document()[:place] + b"X" + document()[place + 1 :]
    assert not second_opinion(bent).intact
    assert verify(bent, TONGAN.store()).leading.code == "R-ALTERED"


def test_a_strict_reader_finds_no_fault_in_the_syntax() -> None:
    with pikepdf.open(io.BytesIO(document()), attempt_recovery=False) as pdf:
        assert list(pdf.check_pdf_syntax()) == []
        assert pdf.Root.Perms.DocMDP.ByteRange[0] == 0


@pytest.mark.skipif(not (shutil.which("pdfsig") and shutil.which("certutil")), reason="poppler or NSS tools missing")
def test_the_poppler_viewer_finds_the_signature_valid_and_the_certificate_trusted(tmp_path: Path) -> None:
    """pdfsig judges by today's real clock, so the district is founded anew at this very moment."""
    now = datetime.now(UTC).replace(microsecond=0)
    real = found(moment=now)
    (tmp_path / "root.der").write_bytes(real.authority.root.public_bytes(Encoding.DER))
    (tmp_path / "return.pdf").write_bytes(sealed_by(real.village, RAW, at=now))
    nss = tmp_path / "nss"
    nss.mkdir()
    run("certutil", "-N", "-d", str(nss), "--empty-password")
    run("certutil", "-A", "-d", str(nss), "-n", "root", "-t", "CT,C,C", "-i", str(tmp_path / "root.der"))
    said = run("pdfsig", "-nssdir", str(nss), str(tmp_path / "return.pdf"))
    assert "Signature is Valid" in said
    assert "Certificate is Trusted" in said
    assert "Total document signed" in said
    assert re.search(r"Signing Hash Algorithm: SHA-?256", said)


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout

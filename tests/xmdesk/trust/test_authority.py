from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.xmdesk.sealed.district_sample import (
    DISTRICT,
    MOMENT,
    OTHER_VILLAGE,
    VILLAGE,
    District,
    district,
    enrol,
    found,
)
from tests.xmdesk.trust.forging import reissue
from xmdesk.errors import Refused, WrongUse, XmError
from xmdesk.trust.authority import Authority, check_granted, read_certificate, renewal_is_due, root_digits
from xmdesk.trust.keys import digits_match, fingerprint_digits, new_key
from xmdesk.trust.profiles import DOCUMENT_SIGNING, RECEIPT_USE, Profile, subject_of
from xmdesk.trust.requests import make_request, read_request, self_signed


@pytest.fixture(scope="module")
def tongan() -> District:
    return district()


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def test_the_root_lasts_ten_years_and_allows_no_authority_below(tongan: District) -> None:
    root = tongan.authority.root
    assert root.not_valid_after_utc - MOMENT == timedelta(days=3652)
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value == x509.BasicConstraints(True, 0)
    assert subject_of(root, Profile.ROOT).code == tongan.authority.code == DISTRICT


@pytest.mark.parametrize("code", ["", "35021", "350212105201", "35021x", "３５０２１２"])
def test_a_district_has_a_code_of_six_digits(code: str) -> None:
    with pytest.raises(WrongUse) as refused:
        Authority.create(new_key(), code=code, name="同安区", moment=MOMENT)
    assert refused.value.code == "T-DISTRICT-CODE"


def test_the_authority_writes_the_subject_and_the_profile_of_a_seal(tongan: District) -> None:
    certificate = tongan.village.certificate
    subject = subject_of(certificate, Profile.SEAL)
    assert (subject.code, subject.name, subject.installation) == (VILLAGE, "五显镇军村社区", 1)
    organization = certificate.subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_IDENTIFIER)[0].value
    assert organization == VILLAGE
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == [f"urn:xzqh:{VILLAGE}:seal:1"]
    assert DOCUMENT_SIGNING in certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints)


@pytest.mark.parametrize("length", [1, 21, 22, 40, 64, 90])
def test_long_names_of_offices_and_districts_are_kept_to_sixty_four_characters(length: int) -> None:
    name = "厦门市同安区五显镇军营社区居民委员会" * 6
    authority = Authority.create(new_key(), code=DISTRICT, name=name[:length], moment=MOMENT)
    request = read_request(make_request(new_key(), code=VILLAGE, installation=1))
    entry = authority.seal_certificate(request, name=name[:length], moment=MOMENT)
    assert entry.name == name[: min(length, 64)]
    assert authority.digits
    assert authority.receipt_certificate(new_key().public_key(), moment=MOMENT)
    own = self_signed(new_key(), code=VILLAGE, name=name[:length], installation=1, moment=MOMENT)
    assert subject_of(own, Profile.REQUEST).name == name[: min(length, 64)]


def test_an_office_without_a_name_is_called_by_its_code(tongan: District) -> None:
    request = read_request(make_request(new_key(), code=VILLAGE, installation=1))
    assert tongan.authority.seal_certificate(request, name="", moment=MOMENT).name == VILLAGE


def test_a_seal_begins_a_week_early_and_lasts_twenty_five_months(tongan: District) -> None:
    certificate = tongan.village.certificate
    assert certificate.not_valid_before_utc == MOMENT - timedelta(days=7)
    assert certificate.not_valid_after_utc == MOMENT + timedelta(days=761)


def test_the_receipt_key_has_its_own_use_and_two_years(tongan: District) -> None:
    certificate = tongan.receipts.certificate
    assert RECEIPT_USE in certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert certificate.not_valid_after_utc == MOMENT + timedelta(days=730)
    assert subject_of(certificate, Profile.RECEIPT).code == DISTRICT


def test_serial_numbers_are_long_and_differ(tongan: District) -> None:
    serials = {enrol(tongan.authority, VILLAGE)[1].serial for _ in range(20)}
    assert len(serials) == 20
    assert all(0 < int(serial, 16) < 2**159 for serial in serials)
    assert max(int(serial, 16) for serial in serials) > 2**120


def test_nothing_outlives_the_root() -> None:
    authority = found().authority
    late = MOMENT + timedelta(days=3600)
    request = read_request(make_request(new_key(), code=VILLAGE, installation=1))
    entry = authority.seal_certificate(request, name="军村", moment=late)
    assert entry.not_after == authority.root.not_valid_after_utc


def test_an_office_of_another_district_gets_no_seal(tongan: District) -> None:
    request = read_request(make_request(new_key(), code="350203001001", installation=1))
    with pytest.raises(Refused) as refused:
        tongan.authority.seal_certificate(request, name="别区", moment=MOMENT)
    assert refused.value.code == "T-REQUEST-ELSEWHERE"


def test_an_authority_opens_only_with_its_own_key(tongan: District) -> None:
    authority = tongan.authority
    assert Authority.open(der(authority.root), authority.key).digits == authority.digits
    for root, key in ((der(authority.root), new_key()), (der(tongan.village.certificate), tongan.village.key)):
        with pytest.raises(Refused) as refused:
            Authority.open(root, key)
        assert refused.value.code == "T-ROOT-BAD"


def test_the_roots_digits_are_those_of_its_key(tongan: District) -> None:
    authority = tongan.authority
    assert root_digits(authority.root) == authority.digits == fingerprint_digits(authority.key.public_key())
    assert digits_match(authority.digits[-9:], authority.digits, shortest=8)
    with pytest.raises(Refused):
        root_digits(tongan.village.certificate)


def test_certificates_are_read_from_der_and_pem(tongan: District) -> None:
    root = tongan.authority.root
    assert read_certificate(der(root)) == read_certificate(root.public_bytes(Encoding.PEM)) == root


@pytest.mark.parametrize("raw", [b"", b"x", b"-----BEGIN CERTIFICATE-----\n", b"\x30\x03\x02\x01\x01"])
def test_what_is_no_certificate_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_certificate(raw)
    assert refused.value.code == "T-CERTIFICATE-BAD"


def test_renewal_is_offered_in_the_last_ninety_days(tongan: District) -> None:
    certificate = tongan.village.certificate
    end = certificate.not_valid_after_utc
    assert not renewal_is_due(certificate, end - timedelta(days=91))
    assert renewal_is_due(certificate, end - timedelta(days=90))


def test_the_village_takes_its_own_grant(tongan: District) -> None:
    village = tongan.village
    subject = check_granted(
        village.certificate, root=tongan.authority.root, public_key=village.key.public_key(), code=VILLAGE
    )
    assert subject.code == VILLAGE


def refusal(tongan: District, certificate: x509.Certificate, **changes: object) -> str:
    village = tongan.village
    given = {"root": tongan.authority.root, "public_key": village.key.public_key(), "code": VILLAGE} | changes
    with pytest.raises(XmError) as refused:
        check_granted(certificate, **given)  # pyright: ignore[reportArgumentType]
    return refused.value.code


def test_the_village_refuses_a_grant_that_is_not_its_own(tongan: District) -> None:
    village, authority = tongan.village, tongan.authority
    other, _ = enrol(authority, OTHER_VILLAGE)
    forged = reissue(village.certificate, new_key())
    assert refusal(tongan, other.certificate) == "T-GRANT-ELSEWHERE"
    assert refusal(tongan, village.certificate, public_key=new_key().public_key()) == "T-GRANT-KEY"
    assert refusal(tongan, village.certificate, root=found().authority.root) == "T-GRANT-CHAIN"
    assert refusal(tongan, village.certificate, root=village.certificate) == "T-GRANT-CHAIN"
    assert refusal(tongan, forged) == "T-GRANT-CHAIN"
    assert refusal(tongan, tongan.receipts.certificate) == "T-CERTIFICATE-BAD"


def test_a_self_signed_request_certificate_names_its_office() -> None:
    certificate = self_signed(new_key(), code=VILLAGE, name="军村", installation=2, moment=MOMENT)
    assert subject_of(certificate, Profile.REQUEST).installation == 2
    assert certificate.issuer == certificate.subject

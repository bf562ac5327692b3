from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from tests.xmdesk.sealed.district_sample import (
    MOMENT,
    OTHER_VILLAGE,
    VILLAGE,
    District,
    applicant,
    district,
    enrol,
    found,
)
from tests.xmdesk.trust.forging import p384, reissue, renamed, shifted, with_a_bit_left_over
from xmdesk.errors import Refused
from xmdesk.trust.anchors import TrustStore, trusted_moment
from xmdesk.trust.judging import SignerFacts, judge
from xmdesk.trust.keys import new_key
from xmdesk.trust.profiles import DOCUMENT_SIGNING, DocumentKind, Profile, is_sound_root, usage_of
from xmdesk.trust.register import EntryStatus, by_fingerprint, entry_of, revoke

TONGAN: District = district()
SEAL = TONGAN.village.certificate
RECEIPT = TONGAN.receipts.certificate
KEY = TONGAN.authority.key
SUBMISSION = DocumentKind.SUBMISSION


def codes(facts: SignerFacts) -> list[str]:
    return [finding.code for finding in facts.findings]


def judged(certificate: x509.Certificate, kind: DocumentKind = SUBMISSION, **changes: Any) -> SignerFacts:
    return judge(certificate, kind, TONGAN.store(**changes))


def uri(text: str) -> tuple[x509.SubjectAlternativeName, bool]:
    return x509.SubjectAlternativeName([x509.UniformResourceIdentifier(text)]), False


def test_a_registered_seal_is_known() -> None:
    facts = judged(SEAL)
    assert facts.findings == ()
    assert facts.known
    assert not facts.revoked
    assert facts.subject is not None
    assert facts.subject.code == VILLAGE


def test_without_register_chain_and_list_decide() -> None:
    facts = judged(SEAL, register=None)
    assert (facts.known, codes(facts)) == (True, [])


@pytest.mark.parametrize(
    "kind",
    [DocumentKind.RECEIPT, DocumentKind.ENROLMENT_GRANT, DocumentKind.COLLECTION_TASK, DocumentKind.CORRECTION_SLIP],
)
def test_the_receipt_key_seals_what_the_district_sends(kind: DocumentKind) -> None:
    facts = judged(RECEIPT, kind)
    assert (facts.known, codes(facts)) == (True, [])
    assert codes(judged(SEAL, kind)) == ["R-PROFILE"]


def test_the_receipt_key_cannot_seal_a_submission() -> None:
    facts = judged(RECEIPT)
    assert codes(facts) == ["R-PROFILE"]
    assert facts.subject is None


def test_a_stopped_receipt_key_is_refused_by_the_villages() -> None:
    entry = entry_of(RECEIPT, MOMENT, profile=Profile.RECEIPT)
    stopped = revoke([entry], fingerprint=entry.fingerprint, reason="密钥遗失", moment=MOMENT)
    facts = judged(RECEIPT, DocumentKind.RECEIPT, register=None, crl=replace(TONGAN, register=stopped).crl())
    assert (facts.revoked, codes(facts)) == (True, ["R-REVOKED"])


def test_only_a_township_seals_a_forwarding_slip() -> None:
    township, entry = enrol(TONGAN.authority, "350212105")
    register = by_fingerprint([entry])
    assert codes(judged(township.certificate, DocumentKind.FORWARDING_SLIP, register=register)) == []
    assert codes(judged(SEAL, DocumentKind.FORWARDING_SLIP)) == ["R-PROFILE"]


def test_before_there_is_a_root_nothing_but_a_request_is_judged() -> None:
    assert codes(judge(SEAL, SUBMISSION, None)) == ["H-ROOT"]
    assert codes(judge(applicant().certificate, DocumentKind.ENROLMENT_REQUEST, None)) == ["N-REQUEST"]


def test_a_request_proves_possession_and_nothing_else() -> None:
    facts = judged(applicant().certificate, DocumentKind.ENROLMENT_REQUEST)
    assert (facts.known, codes(facts)) == (False, ["N-REQUEST"])
    assert codes(judged(applicant("350203001001").certificate, DocumentKind.ENROLMENT_REQUEST)) == ["R-CODE"]
    forged = reissue(applicant().certificate, new_key())
    assert codes(judged(forged, DocumentKind.ENROLMENT_REQUEST)) == ["R-CHAIN"]


def test_another_authority_with_the_same_names_is_not_ours() -> None:
    other = found()
    facts = judged(other.village.certificate)
    assert codes(facts) == ["R-CHAIN"]
    assert not facts.known


def test_a_leaf_cannot_issue() -> None:
    child = reissue(SEAL, TONGAN.village.key, issuer=SEAL.subject)
    assert codes(judged(child)) == ["R-CHAIN"]


def test_the_root_itself_seals_nothing() -> None:
    assert codes(judged(TONGAN.authority.root)) == ["R-PROFILE"]
    assert codes(judged(TONGAN.authority.root, DocumentKind.RECEIPT)) == ["R-PROFILE"]


def test_a_code_outside_the_district_is_refused_though_our_root_signed_it() -> None:
    outside = reissue(
        SEAL, KEY,
        subject=renamed(SEAL, code="350203001001", organization="350203001001"),
        extensions={ExtensionOID.SUBJECT_ALTERNATIVE_NAME: uri("urn:xzqh:350203001001:seal:1")},
    )  # fmt: skip
    assert codes(judged(outside, register=None)) == ["R-CODE"]


def test_a_receipt_certificate_speaks_for_the_district_only() -> None:
    village = reissue(
        RECEIPT, KEY,
        subject=renamed(RECEIPT, code=VILLAGE),
        extensions={ExtensionOID.SUBJECT_ALTERNATIVE_NAME: uri(f"urn:xzqh:{VILLAGE}:receipt")},
    )  # fmt: skip
    assert codes(judged(village, DocumentKind.RECEIPT)) == ["R-CODE"]


def test_a_certificate_that_is_not_in_the_register_is_refused() -> None:
    stranger, _ = enrol(TONGAN.authority, VILLAGE)
    facts = judged(stranger.certificate)
    assert (facts.known, codes(facts)) == (False, ["R-UNKNOWN"])


def test_a_register_entry_under_another_code_does_not_count() -> None:
    entry = replace(entry_of(SEAL, MOMENT), code=OTHER_VILLAGE)
    assert codes(judged(SEAL, register=by_fingerprint([entry]))) == ["R-UNKNOWN"]


def test_stopping_in_the_register_counts_at_once_with_day_and_reason() -> None:
    stopped = revoke(TONGAN.register, fingerprint=TONGAN.register[0].fingerprint, reason="密钥遗失", moment=MOMENT)
    facts = judged(SEAL, register=by_fingerprint(stopped))
    assert facts.revoked
    assert codes(facts) == ["R-REVOKED"]
    assert "2026-11-23" in facts.findings[0].text
    assert "密钥遗失" in facts.findings[0].text


def test_a_stopped_entry_without_day_still_counts() -> None:
    entry = replace(TONGAN.register[0], status=EntryStatus.STOPPED)
    facts = judged(SEAL, register=by_fingerprint([entry]))
    assert codes(facts) == ["R-REVOKED"]
    assert "未注明原因" in facts.findings[0].text


@pytest.mark.parametrize("has_register", [True, False])
def test_the_list_counts_even_where_the_register_says_in_use(has_register: bool) -> None:
    stopped = revoke(TONGAN.register, fingerprint=TONGAN.register[0].fingerprint, reason="密钥遗失", moment=MOMENT)
    crl = replace(TONGAN, register=stopped).crl()
    register = by_fingerprint(TONGAN.register) if has_register else None
    facts = judged(SEAL, crl=crl, register=register)
    assert (facts.revoked, codes(facts)) == (True, ["R-REVOKED"])


def test_without_register_and_list_a_person_decides() -> None:
    assert codes(judged(SEAL, register=None, crl=None)) == ["H-LIST-MISSING"]
    assert codes(judged(SEAL, crl=None)) == []


def test_a_stale_list_holds() -> None:
    crl = TONGAN.crl(moment=MOMENT - timedelta(days=500))
    assert codes(judged(SEAL, crl=crl)) == ["H-LIST-STALE"]


@pytest.mark.parametrize(
    ("days", "code", "told"),
    [(0.5, "H-EXPIRED", 1), (11.5, "H-EXPIRED", 12), (59.5, "H-EXPIRED", 60), (60.5, "R-EXPIRED", 61)],
)
def test_a_registered_certificate_may_be_sixty_days_late(days: float, code: str, told: int) -> None:
    moment = SEAL.not_valid_after_utc + timedelta(days=days)
    facts = judged(SEAL, trusted_now=moment, crl=TONGAN.crl(moment=moment))
    assert facts.expired
    assert codes(facts) == [code]
    assert f" {told} " in facts.findings[0].text


def test_a_late_certificate_that_nobody_knows_is_refused() -> None:
    stranger, _ = enrol(TONGAN.authority, VILLAGE)
    moment = SEAL.not_valid_after_utc + timedelta(days=5)
    facts = judged(stranger.certificate, trusted_now=moment, crl=TONGAN.crl(moment=moment))
    assert codes(facts) == ["R-UNKNOWN", "R-EXPIRED"]


def test_a_certificate_from_the_future_points_to_the_clock() -> None:
    assert codes(judged(SEAL, trusted_now=MOMENT - timedelta(days=700))) == ["H-CLOCK"]
    assert codes(judged(SEAL, trusted_now=MOMENT - timedelta(days=6))) == []


BENT: list[Callable[[], x509.Certificate]] = [
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.KEY_USAGE: (usage_of(Profile.ROOT), True)}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.KEY_USAGE: (usage_of(Profile.SEAL), False)}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.KEY_USAGE: None}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.EXTENDED_KEY_USAGE: None}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.EXTENDED_KEY_USAGE: (x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), False)}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.EXTENDED_KEY_USAGE: (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE]), False)}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.BASIC_CONSTRAINTS: (x509.BasicConstraints(True, 0), True)}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.BASIC_CONSTRAINTS: (x509.BasicConstraints(False, None), False)}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.CRL_DISTRIBUTION_POINTS: None}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.OCSP_NO_CHECK: (x509.OCSPNoCheck(), False)}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.SUBJECT_ALTERNATIVE_NAME: uri(f"urn:xzqh:{OTHER_VILLAGE}:seal:1")}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.SUBJECT_ALTERNATIVE_NAME: uri(f"urn:xzqh:{VILLAGE}:seal:01")}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.SUBJECT_ALTERNATIVE_NAME: uri(f"urn:xzqh:{VILLAGE}:receipt")}),
    lambda: reissue(SEAL, KEY, extensions={ExtensionOID.SUBJECT_ALTERNATIVE_NAME: (x509.SubjectAlternativeName([x509.DNSName("a")]), False)}),
    lambda: reissue(SEAL, KEY, subject=renamed(SEAL, organization=None)),
    lambda: reissue(SEAL, KEY, subject=renamed(SEAL, organization=OTHER_VILLAGE)),
    lambda: reissue(SEAL, KEY, subject=renamed(SEAL, code="35021210520")),
    lambda: reissue(SEAL, KEY, subject=renamed(SEAL, code=None)),
    lambda: reissue(SEAL, KEY, subject=renamed(SEAL, name=None)),
    lambda: reissue(SEAL, KEY, subject=renamed(SEAL, unit="别的名称")),
    lambda: reissue(SEAL, KEY, public_key=p384().public_key()),
    lambda: reissue(SEAL, KEY, algorithm=hashes.SHA384()),
    lambda: x509.load_der_x509_certificate(with_a_bit_left_over(lambda: reissue(SEAL, KEY))[1]),
]  # fmt: skip


@pytest.mark.parametrize("bend", BENT)
def test_one_deviation_from_the_profile_is_enough_to_refuse(bend: Callable[[], x509.Certificate]) -> None:
    assert codes(judged(bend(), register=None)) == ["R-PROFILE"]


def test_an_unchanged_copy_passes_so_the_deviations_are_what_was_refused() -> None:
    assert codes(judged(reissue(SEAL, KEY), register=None)) == []


def test_only_a_district_root_founds_trust() -> None:
    root = TONGAN.authority.root
    twelve = reissue(root, KEY, subject=renamed(root, code=VILLAGE), issuer=renamed(root, code=VILLAGE))
    deep = reissue(root, KEY, extensions={ExtensionOID.BASIC_CONSTRAINTS: (x509.BasicConstraints(True, 1), True)})
    for bad in (SEAL, twelve, deep, reissue(root, new_key())):
        assert not is_sound_root(bad)
        with pytest.raises(Refused) as refused:
            TrustStore(bad, trusted_now=MOMENT)
        assert refused.value.code == "T-ROOT-BAD"


def test_time_never_runs_before_what_is_known_for_certain() -> None:
    day = timedelta(days=1)
    assert trusted_moment(MOMENT - day, floor=MOMENT).moment == MOMENT
    assert trusted_moment(MOMENT - day, floor=MOMENT).oddity == "T-CLOCK-SLOW"
    assert trusted_moment(MOMENT + 30 * day, floor=MOMENT).oddity == ""
    assert trusted_moment(MOMENT + 30 * day, floor=MOMENT).moment == MOMENT + 30 * day
    assert trusted_moment(MOMENT + 500 * day, floor=MOMENT).oddity == "T-CLOCK-FAST"


def test_validity_can_be_moved_in_the_forge() -> None:
    moved = reissue(SEAL, KEY, life=shifted(SEAL, days=100))
    assert codes(judged(moved, register=None)) == ["H-CLOCK"]

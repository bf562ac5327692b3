from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.xmdesk.sealed.district_sample import (
    DISTRICT,
    MOMENT,
    OTHER_VILLAGE,
    VILLAGE,
    applicant,
    district,
    draw,
    enrol,
    found,
    good_file,
    pages,
    payload,
    sealed_by,
)
from tests.xmdesk.sealed.hostile import seal_anything
from tests.xmdesk.trust.forging import reissue
from xmdesk.errors import Refused
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.payload import sha256_hex
from xmdesk.sealed.result import Verdict, VerificationResult
from xmdesk.sealed.seal import Signer
from xmdesk.sealed.verify import verify
from xmdesk.trust.profiles import DocumentKind
from xmdesk.trust.register import by_fingerprint, revoke

TONGAN = district()


def judged(data: bytes, **changes: Any) -> VerificationResult:
    return verify(data, TONGAN.store(**changes))


def outcome(result: VerificationResult) -> tuple[str, str]:
    return str(result.verdict), result.leading.code


def from_district(**changes: Any) -> dict[str, Any]:
    office = {"code": DISTRICT, "name": "同安区", "kind": "district"}
    return payload(kind="receipt", office=office, to={"code": VILLAGE}) | changes


def test_a_good_file_is_accepted_with_all_its_facts() -> None:
    result = verify(good_file(), TONGAN.store(), render=draw)
    assert outcome(result) == ("accept", "V-OK")
    assert result.findings == ()
    assert result.facts() == {
        "intact": True,
        "covers_whole_file": True,
        "certifying": True,
        "revisions": 2,
        "signer": f"{VILLAGE} 五显镇军村社区",
        "signer_known": True,
        "revoked": False,
        "expired": False,
        "office_matches": True,
        "period": "2026Q4",
        "kind": "submission",
        "schema_version": 1,
        "pages_match_data": True,
        "payload_sha256": sha256_hex(canonical(payload())),
        "signed_at_claimed": "2026-11-23T09:00:00+00:00",
    }
    assert result.payload == payload()
    assert result.file_sha256 == sha256_hex(good_file())


def test_the_answer_in_json_follows_the_contract() -> None:
    answer = judged(b"").as_json()
    assert (answer["verdict"], answer["code"]) == ("refuse", "R-EMPTY")
    assert answer["facts"] == VerificationResult("").facts()
    assert answer["text"]
    assert answer["to_do"]
    (problem,) = answer["problems"]  # pyright: ignore[reportGeneralTypeIssues]
    assert problem["severity"] == "error"


def test_the_worst_finding_speaks_for_the_file() -> None:
    late = sealed_by(TONGAN.village, payload(), at=MOMENT + timedelta(days=9))
    assert outcome(judged(late)) == ("notice", "N-SIGNED-LATER")
    assert outcome(judged(late, register=None, crl=None)) == ("hold", "H-LIST-MISSING")
    assert outcome(judged(late, register={})) == ("refuse", "R-UNKNOWN")
    assert judged(late).verdict is Verdict.NOTICE


def test_without_register_root_list_and_code_decide() -> None:
    assert outcome(judged(good_file(), register=None, expected_code=VILLAGE)) == ("accept", "V-OK")
    other = judged(good_file(), register=None, expected_code=OTHER_VILLAGE)
    assert outcome(other) == ("refuse", "R-EXPECTED")
    assert not other.office_matches


def test_another_villages_seal_on_our_payload_is_refused() -> None:
    signer, entry = enrol(TONGAN.authority, OTHER_VILLAGE)
    result = judged(sealed_by(signer, payload()), register=by_fingerprint([entry]))
    assert outcome(result) == ("refuse", "R-OWNER")
    assert VILLAGE in result.leading.text
    assert OTHER_VILLAGE in result.leading.text
    assert result.intact
    assert not result.office_matches


def test_another_district_with_the_same_names_is_refused() -> None:
    other = found()
    assert outcome(judged(sealed_by(other.village, payload()))) == ("refuse", "R-CHAIN")


def test_a_revoked_seal_is_refused_with_day_and_reason() -> None:
    stopped = revoke(TONGAN.register, fingerprint=TONGAN.register[0].fingerprint, reason="密钥遗失", moment=MOMENT)
    result = judged(good_file(), register=by_fingerprint(stopped))
    assert outcome(result) == ("refuse", "R-REVOKED")
    assert result.revoked
    assert "密钥遗失" in result.leading.text
    crl = replace(TONGAN, register=stopped).crl()
    assert outcome(judged(good_file(), register=None, crl=crl)) == ("refuse", "R-REVOKED")


@pytest.mark.parametrize(("days", "expected"), [(5, ("hold", "H-EXPIRED")), (70, ("refuse", "R-EXPIRED"))])
def test_a_late_stick_waits_for_a_person_and_a_very_late_one_is_refused(days: int, expected: tuple[str, str]) -> None:
    moment = TONGAN.register[0].not_after + timedelta(days=days)
    result = judged(good_file(), trusted_now=moment, crl=TONGAN.crl(moment=moment))
    assert outcome(result) == expected
    assert result.expired


def test_a_slow_clock_is_named() -> None:
    assert outcome(judged(good_file(), trusted_now=MOMENT - timedelta(days=700))) == ("hold", "H-CLOCK")


def test_a_stale_list_holds() -> None:
    moment = MOMENT + timedelta(days=450)
    assert outcome(judged(good_file(), trusted_now=moment)) == ("hold", "H-LIST-STALE")


def test_a_receipt_seal_does_not_make_a_submission_and_the_reverse() -> None:
    assert outcome(judged(sealed_by(TONGAN.receipts, payload()))) == ("refuse", "R-PROFILE")
    assert outcome(judged(sealed_by(TONGAN.village, from_district()))) == ("refuse", "R-PROFILE")
    assert judged(sealed_by(TONGAN.village, from_district())).signer is None


@pytest.mark.parametrize("kind", ["receipt", "correction_slip", "enrolment_grant", "collection_task"])
def test_the_village_takes_what_the_district_addressed_to_it(kind: str) -> None:
    data = sealed_by(TONGAN.receipts, from_district(kind=kind))
    result = judged(data, register=None, expected_code=VILLAGE)
    assert outcome(result) == ("accept", "V-OK")
    assert result.kind is DocumentKind(kind)


def test_a_receipt_for_another_village_is_refused() -> None:
    data = sealed_by(TONGAN.receipts, from_district(to={"code": OTHER_VILLAGE}))
    result = judged(data, register=None, expected_code=VILLAGE)
    assert outcome(result) == ("refuse", "R-ADDRESSEE")
    assert OTHER_VILLAGE in result.leading.text


def test_a_task_without_addressee_is_for_everybody() -> None:
    content = from_district(kind="collection_task")
    del content["to"]
    assert outcome(judged(sealed_by(TONGAN.receipts, content), expected_code=VILLAGE)) == ("accept", "V-OK")


def test_a_request_is_noticed_even_before_there_is_a_root() -> None:
    data = sealed_by(applicant(), payload(kind="enrolment_request"))
    for result in (verify(data, None), judged(data)):
        assert outcome(result) == ("notice", "N-REQUEST")
        assert not result.signer_known
        assert result.office_matches


def test_before_there_is_a_root_a_submission_is_held() -> None:
    late = sealed_by(TONGAN.village, payload(), at=MOMENT + timedelta(days=9))
    assert outcome(verify(late, None)) == ("hold", "H-ROOT")


def test_a_request_in_the_name_of_another_office_is_refused() -> None:
    data = sealed_by(applicant(OTHER_VILLAGE), payload(kind="enrolment_request"))
    assert outcome(judged(data)) == ("refuse", "R-OWNER")


def test_a_newer_payload_names_both_versions() -> None:
    data = sealed_by(TONGAN.village, payload(schema=3))
    result = judged(data)
    assert outcome(result) == ("refuse", "R-NEWER")
    assert "3" in result.leading.text
    assert outcome(verify(data, TONGAN.store(), newest_schema=3)) == ("accept", "V-OK")


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 0}, {"schema": "1"}, {"schema": True}, {"schema": None}, {"kind": "memo"}, {"kind": ["submission"]},
        {"kind": None}, {"period": 2026}, {"period": "2026-11-23T"}, {"office": None}, {"office": {}}, {"office": "x"},
        {"office": {"code": 350212}}, {"office": {"code": "35021210520"}}, {"office": {"code": "三五〇二一二"}},
    ],
)  # fmt: skip
def test_a_payload_without_proper_head_is_refused(changes: dict[str, Any]) -> None:
    assert outcome(judged(sealed_by(TONGAN.village, payload(**changes)))) == ("refuse", "R-HEADING")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{}", "R-HEADING"), (b'{"a":1,"a":1}', "R-JSON-FORM"), (b'{"a":NaN}', "R-JSON"),
        (b'{"a":"\\ud800"}', "R-JSON"), (b'{"a":' + b"[" * 99_999 + b"]" * 99_999 + b"}", "R-JSON"), (b"\xff", "R-JSON"),
    ],
)  # fmt: skip
def test_hostile_json_sealed_by_a_village_is_refused(raw: bytes, code: str) -> None:
    assert outcome(judged(sealed_by(TONGAN.village, raw))) == ("refuse", code)


def test_pages_that_show_something_else_are_held() -> None:
    data = sealed_by(TONGAN.village, payload(), drawing=5)
    result = verify(data, TONGAN.store(), render=draw)
    assert outcome(result) == ("hold", "H-PAGES")
    assert result.pages_match_data is False
    assert "1" in result.leading.text


def test_a_missing_page_is_held_by_its_number() -> None:
    data = sealed_by(TONGAN.village, payload(), count=1)
    result = verify(data, TONGAN.store(), render=draw)
    assert outcome(result) == ("hold", "H-PAGES")
    assert "第 2 页" in result.leading.text


def test_pages_that_cannot_be_drawn_again_are_held() -> None:
    def fails(raw: bytes, payload: dict[str, Any]) -> bytes:
        raise Refused("R-NEWER", found=2, known=1)

    result = verify(good_file(), TONGAN.store(), render=fails)
    assert outcome(result) == ("hold", "H-LAYOUT")
    assert result.pages_match_data is None


@pytest.mark.parametrize(
    "trouble",
    [
        KeyError("as_of"),
        TypeError(),
        AttributeError(),
        ValueError(),
        IndexError(),
        ZeroDivisionError(),
        RecursionError(),
    ],
)
def test_a_payload_that_trips_the_drawing_is_held_and_does_not_end_the_program(trouble: Exception) -> None:
    def trips(raw: bytes, payload: dict[str, Any]) -> bytes:
        raise trouble

    assert outcome(verify(good_file(), TONGAN.store(), render=trips)) == ("hold", "H-LAYOUT")
    assert outcome(verify(good_file(), TONGAN.store(), render=lambda raw, payload: b"")) == ("hold", "H-LAYOUT")


def test_without_drawing_the_pages_are_not_judged() -> None:
    assert judged(good_file()).pages_match_data is None


def test_a_copy_of_the_certificate_by_the_same_authority_is_not_the_registered_one() -> None:
    twin = reissue(TONGAN.village.certificate, TONGAN.authority.key)
    data = seal_anything(pages(canonical(payload())), signer=Signer(TONGAN.village.key, twin))
    assert outcome(judged(data)) == ("refuse", "R-UNKNOWN")


def test_no_sentence_carries_latin_words_or_placeholders() -> None:
    results = [judged(good_file(), register={}), judged(good_file(), expected_code=OTHER_VILLAGE), judged(b"x")]
    for result in results:
        assert "{" not in result.leading.text + result.leading.to_do

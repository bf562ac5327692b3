from dataclasses import replace
from typing import Any

from tests.xmdesk.sealed.district_sample import (
    DISTRICT,
    MOMENT,
    applicant,
    district,
    sealed_by,
)
from tests.xmdesk.sealed.district_sample import payload as toy
from tests.xmdesk.sealed.return_sample import receipt, whole_return
from xmdesk.services.verifying import Verified, packed, unpacked, verified, verify_in_child
from xmdesk.trust.anchors import TrustStore
from xmdesk.trust.register import by_fingerprint, revoke_office

TONGAN = district()


def looked_at(content: dict[str, Any], store: TrustStore | None = None) -> Verified:
    data = sealed_by(TONGAN.village, content)
    trust = packed(store or TONGAN.store())
    return verified(verify_in_child(data, {"trust": trust, "compare": False}))


def test_trust_arrives_in_the_child_as_it_left() -> None:
    stopped = revoke_office(TONGAN.register, code=TONGAN.register[0].code, reason="丢失", moment=MOMENT)
    store = TONGAN.store(register=by_fingerprint(stopped), expected_code=DISTRICT)
    back = unpacked(packed(store))
    assert (back.root, back.trusted_now, back.crl, back.expected_code) == (
        store.root,
        store.trusted_now,
        store.crl,
        store.expected_code,
    )
    assert store.register is not None
    assert back.register == {key: replace(one, pem="") for key, one in store.register.items()}


def test_trust_without_list_and_register_arrives_too() -> None:
    back = unpacked(packed(TONGAN.store(crl=None, register=None)))
    assert (back.crl, back.register) == (None, None)


def test_a_whole_return_is_handed_over_with_its_bytes() -> None:
    found = looked_at(whole_return())
    assert (found.verdict, found.code, found.payload) == ("accept", "V-OK", whole_return())
    assert found.as_json()["facts"]["intact"] is True


def test_a_payload_that_is_not_as_agreed_is_withheld_though_its_signer_is_known() -> None:
    found = looked_at(toy())
    assert (found.verdict, found.code, found.payload, found.content) == ("refuse", "R-SCHEMA", {}, b"")
    assert found.facts["signer_known"] is True
    assert found.text
    assert found.to_do


def test_the_first_reason_to_refuse_speaks_for_the_file() -> None:
    data = sealed_by(applicant(), whole_return() | {"more": 1})
    found = verified(verify_in_child(data, {"trust": packed(TONGAN.store()), "compare": False}))
    assert found.code != "R-SCHEMA"
    assert "R-SCHEMA" in {one.code for one in found.problems}
    assert found.payload == {}


def test_pages_are_not_drawn_from_a_payload_that_is_not_as_agreed() -> None:
    trust = packed(TONGAN.store())
    found = verified(verify_in_child(sealed_by(TONGAN.village, toy()), {"trust": trust, "compare": True}))
    assert found.facts["pages_match_data"] is None
    assert [one.code for one in found.problems] == ["R-SCHEMA"]


def test_a_letter_is_looked_at_by_its_own_schema() -> None:
    data = sealed_by(TONGAN.receipts, receipt() | {"version": 7})
    found = verified(verify_in_child(data, {"trust": packed(TONGAN.store()), "compare": False}))
    assert (found.code, "所附上报表" in found.text) == ("R-SCHEMA", True)


def test_without_trust_a_return_is_held_though_it_is_whole() -> None:
    found = verified(verify_in_child(sealed_by(TONGAN.village, whole_return()), {"trust": None}))
    assert (found.verdict, found.payload) == ("hold", whole_return())

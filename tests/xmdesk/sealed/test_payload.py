import hashlib

import pytest

from xmdesk.records.doings import Training
from xmdesk.records.people import Person
from xmdesk.sealed.payload import KIND_WORDS, OfficeHead, document, row_of, sha256_hex, short_code
from xmdesk.trust.profiles import DocumentKind


def test_a_row_shows_identity_numbers_masked_and_leaves_addresses_and_pictures_at_home() -> None:
    row = row_of(Person(name="林阿土", id_no="11010519491231002X", address="村口1号", mobile="13800008117"))
    assert (row["id_no"], row["mobile"]) == ("110105********002X", "13800008117")
    assert not {"address", "photo"} & row.keys()


def test_lines_of_a_sub_table_travel_with_every_member() -> None:
    training = Training(attendees=[{"person": ""}])
    assert row_of(training)["attendees"] == [{"person": "", "result": None}]


def test_every_document_begins_with_the_same_members() -> None:
    made = document(DocumentKind.RECEIPT, OfficeHead("350212", "同安区"), as_of="2026-11-23", note="好")
    assert made["office"] == {"code": "350212", "name": "同安区", "kind": ""}
    assert (made["kind"], made["schema"], made["as_of"], made["note"]) == ("receipt", 1, "2026-11-23", "好")
    assert made["generator"].startswith("xmdesk ")


def test_every_kind_has_a_chinese_name() -> None:
    assert set(KIND_WORDS) == set(DocumentKind)


@pytest.mark.parametrize(
    ("digest", "code"), [("00" * 32, "0000-0000"), ("ff" * 32, "ZZZZ-ZZZZ"), ("08" * 32, "1040-G208")]
)
def test_the_short_code_is_forty_bits_in_crockfords_alphabet(digest: str, code: str) -> None:
    assert short_code(digest) == code


def test_the_identity_is_the_hash_of_the_canonical_bytes() -> None:
    assert sha256_hex(b"{}") == hashlib.sha256(b"{}").hexdigest()

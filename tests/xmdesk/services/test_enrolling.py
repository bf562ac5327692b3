import base64
from datetime import timedelta
from pathlib import Path

import pytest

from tests.xmdesk.services.stories import DISTRICT, OTHER_VILLAGE, QUARTER, VILLAGE, Offices, book
from xmdesk import clock
from xmdesk.errors import Fault, Refused, WrongUse, XmError
from xmdesk.sealed.payload import OfficeHead, document
from xmdesk.services.holding import decoded, encoded
from xmdesk.services.opening import open_document
from xmdesk.services.sealing import seal_document, write_document
from xmdesk.trust.authority import read_certificate
from xmdesk.trust.profiles import DocumentKind


def refusal(call, *args, **named) -> str:
    with pytest.raises(XmError) as why:
        call(*args, **named)
    return why.value.code


def request_of(offices: Offices, code: str = OTHER_VILLAGE) -> tuple[object, str, Path]:
    other = book(offices.folder / code, code, "西坑村民委员会")
    path = offices.folder / f"request-{code}.pdf"
    asked = other.enrolling.request(path)
    other.upkeep.close()
    return other, asked.fingerprint, path


def test_an_enrolled_village_signs_and_knows_its_district(offices: Offices) -> None:
    facts = offices.village.enrolling.certificate_facts()
    assert facts["root_digits"] == offices.district.enrolling.root_digits()
    assert (facts["crl_number"], facts["not_after"][:4]) == (1, "2028")
    assert offices.village.enrolling.district_private_key() is not None
    assert offices.village.office.setting("district")["code"] == DISTRICT
    assert [one.code for one in offices.district.enrolling.entries()] == [VILLAGE]


def test_a_book_that_is_not_enrolled_cannot_sign_or_verify(offices: Offices) -> None:
    lonely = book(offices.folder / "lonely", OTHER_VILLAGE, "西坑村民委员会")
    assert lonely.enrolling.certificate_facts() == {}
    assert lonely.enrolling.root_digits() == ""
    assert lonely.enrolling.district_private_key() is None
    assert refusal(lonely.enrolling.signer) == "NOT-ENROLLED"
    assert refusal(lonely.enrolling.trust_store) == "NO-ROOT"
    assert refusal(lonely.enrolling.receipt_signer) == "NO-AUTHORITY"
    assert refusal(lonely.enrolling.export, offices.folder) == "NO-ROOT"
    assert refusal(lonely.enrolling.revoke, VILLAGE, reason="") == "NO-AUTHORITY"
    lonely.upkeep.close()


def test_wrong_digits_from_paper_refuse_the_grant_and_leave_no_trace(offices: Offices) -> None:
    _, digits, path = request_of(offices)
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    out = offices.folder / "grant-2.pdf"
    assert refusal(offices.district.enrolling.grant, path, fingerprint=wrong, out=out) == "T-DIGITS-WRONG"
    assert (out.exists(), len(offices.district.enrolling.entries())) == (False, 1)


def test_a_grant_for_another_village_is_refused(offices: Offices) -> None:
    _, digits, path = request_of(offices)
    out = offices.folder / "grant-2.pdf"
    granted = offices.district.enrolling.grant(path, fingerprint=digits, out=out)
    assert (granted.code, granted.path) == (OTHER_VILLAGE, str(out))
    root = offices.district.enrolling.root_digits()
    assert refusal(offices.village.enrolling.accept, out, root_digits_typed=root) == "R-ADDRESSEE"


def test_wrong_root_digits_refuse_the_grant(offices: Offices) -> None:
    grant = Path(offices.folder / "grant.pdf")
    root = offices.district.enrolling.root_digits()
    _regrant(offices, grant)
    assert refusal(offices.village.enrolling.accept, grant, root_digits_typed="0" * 20) == "T-DIGITS-WRONG"
    assert offices.village.enrolling.accept(grant, root_digits_typed=root[-9:]).code == VILLAGE


def _regrant(offices: Offices, out: Path) -> None:
    again = offices.folder / "again.pdf"
    asked = offices.village.enrolling.request(again)
    offices.district.enrolling.grant(again, fingerprint=asked.fingerprint, out=out)


def test_a_request_that_comes_again_gets_the_same_certificate(offices: Offices) -> None:
    path, enrolling = offices.folder / "again.pdf", offices.district.enrolling
    asked = offices.village.enrolling.request(path)
    (before,) = enrolling.entries()
    again = enrolling.grant(path, fingerprint=asked.fingerprint, out=offices.folder / "2.pdf")
    assert (again.serial.lstrip("0"), enrolling.entries()) == (before.serial.lstrip("0"), [before])
    digits = enrolling.root_digits()
    assert offices.village.enrolling.accept(offices.folder / "2.pdf", root_digits_typed=digits).code == VILLAGE


def test_near_its_end_a_certificate_is_renewed_for_the_same_key(offices: Offices) -> None:
    path, enrolling = offices.folder / "again.pdf", offices.district.enrolling
    (before,) = enrolling.entries()
    with clock.frozen(before.not_after - timedelta(days=80)):
        asked = offices.village.enrolling.request(path)
        offices.district.time.confirm("核对过")
        enrolling.grant(path, fingerprint=asked.fingerprint, out=offices.folder / "2.pdf")
    assert len({one.serial for one in enrolling.entries()}) == 2


def test_a_second_computer_needs_a_second_person_and_a_third_has_no_place(offices: Offices) -> None:
    enrolling, codes = offices.district.enrolling, []
    for number in (2, 3):
        twin = book(offices.folder / f"twin{number}", VILLAGE, "军营村民委员会")
        path, out = offices.folder / f"request{number}.pdf", offices.folder / f"{number}.pdf"
        asked = twin.enrolling.request(path)
        twin.upkeep.close()
        alone = refusal(enrolling.grant, path, fingerprint=asked.fingerprint, out=out)
        together = {"fingerprint": asked.fingerprint, "out": out, "second": "郑小满"}
        codes += [
            alone,
            refusal(enrolling.grant, path, **together) if number == 3 else enrolling.grant(path, **together).code,
        ]
    assert codes == ["T-SECOND-SEAL", VILLAGE, "T-SECOND-SEAL", "T-REGISTER-FULL"]
    assert len(enrolling.entries()) == 2
    assert not (offices.folder / "3.pdf").exists()
    assert any("郑小满 同意" in one.label for one in offices.district.store.steps())


def test_a_stopped_key_is_never_certified_again_and_a_new_one_is(offices: Offices) -> None:
    path, enrolling = offices.folder / "again.pdf", offices.district.enrolling
    asked = offices.village.enrolling.request(path)
    enrolling.revoke(VILLAGE, reason="电脑被盗")
    with pytest.raises(Refused) as refused:
        enrolling.grant(path, fingerprint=asked.fingerprint, out=offices.folder / "2.pdf")
    assert refused.value.code == "T-KEY-STOPPED"
    assert "电脑被盗" in refused.value.happened
    fresh = offices.village.enrolling.request(path, new_key=True, force=True)
    assert refusal(offices.village.enrolling.signer) == "NOT-ENROLLED"
    enrolling.grant(path, fingerprint=fresh.fingerprint, out=offices.folder / "2.pdf")
    offices.village.enrolling.accept(offices.folder / "2.pdf", root_digits_typed=enrolling.root_digits())
    assert offices.receive(offices.seal().path)[0].verdict == "accept"


def test_who_knows_that_it_was_stopped_asks_with_a_new_key_by_itself(offices: Offices) -> None:
    before = offices.village.enrolling.request(offices.folder / "1.pdf").fingerprint
    offices.district.enrolling.revoke(VILLAGE, reason="电脑被盗")
    task = offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder / "task")
    offices.village.reviewing.take(task.path)
    assert offices.village.enrolling.certificate_facts()["stopped_on"] == "2026-11-23"
    assert offices.village.enrolling.request(offices.folder / "2.pdf").fingerprint != before


def test_a_request_that_cannot_be_written_leaves_the_key_as_it_was(offices: Offices) -> None:
    path = offices.folder / "1.pdf"
    offices.village.enrolling.request(path)
    assert refusal(offices.village.enrolling.request, path, new_key=True) == "FILE-EXISTS"
    assert offices.village.enrolling.signer()


def test_what_is_not_a_request_is_not_granted_and_what_is_not_a_grant_not_accepted(offices: Offices) -> None:
    sealed = offices.seal()
    with pytest.raises(Refused):
        offices.district.enrolling.grant(sealed.path, fingerprint="0", out=offices.folder / "g.pdf")
    assert refusal(offices.village.enrolling.accept, sealed.path, root_digits_typed="0") == "DOCUMENT-KIND"


def test_the_authority_is_made_once(offices: Offices) -> None:
    with pytest.raises(WrongUse) as why:
        offices.district.enrolling.init()
    assert why.value.code == "AUTHORITY-EXISTS"


def test_revoking_stops_the_village_and_travels_in_a_new_list(offices: Offices) -> None:
    sealed = offices.seal()
    revoked = offices.district.enrolling.revoke(VILLAGE, reason="电脑丢失")
    assert (revoked.code, len(revoked.serial)) == (VILLAGE, 40)
    crl = offices.district.enrolling.revocations()
    assert crl is not None
    assert (crl.number, len(crl.stopped)) == (2, 1)
    assert offices.receive(sealed.path)[0].code == "R-REVOKED"


def test_a_newer_list_is_kept_and_an_older_one_is_not_taken(offices: Offices) -> None:
    enrolling = offices.district.enrolling
    first = offices.district.holding.kept("revocation_list")
    enrolling.revoke(VILLAGE, reason="电脑丢失")
    second = offices.district.holding.kept("revocation_list")
    village = offices.village.holding
    assert not village.take_revocations(encoded(second))
    assert village.take_revocations(encoded(first)), "the older list is told as such"
    assert not village.take_revocations("")
    assert village.certificate_facts()["crl_number"] == 2


def test_root_and_list_are_written_for_other_programs(offices: Offices) -> None:
    told = offices.district.enrolling.export(offices.folder / "trust")
    assert Path(told["root"]).read_text("ascii").startswith("-----BEGIN CERTIFICATE-----")
    assert Path(told["crl"]).read_bytes() == offices.district.holding.kept("revocation_list")
    assert told["fingerprint"] == offices.district.enrolling.root_digits()


def test_a_request_that_speaks_for_two_offices_is_refused(offices: Offices) -> None:
    _, digits, path = request_of(offices)
    payload = open_document(path, DocumentKind.ENROLMENT_REQUEST, None).payload
    forged = document(
        DocumentKind.ENROLMENT_REQUEST,
        OfficeHead(VILLAGE, "军营村民委员会", "1"),
        as_of="2026-11-23",
        csr=payload["csr"],
        fingerprint=digits,
        installation=1,
    )
    write_document(seal_document(forged, offices.village.holding.signer()), path, force=True)
    with pytest.raises(Refused):
        offices.district.enrolling.grant(path, fingerprint=digits, out=offices.folder / "g.pdf")


def test_bytes_travel_as_base64_and_nothing_else(offices: Offices) -> None:
    held = offices.village.holding.kept("root")
    assert read_certificate(decoded(base64.b64encode(held).decode())) == offices.village.holding.root()
    with pytest.raises(Refused):
        decoded("不是")


def test_keys_that_were_never_made_are_missing(offices: Offices) -> None:
    with pytest.raises(Fault) as why:
        offices.village.keyring.key("receipt")
    assert why.value.code == "KEY-MISSING"


def test_a_village_that_holds_the_list_which_stops_it_seals_nothing_more(offices: Offices) -> None:
    offices.district.enrolling.revoke(VILLAGE, reason="电脑被盗")
    task = offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder / "task")
    offices.village.reviewing.take(task.path)
    with pytest.raises(Refused) as stopped:
        offices.seal()
    assert stopped.value.code == "CERTIFICATE-STOPPED"
    assert "2026-11-23" in stopped.value.happened


@pytest.mark.parametrize("new_key", [False, True])
def test_an_office_of_another_code_seals_only_with_a_certificate_for_it(offices: Offices, new_key: bool) -> None:
    village, district = offices.village, offices.district
    village.office.save_office(village.office.office().changed(code=OTHER_VILLAGE))
    with pytest.raises(Fault) as why:
        offices.seal()
    left = list(offices.folder.glob("out/*.pdf"))

    asked = village.enrolling.request(offices.folder / "again.pdf", new_key=new_key)
    district.enrolling.grant(
        offices.folder / "again.pdf", fingerprint=asked.fingerprint, out=offices.folder / "granted.pdf"
    )
    village.enrolling.accept(offices.folder / "granted.pdf", root_digits_typed=district.enrolling.root_digits())
    (received,) = offices.receive(offices.seal().path)

    assert (why.value.code, why.value.facts) == ("CERTIFICATE-OTHER-CODE", {"own": OTHER_VILLAGE, "certified": VILLAGE})
    assert left == []
    assert received.verdict == "accept"

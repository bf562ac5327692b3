from datetime import timedelta

import pytest

from tests.xmdesk.sealed.district_sample import MOMENT, OTHER_VILLAGE, VILLAGE, district, enrol
from xmdesk.errors import Refused, WrongUse
from xmdesk.trust.register import (
    CertificateEntry,
    EntryStatus,
    active,
    by_fingerprint,
    register,
    revoke,
    revoke_office,
)


def entries(*codes: str) -> tuple[CertificateEntry, ...]:
    return tuple(enrol(district().authority, code)[1] for code in codes)


def test_an_office_may_have_two_seals_in_use_and_no_third() -> None:
    first, second, third, other = entries(VILLAGE, VILLAGE, VILLAGE, OTHER_VILLAGE)
    book = register(register(register((), first, moment=MOMENT), second, moment=MOMENT), other, moment=MOMENT)
    with pytest.raises(Refused) as refused:
        register(book, third, moment=MOMENT)
    assert refused.value.code == "T-REGISTER-FULL"
    stopped = revoke(book, fingerprint=first.fingerprint, reason="更换电脑", moment=MOMENT)
    assert len(register(stopped, third, moment=MOMENT)) == 4


def test_an_expired_seal_makes_room() -> None:
    book = entries(VILLAGE, VILLAGE)
    (new,) = entries(VILLAGE)
    later = MOMENT + timedelta(days=800)
    assert active(book, code=VILLAGE, moment=later) == []
    assert len(register(book, new, moment=later)) == 3


def test_the_same_certificate_is_registered_once() -> None:
    (entry,) = entries(VILLAGE)
    with pytest.raises(Refused) as refused:
        register((entry,), entry, moment=MOMENT)
    assert refused.value.code == "T-REGISTER-TWICE"


def test_revoking_is_final_and_keeps_the_first_reason() -> None:
    one, other = entries(VILLAGE, OTHER_VILLAGE)
    stopped = revoke((one, other), fingerprint=one.fingerprint, reason="密钥遗失", moment=MOMENT)
    assert stopped[0].status is EntryStatus.STOPPED
    assert stopped[0].revoked_at == MOMENT
    assert stopped[1] == other
    again = revoke(stopped, fingerprint=one.fingerprint, reason="别的", moment=MOMENT + timedelta(days=1))
    assert again == stopped


def test_revoking_needs_a_reason_and_a_known_certificate() -> None:
    book = entries(VILLAGE)
    with pytest.raises(WrongUse) as refused:
        revoke(book, fingerprint=book[0].fingerprint, reason=" ", moment=MOMENT)
    assert refused.value.code == "T-REVOKE-REASON"
    with pytest.raises(WrongUse) as refused:
        revoke(book, fingerprint="00", reason="密钥遗失", moment=MOMENT)
    assert refused.value.code == "T-REVOKE-UNKNOWN"


def test_an_office_is_stopped_as_a_whole() -> None:
    book = entries(VILLAGE, VILLAGE, OTHER_VILLAGE)
    stopped = revoke_office(book, code=VILLAGE, reason="撤并", moment=MOMENT)
    assert [entry.status for entry in stopped] == [EntryStatus.STOPPED, EntryStatus.STOPPED, EntryStatus.ACTIVE]
    with pytest.raises(WrongUse):
        revoke_office(stopped, code=VILLAGE, reason="撤并", moment=MOMENT)


def test_the_register_is_looked_up_by_fingerprint() -> None:
    book = entries(VILLAGE, OTHER_VILLAGE)
    assert by_fingerprint(book)[book[1].fingerprint].code == OTHER_VILLAGE

import pytest

from xmdesk.errors import Refused
from xmdesk.trust.keys import new_key
from xmdesk.trust.private_part import open_private, seal_private

TEXT = '{"p1":"编号"}'.encode()
CONTEXT = b"350212105201/2026Q4"


def test_only_the_district_reads_the_private_part() -> None:
    district = new_key()
    sealed = seal_private(district.public_key(), TEXT, context=CONTEXT)
    assert TEXT not in sealed
    assert len(sealed) == len(TEXT) + 81
    assert open_private(district, sealed, context=CONTEXT) == TEXT
    with pytest.raises(Refused):
        open_private(new_key(), sealed, context=CONTEXT)


def test_the_private_part_cannot_move_to_another_document() -> None:
    district = new_key()
    sealed = seal_private(district.public_key(), TEXT, context=CONTEXT)
    with pytest.raises(Refused) as refused:
        open_private(district, sealed, context=b"350212105202/2026Q4")
    assert refused.value.code == "T-PRIVATE-BAD"


@pytest.mark.parametrize("place", [0, 40, 70, -1])
def test_a_changed_private_part_is_refused(place: int) -> None:
    district = new_key()
    sealed = bytearray(seal_private(district.public_key(), TEXT, context=CONTEXT))
    sealed[place] ^= 1
    with pytest.raises(Refused):
        open_private(district, bytes(sealed), context=CONTEXT)


@pytest.mark.parametrize("sealed", [b"", b"short", b"\x04" * 65, b"\x00" * 200])
def test_what_is_no_private_part_is_refused(sealed: bytes) -> None:
    with pytest.raises(Refused):
        open_private(new_key(), sealed, context=CONTEXT)

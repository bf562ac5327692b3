"""Packing: the known packing of the same bytes is used, and only inside its block."""

import zlib

from xmdesk.packing import knowing, packed

PLAIN = b"0123456789" * 50


def test_bytes_are_packed_at_the_level_asked_for() -> None:
    assert packed(PLAIN, 1) == zlib.compress(PLAIN, 1)


def test_a_known_packing_is_used_within_its_block_only() -> None:
    other = zlib.compress(PLAIN, 0)

    with knowing({PLAIN: other}):
        assert packed(PLAIN) == other
        assert packed(PLAIN + b"1") == zlib.compress(PLAIN + b"1", 6)

    assert packed(PLAIN) == zlib.compress(PLAIN, 6)

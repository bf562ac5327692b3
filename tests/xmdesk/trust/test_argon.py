"""What a key is derived from, all of it and nothing else."""

from xmdesk.trust.argon import FLOOR_COST, Cost, derive

SALT = bytes(16)


def test_the_same_password_salt_and_cost_give_the_same_key() -> None:
    assert derive(b"Lianhua-2026", salt=SALT, cost=FLOOR_COST) == derive(b"Lianhua-2026", salt=SALT, cost=FLOOR_COST)


def test_another_password_salt_or_cost_gives_another_key() -> None:
    keys = {
        derive(b"Lianhua-2026", salt=SALT, cost=FLOOR_COST),
        derive(b"Lianhua-2027", salt=SALT, cost=FLOOR_COST),
        derive(b"Lianhua-2026", salt=SALT[1:] + b"\1", cost=FLOOR_COST),
        derive(b"Lianhua-2026", salt=SALT, cost=Cost(FLOOR_COST.memory_kib, FLOOR_COST.passes + 1)),
    }

    assert {len(one) for one in keys} == {32}
    assert len(keys) == 4

"""Work that pauses: done in one go, or a piece at a time."""

from xmdesk.jobs import BREATH, Breaths, in_one_go, let_go


def counted(number: int) -> Breaths[int]:
    for _ in range(number):
        yield
    return number


def test_work_that_breathes_gives_its_result_in_one_go() -> None:
    assert in_one_go(counted(3)) == 3


def test_a_list_is_emptied_a_piece_at_a_time() -> None:
    held = list(range(2 * BREATH + 1))

    left = [len(held) for _ in let_go(held)]

    assert left == [BREATH + 1, 1, 0]

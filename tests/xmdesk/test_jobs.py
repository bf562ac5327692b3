"""Work that pauses: done in one go, or a piece at a time."""

import pytest

from xmdesk.jobs import BREATH, Breaths, Cancelled, go_on, in_one_go, let_go, parted, stopped_by, to_the_end


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


def test_a_long_sequence_is_passed_over_in_parts_that_leave_nothing_out() -> None:
    held = list(range(2 * BREATH + 1))

    parts = list(parted(held))

    assert [len(one) for one in parts] == [BREATH, BREATH, 1]
    assert [one for part in parts for one in part] == held


def test_what_is_asked_to_stop_stops_in_its_depth_but_not_where_it_must_be_finished() -> None:
    go_on()
    with stopped_by(lambda: True):
        with pytest.raises(Cancelled):
            go_on()
        with to_the_end():
            go_on()
    go_on()

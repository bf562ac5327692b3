"""When dead objects are collected."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from ui.shared.collecting import EVERY_MS, MANY, Collector


class Knot:
    """Something that only a collection takes away."""

    def __init__(self, fates: list[int]) -> None:
        self.me = self
        weakref.finalize(self, lambda: fates.append(threading.get_ident()))


@pytest.fixture(autouse=True)
def swept(qapp) -> Iterator[None]:
    """Here the real thing runs; nothing stays passed over."""
    yield
    gc.unfreeze()
    gc.enable()
    gc.collect()


@pytest.fixture
def busy() -> list[bool]:
    return []


@pytest.fixture
def collector(qapp, busy: list[bool]) -> Iterator[Collector]:
    made = Collector(lambda: bool(busy))
    yield made
    made.stop()


def make_knots(fates: list[int]) -> None:
    for _ in range(2 * gc.get_threshold()[0]):
        Knot(fates)


def test_no_other_thread_destroys_what_the_window_left(collector: Collector) -> None:
    fates: list[int] = []

    maker = threading.Thread(target=make_knots, args=(fates,))
    maker.start()
    maker.join()

    assert not fates


def test_the_window_collects_what_is_due(collector: Collector) -> None:
    fates: list[int] = []
    make_knots(fates)

    collector.collect()

    assert set(fates) == {threading.get_ident()}


def test_nothing_is_collected_while_a_job_works(collector: Collector, busy: list[bool]) -> None:
    fates: list[int] = []
    busy.append(True)
    make_knots(fates)

    collector.collect()

    assert not fates


def test_the_window_collects_by_itself_from_time_to_time(qtbot, collector: Collector) -> None:
    fates: list[int] = []
    make_knots(fates)

    qtbot.waitUntil(lambda: bool(fates), timeout=5 * EVERY_MS)


def test_what_is_too_much_to_look_at_is_passed_over_until_the_book_is_closed(collector: Collector) -> None:
    fates: list[int] = []
    knots = [Knot(fates) for _ in range(MANY)]
    collector.collect()
    knots.clear()

    collector.collect()
    assert not fates
    collector.clear_up()
    assert len(fates) == MANY


def test_what_a_long_act_makes_is_passed_over_while_it_works(collector: Collector, busy: list[bool]) -> None:
    busy.append(True)
    before = gc.get_freeze_count()
    held = [[number] for number in range(MANY + 1)]

    collector.collect()

    assert gc.get_freeze_count() - before >= len(held)


def test_python_collects_again_when_it_has_stopped(collector: Collector) -> None:
    collector.stop()

    assert gc.isenabled()

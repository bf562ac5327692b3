"""The cover over a long act: its bar moves as long as nothing is counted, and counts when something is."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.cover import STOPPING, Cover
from ui.shared.work import Work


@pytest.fixture
def cover(qtbot) -> Cover:
    below = QWidget()
    below.resize(800, 600)
    qtbot.addWidget(below)
    below.show()
    made = Cover(below, Work(below))
    made.start("建立台账")
    return made


@pytest.mark.parametrize(("done", "total"), [(0, 1), (0, 2), (0, 0), (0, 100)])
def test_before_anything_is_done_the_bar_only_moves(cover: Cover, done: int, total: int) -> None:
    cover._step(done, total, "正在排版…")

    assert (cover._bar.minimum(), cover._bar.maximum()) == (0, 0)


def test_counted_steps_are_shown(cover: Cover) -> None:
    cover._step(30, 100, "第 30 行")

    assert (cover._bar.value(), cover._bar.maximum()) == (30, 100)


def test_asked_to_stop_it_promises_nothing_that_holds_only_for_some_acts(cover: Cover) -> None:
    cover._cancel.click()

    assert cover._words.text() == STOPPING
    assert "退回" not in STOPPING

"""The two doors for doing things: results come back, errors become words, bugs reach the crash hook."""

import sys

import pytest

from tests.ui.said import Said
from ui.shared.work import Work
from xmdesk.errors import Fault
from xmdesk.jobs import Progress


def broken(*_: object) -> None:
    raise Fault("RECORD-GONE")


def test_a_quick_act_hands_its_result_on(qapp, said: Said) -> None:
    got: list[int] = []

    Work(said).now(lambda: 7, got.append)

    assert got == [7]


def test_an_error_people_can_act_on_is_told_in_words(qapp, said: Said) -> None:
    got: list[object] = []

    Work(said).now(broken, got.append)

    assert got == []
    assert said.told[0][1]
    assert said.told[0][2]


def test_a_bug_is_not_swallowed(qapp, said: Said) -> None:
    with pytest.raises(ZeroDivisionError):
        Work(said).now(lambda: 1 // 0)


def test_a_long_act_reports_and_comes_back(qtbot, said: Said) -> None:
    work, steps, got = Work(said), [], []
    work.stepped.connect(lambda done, total, text: steps.append((done, total, text)))

    def job(progress: Progress) -> str:
        progress.step(1, 2, "正在核对")
        return "好了"

    with qtbot.waitSignal(work.ended):
        work.long("核对", job, got.append)
        busy = work.is_busy

    qtbot.waitUntil(lambda: got == ["好了"])
    assert busy
    assert not work.is_busy
    assert steps == [(1, 2, "正在核对")]


def test_cancelling_stops_without_a_word(qtbot, said: Said) -> None:
    work, got = Work(said), []

    def job(progress: Progress) -> None:
        while True:
            progress.step(0, 1, "")

    with qtbot.waitSignal(work.ended):
        work.long("很久", job, got.append)
        work.cancel()

    assert got == []
    assert said.told == []


def test_a_long_act_that_is_refused_can_be_said_in_place(qtbot, said: Said) -> None:
    work, heard = Work(said), []

    with qtbot.waitSignal(work.ended):
        work.long("打开", broken, refused=lambda error: heard.append(error.code))

    qtbot.waitUntil(lambda: heard == ["RECORD-GONE"])
    assert said.told == []


def test_a_bug_in_a_long_act_reaches_the_crash_hook(qtbot, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    work, caught = Work(said), []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: caught.append(kind))

    with qtbot.waitSignal(work.ended):
        work.long("坏的", lambda _: 1 // 0)

    qtbot.waitUntil(lambda: caught == [ZeroDivisionError])


def test_only_one_long_act_runs(qtbot, said: Said) -> None:
    work, got = Work(said), []

    with qtbot.waitSignal(work.ended):
        work.long("一", lambda _: 1, got.append)
        work.long("二", lambda _: 2, got.append)

    qtbot.waitUntil(lambda: got == [1])

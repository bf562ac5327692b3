"""The capped child: what dies, hangs or eats memory costs one call and one refusal; the next call is served."""

import sys
import time

import pytest

from xmdesk.child import Child, worker_command
from xmdesk.errors import Refused

BAD_TASKS = """
import os, sys, time, types
import xmdesk.worker as worker
from xmdesk.errors import Refused
def die(data, options): os._exit(3)
def hang(data, options): time.sleep(60)
def grow(data, options): return len(bytearray(2_000_000_000))
def crash(data, options): return 1 // 0
def chatter(data, options): print("noise on stdout"); return "quiet"
def refuse(data, options): raise Refused("X-ROWS", limit=options["limit"])
def length(data, options): return len(data)
made = types.ModuleType("bad_tasks")
sys.modules["bad_tasks"] = made
for function in (die, hang, grow, crash, chatter, refuse, length):
    setattr(made, function.__name__, function)
    worker.TASKS[function.__name__] = "bad_tasks:" + function.__name__
worker.main()
"""


@pytest.fixture
def bad():
    with Child([sys.executable, "-c", BAD_TASKS], seconds=5) as worker:
        yield worker


@pytest.mark.parametrize("task", ["die", "crash", "grow"])
def test_a_task_that_ends_badly_is_refused_and_the_next_one_served(task, bad):
    with pytest.raises(Refused) as caught:
        bad.run(task, b"")
    assert caught.value.code == "X-CHILD"
    assert bad.run("length", b"abc") == 3


def test_a_task_that_hangs_is_stopped_in_time():
    with Child([sys.executable, "-c", BAD_TASKS], seconds=0.6) as slow:
        start = time.perf_counter()
        with pytest.raises(Refused) as caught:
            slow.run("hang", b"")
        assert caught.value.code == "X-CHILD"
        assert time.perf_counter() - start < 3


def test_what_a_library_prints_does_not_disturb_the_answer(bad):
    assert bad.run("chatter", b"") == "quiet"


def test_a_refusal_crosses_with_its_facts(bad):
    with pytest.raises(Refused) as caught:
        bad.run("refuse", b"", limit=7)
    assert (caught.value.code, caught.value.facts) == ("X-ROWS", {"limit": 7})


def test_large_files_cross_whole(bad):
    assert bad.run("length", b"x" * 9_000_000) == 9_000_000


def test_a_task_that_is_not_registered_is_not_run():
    with Child() as worker, pytest.raises(Refused) as caught:
        worker.run("os:system", b"")
    assert caught.value.code == "X-CHILD"


def test_the_worker_stays_warm_between_calls(bad):
    bad.run("length", b"")
    first = bad._process
    for _ in range(50):
        bad.run("length", b"")
    assert bad._process is first


def test_closing_twice_and_calling_again_is_allowed():
    worker = Child()
    worker.close()
    worker.close()
    with pytest.raises(Refused) as caught:
        worker.run("read_workbook", b"", name="空")
    worker.close()
    assert caught.value.code == "X-EMPTY"


def test_the_frozen_program_calls_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "--worker"]


def test_a_request_that_cannot_be_written_is_our_mistake_and_no_refusal(bad):
    with pytest.raises(UnicodeEncodeError):
        bad.run("refuse", b"", name="\ud800")
    assert bad.run("length", b"abc") == 3

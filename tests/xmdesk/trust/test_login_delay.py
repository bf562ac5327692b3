from datetime import UTC, datetime, timedelta

import pytest

from xmdesk.trust.login_delay import LoginDelay

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def after(failures: int) -> LoginDelay:
    delay = LoginDelay()
    for _ in range(failures):
        delay = delay.failed(START)
    return delay


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (1, 0), (4, 0), (5, 30), (6, 60), (7, 300), (8, 900), (9, 900), (50, 900)]
)
def test_the_wait_grows_after_five_free_tries(failures: int, seconds: int) -> None:
    assert after(failures).wait(START) == timedelta(seconds=seconds)


def test_the_wait_runs_out() -> None:
    assert after(5).wait(START + timedelta(seconds=10)) == timedelta(seconds=20)
    assert after(5).wait(START + timedelta(seconds=31)) == timedelta(0)


def test_setting_the_clock_back_does_not_shorten_the_wait() -> None:
    assert after(8).wait(START - timedelta(days=3)) == timedelta(minutes=15)


def test_a_right_password_clears_the_count() -> None:
    assert after(9).succeeded() == LoginDelay()


def test_a_hundred_tries_take_at_least_twenty_minutes() -> None:
    delay, moment = LoginDelay(), START
    for _ in range(100):
        moment += delay.wait(moment)
        delay = delay.failed(moment)
    assert moment - START >= timedelta(minutes=20)


def test_it_reads_back_from_its_file() -> None:
    assert LoginDelay.from_json(after(6).to_json()) == after(6)
    assert LoginDelay.from_json(LoginDelay().to_json()) == LoginDelay()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"failures": "x", "last_failed_at": ""}',
        '{"failures": 1e999, "last_failed_at": ""}',
        '{"failures": 3, "last_failed_at": "gestern"}',
    ],
)
def test_a_damaged_file_starts_anew(text: str) -> None:
    assert LoginDelay.from_json(text) == LoginDelay()

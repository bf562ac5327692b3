from datetime import UTC, datetime
from typing import Any

import pytest

from xmdesk.records.submission import CollectionTask, Direction, Submission, SubmissionState
from xmdesk.services.placing import Arrival, Expected, remarks

OFFICE = {"code": "350212105206", "name": "军营村民委员会", "kind": "村"}
ROSTER = (("350212105206", "军营村委会"), ("350212105207", "西坑村委会"), ("350212105001", "莲花社区居委会"))
TODAY = datetime(2026, 11, 23, 4, tzinfo=UTC)


def expected(*periods: str, locked: tuple[str, ...] = (), offices: tuple[str, ...] = ()) -> Expected:
    tasks = [CollectionTask(period=one, office_codes=list(offices)) for one in periods]
    return Expected(TODAY, frozenset(locked), tuple(tasks), ROSTER)


def arrival(name: str = "x.pdf", signed_at: str = "2026-11-23T02:00:00+00:00", **values: Any) -> Arrival:
    plain = {"office": OFFICE, "period": "2026Q4", "version": 1, "sequence": 1, "previous_sha256": ""}
    return Arrival(plain | values, name, signed_at)


def sent(
    version: int, state: SubmissionState = SubmissionState.RECEIVED, *, at: str = "2026-11-22T02:00:00+00:00"
) -> Submission:
    return Submission(
        direction=Direction.RECEIVED,
        period="2026Q4",
        version=version,
        sequence=version,
        payload_sha256=str(version) * 64,
        previous_sha256=str(version - 1) * 64 if version > 1 else "",
        state=state,
        facts={"signed_at_claimed": at},
    )


def next_version(version: int, **values: Any) -> Arrival:
    return arrival(version=version, sequence=version, previous_sha256=str(version - 1) * 64, **values)


def codes(one: Arrival, *others: Submission, known: Expected | None = None) -> list[str]:
    return [told.code for told in remarks(one, others, known or expected())]


def test_an_ordinary_return_has_no_remark() -> None:
    assert codes(arrival("上报_350212105206_2026Q4_第1版_0a1b2c3d.pdf"), known=expected("2026Q4")) == []


@pytest.mark.parametrize(
    ("period", "known", "code"),
    [
        ("2026Q4", expected(locked=("2026Q4",)), "INBOX-LOCKED"),
        ("2099", expected(), "INBOX-FUTURE"),
        ("2027-01", expected(), "INBOX-FUTURE"),
        ("2003", expected(), "INBOX-LONG-PAST"),
        ("2026Q3", expected("2026Q4"), "INBOX-NOT-ASKED"),
        ("2026Q4", expected("2026Q4", offices=("350212105207",)), "INBOX-NOT-OWED"),
    ],
)
def test_a_period_that_is_closed_far_off_or_not_asked_for_is_told(period: str, known: Expected, code: str) -> None:
    (told,) = remarks(arrival(period=period), (), known)
    assert told.code == code


def test_a_district_that_issued_no_task_at_all_expects_any_period() -> None:
    assert codes(arrival(period="2026-10"), known=expected()) == []


def test_a_version_before_one_that_waits_is_used_and_said_so() -> None:
    assert codes(arrival(), sent(2, SubmissionState.HELD, at="2026-11-24T02:00:00+00:00")) == ["INBOX-NEWER-WAITS"]
    assert codes(arrival(), sent(2, at="2026-11-24T02:00:00+00:00")) == ["INBOX-OLDER"]


def test_a_version_after_an_accepted_one_waits_for_a_person() -> None:
    (told,) = remarks(next_version(2), [sent(1, SubmissionState.ACCEPTED)], expected())
    assert (told.code, told.severity) == ("INBOX-AFTER-ACCEPTED", "warning")
    assert codes(next_version(2), sent(1, SubmissionState.SENT_BACK)) == []


@pytest.mark.parametrize("came_last", [1, 2])
def test_a_later_return_sealed_at_an_earlier_time_is_told_whichever_comes_first(came_last: int) -> None:
    early, late = "2026-11-20T02:00:00+00:00", "2026-11-22T02:00:00+00:00"
    if came_last == 2:
        told = remarks(next_version(2, signed_at=early), [sent(1, at=late)], expected())
    else:
        told = remarks(arrival(signed_at=late), [sent(2, at=early)], expected())
    (time,) = [one for one in told if one.code == "INBOX-TIME"]
    assert "第2次上报写的密封时间是 2026年11月20日 10:00，比第1次的 2026年11月22日 10:00 还早" in time.text
    assert time.severity == "notice"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("上报_350212105207_2026Q4.pdf", "单位"),
        ("西坑村四季度.pdf", "单位"),
        ("莲花社区2026年第四季度上报.pdf", "单位"),
        ("军营村2026年10月.pdf", "报送期"),
        ("军营村_2026-10.pdf", "报送期"),
        ("上报_350212105206_2026Q3_第1版.pdf", "报送期"),
        ("军营村2026年第三季度.pdf", "报送期"),
        ("2026年上半年.pdf", "报送期"),
    ],
)
def test_a_file_name_that_speaks_of_another_office_or_period_is_told(name: str, what: str) -> None:
    (told,) = remarks(arrival(name), (), expected())
    assert (told.code, told.severity) == ("INBOX-NAME-LIES", "notice")
    assert f"文件名写的{what}与内容不同" in told.text


@pytest.mark.parametrize(
    "name",
    [
        "军营村2026年第4季度.pdf",
        "军营村委会 2026Q4(1).pdf",
        "军营村代西坑村转交.pdf",
        "2026年11月23日收到.pdf",
        "扫描20261123.pdf",
        "上报件.pdf",
    ],
)
def test_a_file_name_that_says_the_same_or_nothing_is_left_alone(name: str) -> None:
    assert codes(arrival(name)) == []


@pytest.mark.parametrize(("sequence", "words"), [(2, "缺第1次上报"), (9, "缺第4到8次上报")])
def test_a_gap_names_every_return_that_did_not_come(sequence: int, words: str) -> None:
    others = [sent(3, at="2026-11-20T02:00:00+00:00")] if sequence == 9 else []
    told = remarks(arrival(period="2026Q3", sequence=sequence, previous_sha256="9" * 64), others, expected())
    assert [one.text.rstrip("。") for one in told] == [words]

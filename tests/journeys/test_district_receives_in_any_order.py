"""What the district makes of files that come late, twice, altered, from strangers, or in any order."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.journeys.stations import QUARTER, copied, enrol, hold, new_desk, new_district, send
from tests.journeys.terminal import on
from xmdesk.errors import Fault, Refused, WrongUse
from xmdesk.periods import Period
from xmdesk.records.submission import SubmissionState
from xmdesk.services.desk import Desk
from xmdesk.services.inbox import Received
from xmdesk.services.opening import open_any
from xmdesk.services.reviewing import Point
from xmdesk.services.sealing import GlyphsMissing

LAST_QUARTER = Period.parse("2026Q3")


@dataclass
class World:
    """Files made once: two villages and a township of one district, a village of another."""

    folder: Path
    files: dict[str, Path] = field(default_factory=dict)
    opened: list[Desk] = field(default_factory=list)

    def copy(self, name: str, to: Path) -> Desk:
        desk = copied(self.folder / name, to)
        self.opened.append(desk)
        return desk


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("world"))
    with on("2026-11-23"):
        _make(made)
        yield made


def _make(world: World) -> None:
    folder, out = world.folder, world.folder / "件"
    district, foreign = new_district(folder / "区"), new_district(folder / "别区", "350211", "集美区民政局")
    first = new_desk(folder / "甲", "350212105206", "甲村村民委员会")
    second = new_desk(folder / "乙", "350212105207", "乙村村民委员会")
    township = new_desk(folder / "镇", "350212105", "莲花镇人民政府")
    stranger = new_desk(folder / "丙", "350211001001", "岑东社区居民委员会")
    for office in (first, second, township):
        enrol(office, district, out)
    enrol(stranger, foreign, out)
    world.files["别区任务"] = _task(foreign, out)
    hold(first, "普法进榕树下")
    world.files["甲1"] = send(first, out)
    first.upkeep.close()
    twin = copied(folder / "甲", folder / "甲的旧备份")
    hold(twin, "备份里另记的一次", 77)
    world.files["甲2另"] = send(twin, out / "另")
    twin.upkeep.close()
    first = copied(folder / "甲", folder / "甲续")
    hold(first, "重阳敬老", 52)
    world.files["甲2"] = send(first, out)
    hold(first, "冬至说法", 18)
    world.files["甲3"] = send(first, out)
    world.files["甲上季"] = send(first, out, LAST_QUARTER)
    hold(second, "乙村科普", 40)
    world.files["乙1"] = send(second, out)
    world.files["丙1"] = send(stranger, out)
    for desk in (district, foreign, first, second, township, stranger):
        desk.upkeep.close()


def _task(desk: Desk, out: Path) -> Path:
    from datetime import date

    return desk.tasks.issue(QUARTER, due_on=date(2026, 12, 31), out=out / "别区任务").path


@pytest.fixture
def district(world: World, tmp_path: Path) -> Iterator[Desk]:
    desk = copied(world.folder / "区", tmp_path / "区")
    yield desk
    desk.upkeep.close()


@pytest.fixture
def village(world: World, tmp_path: Path) -> Iterator[Desk]:
    desk = copied(world.folder / "甲续", tmp_path / "甲")
    yield desk
    desk.upkeep.close()


def receive(desk: Desk, *paths: Path) -> list[Received]:
    return desk.inbox.receive(list(paths), compare=False, processes=1)


def standing(desk: Desk) -> tuple[str, list[tuple[str, str, int, str]]]:
    """Digest of the consolidation, and code, state, version and short code of every office that sent."""
    found = desk.consolidating.consolidate(QUARTER)
    lines = [(one.code, one.state, one.submission) for one in found.grid.lines if one.submission]
    return found.digest, [(code, state, one.version, one.short_code) for code, state, one in lines]


def test_any_order_gives_the_same_grid_and_the_same_digest(world, tmp_path):
    files = [world.files[name] for name in ("甲1", "甲2", "甲3", "乙1", "甲2", "甲上季")]
    outcomes = []
    for number, seed in enumerate((3, 17)):
        order = files if not number else random.Random(seed).sample(files, len(files))
        desk = world.copy("区", tmp_path / f"区{number}")
        receive(desk, *order)
        outcomes.append(standing(desk))
        desk.upkeep.close()
    backwards = world.copy("区", tmp_path / "倒")
    receive(backwards, *reversed(files))
    outcomes.append(standing(backwards))
    backwards.upkeep.close()
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert [line[:3] for line in outcomes[0][1]] == [("350212105206", "已到", 3), ("350212105207", "已到", 1)]


def test_the_newest_version_counts_and_the_older_one_cannot_be_accepted(world, district, tmp_path):
    late, early = (receive(district, world.files[name])[0] for name in ("甲2", "甲1"))
    assert (late.code, early.code) == ("INBOX-GAP", "INBOX-OLDER")
    assert [one.version for one in district.inbox.effective(QUARTER)] == [2]
    older = district.reviewing.find(early.submission)
    assert older.state is SubmissionState.REPLACED
    with pytest.raises(WrongUse) as refused:
        district.reviewing.accept(older, tmp_path / "回执.pdf")
    assert refused.value.code == "REVIEW-DECIDED"


def test_a_correction_replaces_the_version_before(world, district):
    receive(district, world.files["甲1"], world.files["甲2"])
    states = {one.version: one.state for one in district.inbox.submissions(QUARTER)}
    assert states == {1: SubmissionState.REPLACED, 2: SubmissionState.RECEIVED}


def test_the_same_version_with_other_content_waits_for_a_person(world, district, tmp_path):
    first, other = receive(district, world.files["甲2"], world.files["甲2另"])
    assert (first.verdict, other.verdict, other.code) == ("notice", "hold", "INBOX-CONFLICT")
    assert [one.uid for one in district.inbox.effective(QUARTER)] == [first.submission]
    district.reviewing.accept(district.reviewing.find(other.submission), tmp_path / "回执.pdf")
    assert [one.uid for one in district.inbox.effective(QUARTER)] == [other.submission]


def test_a_sequence_that_does_not_continue_what_came_before_is_told(world, district):
    found = receive(district, world.files["甲1"], world.files["甲2另"], world.files["甲3"])
    assert [one.verdict for one in found] == ["accept", "accept", "notice"]
    assert found[2].code == "INBOX-FORK"


def test_the_same_file_twice_counts_once_and_leaves_one_submission(world, district):
    found = receive(district, world.files["乙1"], world.files["乙1"])
    assert [one.verdict for one in found] == ["accept", "duplicate"]
    assert len(district.inbox.submissions(QUARTER)) == 1


def test_a_stopped_office_is_refused_from_then_on(world, district):
    district.enrolling.revoke("350212105207", reason="电脑被盗")
    found = receive(district, world.files["乙1"], world.files["甲1"])
    assert [one.verdict for one in found] == ["refuse", "accept"]
    assert found[0].text
    assert found[0].to_do


def test_an_office_of_another_district_is_refused(world, district):
    found = receive(district, world.files["丙1"])[0]
    assert (found.verdict, found.rows) == ("refuse", 0)
    assert district.inbox.submissions() == []


def test_a_file_named_for_another_office_is_told_but_its_content_decides(world, district, tmp_path):
    renamed = tmp_path / "上报_350212105207_2026Q4.pdf"
    renamed.write_bytes(world.files["甲1"].read_bytes())
    found = receive(district, renamed)[0]
    assert (found.office, found.verdict, found.code) == ("350212105206", "notice", "INBOX-NAME-LIES")


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_changed_byte_anywhere_is_refused_and_kept_in_quarantine(world, district, tmp_path, place):
    content = bytearray(world.files["甲1"].read_bytes())
    content[int(len(content) * place)] ^= 0x01
    spoilt = tmp_path / "改过.pdf"
    spoilt.write_bytes(content)
    found = receive(district, spoilt)[0]
    assert (found.verdict, found.rows) == ("refuse", 0)
    assert district.inbox.submissions() == []


def test_a_township_is_enrolled_with_nine_digits_and_trusts_its_district(world, tmp_path):
    township = world.copy("镇", tmp_path / "镇")
    facts = township.enrolling.certificate_facts()
    assert facts["root_digits"]
    found = receive(township, world.files["甲1"], world.files["丙1"])
    assert [one.verdict for one in found] == ["accept", "refuse"]
    township.upkeep.close()


def letters(district: Desk, out: Path, file: Path) -> tuple[Path, Path]:
    """A slip for a submission and, once it was corrected by agreement, nothing else: both letters of two days."""
    taken = receive(district, file)[0]
    submission = district.reviewing.find(taken.submission)
    point = Point("activities", "", "people_count", "人数请核对", row_no=1)
    with on("2026-11-24"):
        receipt = district.reviewing.accept(submission, out / "回执.pdf", by="陈审核")
    with on("2026-11-26"):
        slip = district.reviewing.send_back(district.reviewing.find(taken.submission), [point], out / "退回单.pdf")
    return receipt, slip


def test_a_later_letter_stands_whatever_comes_after_it(world, district, village, tmp_path):
    receipt, slip = letters(district, tmp_path, world.files["甲3"])
    assert village.reviewing.take(slip).applied
    late = village.reviewing.take(receipt)
    assert (late.applied, late.remark and late.remark.code) == (False, "TAKE-OLDER")
    states = {one.version: one.state for one in _own(village)}
    assert states[3] is SubmissionState.SENT_BACK


def _own(desk: Desk):
    from xmdesk.services.drafting import own_submissions

    return [one for one in own_submissions(desk.store) if one.period == QUARTER.text]


def test_points_of_a_slip_open_at_row_and_field_once(world, district, village, tmp_path):
    _, slip = letters(district, tmp_path, world.files["甲3"])
    taken = village.reviewing.take(slip)
    again = village.reviewing.take(slip)
    assert (again.applied, again.remark and again.remark.code) == (False, "TAKE-TWICE")
    points = village.reviewing.points(open_only=True)
    assert len(points) == len(taken.points) == 1
    activity = village.registers.get("activities", points[0].record)
    assert activity is not None
    assert (points[0].field, points[0].label, points[0].record_title) == ("people_count", "参加人次", activity.title())


def test_a_letter_for_another_office_is_refused(world, district, tmp_path):
    receipt, _ = letters(district, tmp_path, world.files["甲3"])
    other = world.copy("乙", tmp_path / "乙")
    with pytest.raises(Refused) as refused:
        other.reviewing.take(receipt)
    assert refused.value.code == "R-ADDRESSEE"
    other.upkeep.close()


def test_a_letter_about_a_return_that_this_book_never_sealed_is_told(world, district, tmp_path):
    receipt, _ = letters(district, tmp_path, world.files["甲3"])
    older = world.copy("甲", tmp_path / "旧册")
    with pytest.raises(Fault) as refused:
        older.reviewing.take(receipt)
    assert refused.value.code == "TAKE-UNKNOWN-RETURN"
    assert refused.value.to_do
    older.upkeep.close()


def test_letters_of_a_strange_district_are_refused(world, village):
    with pytest.raises(Refused) as refused:
        village.reviewing.take(world.files["别区任务"])
    assert refused.value.to_do


def test_a_letter_that_lost_its_end_is_refused(world, district, village, tmp_path):
    receipt, _ = letters(district, tmp_path, world.files["甲3"])
    content = receipt.read_bytes()
    receipt.write_bytes(content[: len(content) * 2 // 3])
    with pytest.raises(Refused) as refused:
        village.reviewing.take(receipt)
    assert refused.value.heading
    assert refused.value.to_do


def test_a_return_is_not_a_letter(world, village):
    with pytest.raises((WrongUse, Refused)) as refused:
        village.reviewing.take(world.files["甲3"])
    assert refused.value.to_do


def test_a_character_that_cannot_be_printed_stops_sealing_and_is_named(village, tmp_path):
    hold(village, "榕下\U0001f334讲堂")
    with pytest.raises(GlyphsMissing) as stopped:
        send(village, tmp_path)
    told = stopped.value.problems[0]
    assert (told.where.label, told.where.row) == ("主题", 4)
    assert "U+1F334" in told.text
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_receipt_carries_the_whole_submission(world, district, village, tmp_path):
    receipt, _ = letters(district, tmp_path, world.files["甲3"])
    trust = village.enrolling.trust_store(expected_code="350212105206")
    inside = open_any(receipt, trust).payload["submission"]
    assert len(inside["registers"]["activities"]) == 3

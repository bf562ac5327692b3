"""A return came back: the slip is taken in, each point leads to its field, is put right and answered, and a new version goes.

Keyboard alone, in a real window; only the district's side is done by its services.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys.invented import CHEAP, enrol, fill
from tests.journeys.screen import Screen, can_show, own_screen
from tests.journeys.stations import new_desk
from tests.journeys.walking import PASSWORD, leave, opened
from ui.compose import create_book, open_book
from xmdesk import clock
from xmdesk.periods import Period
from xmdesk.records.facility import Facility
from xmdesk.records.submission import Submission
from xmdesk.services.correcting import Correcting
from xmdesk.services.desk import Desk
from xmdesk.services.reviewing import Point

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")

ANSWERS = ("量过了", "地址已改", "照片已附")


@dataclass(frozen=True)
class Returned:
    """A village's closed book, its district, and the stick that goes between them."""

    book: Path
    district: Desk
    stick: Path

    @property
    def slip(self) -> Path:
        return self.stick / "slip.pdf"

    @property
    def versions(self) -> list[Path]:
        """Sealed returns on the stick, the oldest first."""
        return sorted(self.stick.glob("上报*.pdf"), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture
def returned(tmp_path: Path) -> Iterator[Returned]:
    """A return that was sent, and a slip with three points on the stick."""
    stick = tmp_path / "stick"
    stick.mkdir()
    district = new_desk(tmp_path / "district", "350212", "同安区民政局")
    about = {"code": "350212105206", "name": "Rongxia", "password": PASSWORD}
    village = create_book(tmp_path / "book", **about, cost=CHEAP).desk
    fill(village)
    enrol(village, district, tmp_path)
    sealed = village.submitting.seal(village.submitting.draft(Period.containing(clock.today())), stick)
    village.upkeep.close()
    district.inbox.receive([sealed.path], processes=1)
    (received,) = district.inbox.submissions()
    points = [
        Point("facilities", "", "floor_area", "面积不对，请重新量", row_no=1),
        Point("facilities", "", "location", "地址要写到门牌", row_no=2),
        Point("", "", "", "附一张照片"),
    ]
    district.reviewing.send_back(received, points, stick / "slip.pdf", by="叶美澄", note="请尽快")
    yield Returned(tmp_path / "book", district, stick)
    district.upkeep.close()


def take_slip(screen: Screen, slip: Path) -> None:
    """The slip is recognised, accepted, and its points stand on the page of returns."""
    screen.keys("ctrl+o")
    screen.choose("打开文件", slip)
    screen.keys("Return")
    screen.wait_title("上报")
    screen.settle()


def put_right(screen: Screen, value: str, answer: str) -> None:
    """Enter goes from the point to its field; a new value, saved; back to the point; one sentence of answer."""
    screen.keys("Return")
    screen.wait_title("公共服务设施")
    screen.settle()
    screen.type(value)
    screen.keys("ctrl+s")
    screen.letters("SB")
    screen.wait_title("上报")
    screen.settle()
    screen.type(answer)
    screen.keys("Return")
    screen.settle()


def test_a_correction_answers_each_point_of_the_slip(returned: Returned) -> None:
    with own_screen("".join(ANSWERS)) as screen, opened(returned.book, PASSWORD, screen=screen) as process:
        take_slip(screen, returned.slip)
        put_right(screen, "655", ANSWERS[0])
        put_right(screen, "No 12", ANSWERS[1])
        screen.keys("Tab")
        screen.type(ANSWERS[2])
        screen.keys("Return")
        screen.settle()
        screen.keys("space")
        screen.settle()
        screen.keys("space")
        screen.settle()
        screen.keys("Return")
        screen.settle()
        screen.letters("CD")
        screen.choose("存到哪个文件夹", returned.stick)
        screen.until(lambda: len(returned.versions) > 1, "the new version is on the stick")
        screen.settle()
        leave(screen, process)

    desk = open_book(returned.book, PASSWORD)
    facilities = {one.name: one for one in desk.store.all(Facility)}
    answered = [(one.answer, one.is_done) for one in Correcting(desk.store).slips()[0].points]
    sent = sorted(one.version for one in desk.store.all(Submission))
    desk.upkeep.close()
    taken = returned.district.inbox.receive([returned.versions[-1]], processes=1)
    assert facilities["党群服务中心"].floor_area == Decimal(655)
    assert facilities["便民服务站"].location == "No 12"
    assert answered == [(one, True) for one in ANSWERS]
    assert (sent, screen.clicked) == ([1, 2], 0)
    assert [(one.version, one.verdict) for one in taken] == [(2, "accept")]

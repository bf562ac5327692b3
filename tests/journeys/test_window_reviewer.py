"""The district's desk in a real window: a stick is taken in, one return accepted, one sent back, what counts is added up.

The villages' side is done by their services, on other computers as it were.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.pointing import BUTTON, CELL, RADIO, TEXT, TICK, Pointer, opened_by_hand, opened_by_keys
from tests.journeys.screen import Screen, can_show, own_screen
from tests.journeys.stations import enrol, hold, new_desk, new_district, send
from tests.journeys.terminal import PASSWORD
from tests.journeys.walking import leave
from ui.compose import open_book
from xmdesk import clock
from xmdesk.periods import Period
from xmdesk.records.submission import ReceivedFile, Submission
from xmdesk.services.desk import Desk
from xmdesk.services.reviewing import Taken

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")

FIRST, SECOND = "军营村村民委员会", "白交祠村村民委员会"
VILLAGES = {FIRST: "350212105206", SECOND: "350212105207"}
THEME = "普法进村"
REASONS = ("日期不对", "主题太短")
WORDS = f"区里的话：“{REASONS[0]}”"


@dataclass(frozen=True)
class Places:
    """The closed books of a district and two villages, and the stick that goes between them."""

    folder: Path

    @property
    def book(self) -> Path:
        return self.folder / "district"

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def at_village(self, name: str, paper: str) -> Taken:
        """What a village makes of a paper on the stick."""
        with open_book(self.folder / VILLAGES[name], PASSWORD).closing() as village:
            return village.reviewing.take(self.stick / paper)

    def kept(self) -> tuple[dict[str, str], list[str]]:
        """The state of each return in the district's closed book, and the verdict on every file."""
        with open_book(self.book, PASSWORD).closing() as district:
            states = {one.office_name: str(one.state) for one in district.store.all(Submission)}
            return states, sorted(one.verdict for one in district.store.all(ReceivedFile))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two villages sealed their returns onto the stick; a copy of the second was changed on the way."""
    folder = tmp_path_factory.mktemp("places")
    with new_district(folder / "district").closing() as district:
        sealed = [_sealed(folder, district, name) for name in VILLAGES]
    altered = bytearray(sealed[-1].read_bytes())
    altered[3000] ^= 1
    (folder / "stick" / "altered.pdf").write_bytes(altered)
    return folder


def _sealed(folder: Path, district: Desk, name: str) -> Path:
    code = VILLAGES[name]
    with new_desk(folder / code, code, name).closing() as village:
        enrol(village, district, folder / "papers")
        hold(village, THEME)
        return send(village, folder / "stick", Period.containing(clock.today()))


@pytest.fixture
def places(prepared: Path, tmp_path: Path) -> Places:
    """Copies of the books and the stick for one test."""
    return Places(shutil.copytree(prepared, tmp_path / "places"))


def verdicts(pointer: Pointer) -> dict[str, str]:
    """What the inbox says of each office's file that was just taken in; the changed one has no office any more."""
    return {office: verdict for verdict, _, office, _ in pointer.rows("这次收到的")}


def total(pointer: Pointer) -> str:
    """How many of how many are in the sum, as the first line of the totals says."""
    rows = pointer.rows("汇总")
    return rows[0][1] if rows else ""


def take_in(screen: Screen, stick: Path) -> None:
    """The whole stick, by the button for a folder."""
    screen.letters("X2")
    screen.choose("选择装有上报文件的文件夹", stick)


def next_return(screen: Screen, pointer: Pointer, office: str) -> None:
    """One line down in what was received: the answer to that office is below."""
    screen.keys("Down")
    pointer.find(office, TEXT)


def accept(screen: Screen, paper: Path) -> None:
    """Accept the return in front; the receipt goes onto the stick."""
    screen.letters("TG")
    screen.choose("保存回执", paper)


def send_back(screen: Screen, pointer: Pointer, paper: Path) -> None:
    """Look into the return, name two fields of its only row, each with a reason; the slip goes onto the stick."""
    screen.keys("Return")
    pointer.find("返回收件箱", BUTTON)
    screen.keys("Return")
    screen.settle()
    screen.keys("Return")
    pointer.wait_cursor(f"退回原因：{THEME} · 开始日期")
    screen.type(REASONS[0])
    screen.keys("Return", "Right", "Return")
    pointer.wait_cursor(f"退回原因：{THEME} · 主题")
    screen.type(REASONS[1])
    screen.keys("Return")
    screen.settle()
    screen.letters("T6")
    screen.choose("保存退回单", paper)


def open_point(screen: Screen, pointer: Pointer, slip: Path) -> str:
    """At the village: take the slip in, Enter on its first point; returns the words below the field that has the cursor."""
    screen.keys("ctrl+o")
    screen.choose("打开文件", slip)
    screen.keys("Return")
    screen.wait_title("上报")
    screen.settle()
    screen.keys("Return")
    screen.wait_title("活动记录")
    pointer.wait_cursor("开始日期")
    return pointer.find(WORDS, TEXT).name


def add_up(screen: Screen, pointer: Pointer, stick: Path) -> str:
    """Go to 汇总, write workbook and page onto the stick; returns what the totals say is in them."""
    screen.letters("HZ")
    screen.wait_title("汇总")
    screen.until(lambda: total(pointer), "the totals are there")
    screen.letters("XC")
    screen.choose("保存汇总表", stick / "totals.xlsx")
    pointer.find("汇总表已写好", TEXT)
    screen.letters("DY")
    screen.choose("保存要打印的汇总表", stick / "totals.pdf")
    pointer.find("汇总表已存成 PDF", TEXT)
    return total(pointer)


def test_the_district_receives_answers_and_adds_up_by_keyboard(places: Places) -> None:
    stick = places.stick
    with own_screen("".join(REASONS)) as screen, opened_by_keys(places.book, PASSWORD, screen=screen) as pointer:
        take_in(screen, stick)
        told = verdicts(pointer)
        screen.letters("Z2")
        screen.keys("ctrl+Home")
        next_return(screen, pointer, FIRST)
        accept(screen, stick / "receipt.pdf")
        pointer.find("已通过。", TEXT)
        screen.letters("Z2")
        next_return(screen, pointer, SECOND)
        send_back(screen, pointer, stick / "slip.pdf")
        pointer.find("已退回。", TEXT)
        counted = add_up(screen, pointer, stick)
        clicks = screen.clicked
        leave(screen, pointer.process)

    receipt = places.at_village(FIRST, "receipt.pdf")
    assert told == {FIRST: "已接收", SECOND: "已接收", "": "不能接收"}
    assert places.kept() == ({FIRST: "已通过", SECOND: "已退回"}, ["accept", "accept", "refuse"])
    assert (receipt.applied, clicks) == (True, 0)
    assert totals_of(stick / "totals.xlsx") == counted
    assert (stick / "totals.pdf").read_bytes().startswith(b"%PDF")


def test_points_named_by_the_reviewer_open_their_fields_at_the_village(places: Places) -> None:
    with own_screen("".join(REASONS)) as screen, opened_by_keys(places.book, PASSWORD, screen=screen) as pointer:
        take_in(screen, places.stick)
        verdicts(pointer)
        screen.letters("Z2")
        screen.keys("ctrl+Home")
        next_return(screen, pointer, FIRST)
        next_return(screen, pointer, SECOND)
        send_back(screen, pointer, places.stick / "slip.pdf")
        pointer.find("已退回。", TEXT)
        leave(screen, pointer.process)

    village = places.folder / VILLAGES[SECOND]
    with own_screen() as screen, opened_by_keys(village, PASSWORD, screen=screen) as pointer:
        said = open_point(screen, pointer, places.stick / "slip.pdf")
        leave(screen, pointer.process)

    with open_book(village, PASSWORD).closing() as desk:
        points = desk.reviewing.points(open_only=True)
    assert said == WORDS
    assert [(one.register, one.row_no, one.field, one.reason) for one in points] == [
        ("activities", 1, "from_on", REASONS[0]),
        ("activities", 1, "theme", REASONS[1]),
    ]


def totals_of(path: Path) -> str:
    """How many of how many are in the workbook, by its last line."""
    pages = openpyxl.load_workbook(path)
    (line,) = [row for row in pages["汇总"].iter_rows(values_only=True) if row[0] == "合计"]
    return f"{line[2]}/{line[1]}"


def test_a_return_is_received_and_accepted_by_mouse(places: Places) -> None:
    with own_screen() as screen, opened_by_hand(places.book, PASSWORD, screen=screen) as hand:
        hand.click("选择文件夹")
        screen.choose("选择装有上报文件的文件夹", places.stick)
        hand.click(FIRST, CELL)
        hand.find(FIRST, TEXT)
        hand.click("通过并出回执")
        screen.choose("保存回执", places.stick / "receipt.pdf")
        hand.find("已通过。", TEXT)
        hand.click("应报情况", RADIO)
        hand.find("已通过 1", TEXT)
        hand.click("汇总", TICK)
        screen.wait_title("汇总")
        screen.until(lambda: total(hand), "the totals are there")
        hand.click("写出汇总表")
        screen.choose("保存汇总表", places.stick / "totals.xlsx")
        hand.find("汇总表已写好", TEXT)
        counted = total(hand)
        leave(screen, hand.process)

    assert places.at_village(FIRST, "receipt.pdf").applied
    assert places.kept()[0] == {FIRST: "已通过", SECOND: "已收到"}
    assert totals_of(places.stick / "totals.xlsx") == counted

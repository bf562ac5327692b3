"""From the first start to a sealed return with the keyboard alone, in a real window: four ledgers in, rows put right, sealed."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys.reading import recovery_code
from tests.journeys.screen import Screen, can_show, own_screen
from tests.journeys.stations import new_district
from tests.journeys.terminal import LEDGERS
from tests.journeys.walking import leave, program
from ui.compose import open_book
from xmdesk.paths import user_data
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.registers import REGISTERS
from xmdesk.records.submission import Submission
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")

PASSWORD = "the banyan tree at the gate"
TYPED = "莲花许秀兰苏建国"
OFFICE = "军营村村民委员会"
STICK = {"1.xlsx": "设施台账", "2.xlsx": "管护责任清单", "3.xlsx": "灾害信息员和避灾点", "4.xlsx": "法律明白人花名册"}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick with the four ledgers of the village."""
    folder = tmp_path / "stick"
    folder.mkdir()
    for name, ledger in STICK.items():
        shutil.copy(LEDGERS / f"{ledger}.xlsx", folder / name)
    return folder


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Desk]:
    """The district that will grant a certificate, on another computer."""
    desk = new_district(tmp_path / "district")
    yield desk
    desk.upkeep.close()


def first_start(screen: Screen) -> None:
    """Desk, office, password, and the last letters of the recovery code, read from the screen."""
    screen.turn("Return")
    screen.type("莲花 jyc")
    screen.turn("Return")
    screen.type(PASSWORD)
    screen.keys("Return")
    screen.type(PASSWORD)
    screen.keys("Return")
    folder = user_data() / "台账" / "350212105206"
    screen.until(folder.exists, "the book is being made")
    screen.wait_title("厦门村居台账", seconds=60)
    screen.settle()
    code = recovery_code(screen.picture())
    screen.type(code[-6:].lower())
    screen.keys("Return")
    screen.wait_title(OFFICE, "今日")


def found_on(paper: Path, pattern: str) -> str:
    """What a person reads on a page that was printed."""
    ran = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=False)
    return next(iter(re.findall(pattern, ran.stdout)), "")


def get_certificate(screen: Screen, stick: Path, district: Desk) -> None:
    """The request goes to the district on the stick, the grant comes back; digits are typed from paper."""
    screen.letters("SZ")
    screen.wait_title("设置")
    screen.letters("SC")
    screen.choose("保存开通申请", stick / "request.pdf")
    screen.until((stick / "request.pdf").exists, "the request is written")
    screen.wait_title("设置")
    asked = stick / "request.pdf"
    district.enrolling.grant(asked, fingerprint=found_on(asked, r"(?:\d{4} ){4}\d{4}"), out=stick / "grant.pdf")
    screen.keys("ctrl+o")
    screen.choose("打开文件", stick / "grant.pdf")
    screen.settle()
    screen.type(district.enrolling.root_digits().replace(" ", "")[-8:])
    screen.keys("Return")
    screen.settle()


def bring_in(screen: Screen, path: Path, *, sheets: int = 1, mends: int = 0, known: int = 0) -> None:
    """One ledger: chosen, looked at, faulty cells put right, people of whom it tells another phone said to be ``known``,
    written; then its other sheets.
    """
    screen.letters("DR")
    screen.wait_title("导入表格")
    screen.keys("Return")
    screen.choose("选择要导入的表格", path)
    if mends:
        screen.letters("FY")
        screen.keys("Return")
    for _ in range(mends):
        screen.type("12000")
        screen.keys("Return")
        screen.settle()
    for _ in range(known):
        screen.keys("1")
        screen.settle()
    for left in reversed(range(sheets)):
        screen.keys("Return")
        screen.settle()
        if left:
            screen.keys("Return")
            screen.settle()
    screen.keys("Return")


def seal(screen: Screen, stick: Path) -> None:
    """Say of empty forms that there is nothing to report, sign with two names, seal onto the stick."""
    screen.letters("SB")
    screen.wait_title("上报")
    screen.settle()
    for mark in ("LB", "L2", "L3"):
        screen.letters(mark)
        screen.settle()
    screen.letters("TB")
    screen.type("许秀兰")
    screen.keys("Tab")
    screen.type("苏建国")
    screen.keys("Tab", "space")
    screen.settle()
    screen.keys("space")
    screen.settle()
    screen.keys("Return")
    screen.settle()
    screen.letters("CD")
    screen.choose("存到哪个文件夹", stick)
    screen.until(lambda: sealed_on(stick), "the return is on the stick")
    screen.wait_title("上报")


def sealed_on(stick: Path) -> list[Path]:
    """Sealed returns on the stick."""
    return list(stick.glob("*上报*.pdf"))


def test_from_first_start_to_a_sealed_return(stick: Path, district: Desk) -> None:
    with own_screen(TYPED) as screen, program(screen) as process:
        first_start(screen)
        get_certificate(screen, stick, district)
        bring_in(screen, stick / "1.xlsx")
        bring_in(screen, stick / "2.xlsx", mends=5)
        bring_in(screen, stick / "3.xlsx", sheets=2, known=1)
        bring_in(screen, stick / "4.xlsx")
        seal(screen, stick)
        clicks = screen.clicked
        leave(screen, process)

    desk = open_book(user_data() / "台账" / "350212105206", PASSWORD)
    kept = {name: desk.registers.count(name) for name in REGISTERS}
    funded = [one.funding_amount for one in desk.store.all(MaintenanceDuty)]
    sent = desk.store.all(Submission)
    desk.upkeep.close()
    assert clicks == 0
    assert (kept["facilities"], kept["duties"], kept["disaster_officers"]) == (18, 15, 2)
    assert (kept["shelters"], kept["legal_helpers"]) == (2, 4)
    assert funded.count(Decimal(12000)) >= 5
    assert [one.prepared_by for one in sent] == ["许秀兰"]
    taken = district.inbox.receive(sealed_on(stick))
    assert [str(one.verdict) for one in taken] == ["accept"]

"""Five everyday tasks with the keyboard: done in our window and counted as the events are sent, written out for a spreadsheet.

The spreadsheet gets what favours it: its workbook is open at the first cell of the right sheet, lists have no gaps, the
columns of a form stand in the order of the ledger, fill is by Ctrl+Enter, jumps are by Ctrl+arrow. Its keys are those
Microsoft documents under "Keyboard shortcuts in Excel" (support.microsoft.com, article 1798d9d5-842a-42b8-9c99-9b7213f0040f),
which WPS Spreadsheets shares. Ours starts where the window stands after the password: on 今日 or in the register named.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.invented import CHEAP, FACILITIES, fill
from tests.journeys.screen import Screen, own_screen
from tests.journeys.walking import PASSWORD, leave, opened
from ui.compose import create_book, open_book
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.services.desk import Desk

NAME, MOBILE, OTHER_MOBILE, POST = "陈榕生", "13805921234", "13805929999", "网格员"
HEADS = ("设施名称", "设施类型", "坐落", "建筑面积(㎡)", "联系电话")


@dataclass(frozen=True)
class Count:
    """Keys pressed (a chord counts each of its keys), letters typed (a Chinese character counts one), clicks."""

    keys: int
    letters: int
    clicks: int = 0

    @property
    def sum(self) -> int:
        return self.keys + self.letters + self.clicks

    def __str__(self) -> str:
        return f"{self.sum} ({self.keys} + {self.letters} + {self.clicks})"


@dataclass(frozen=True)
class Counted:
    """One task in both programs."""

    task: str
    ours: Count
    sheet: Count


@dataclass(frozen=True)
class Task:
    """What is done; ``ours`` does it, ``sheet`` are the keys: a chord such as ctrl+s, key*4, or a 'text'."""

    name: str
    ours: Callable[[Screen, Path], None]
    sheet: str


def add_person(screen: Screen, folder: Path) -> None:
    """Register of persons, then of officers, where the person is found by initials."""
    screen.letters("RY")
    screen.keys("ctrl+n")
    screen.type(NAME)
    screen.letters("XB")
    screen.type("n")
    screen.letters("SJ")
    screen.type(MOBILE)
    screen.keys("ctrl+s")
    screen.letters("ZH")
    screen.keys("ctrl+n")
    screen.type("crs")
    screen.keys("Return")
    screen.settle()
    screen.letters("AB")
    screen.type("b")
    screen.keys("ctrl+s")


def record_round(screen: Screen, folder: Path) -> None:
    """All eight were looked at today and are in order; day and name are offered."""
    screen.letters("DJ")
    screen.settle()
    screen.keys("ctrl+a", "ctrl+s")


def change_phone(screen: Screen, folder: Path) -> None:
    """Found by the initials of the name."""
    screen.keys("ctrl+f")
    screen.type("zxm")
    screen.keys("Return")
    screen.letters("SJ")
    screen.type(OTHER_MOBILE)
    screen.keys("ctrl+s")


def fill_down(screen: Screen, folder: Path) -> None:
    """From the first cell of the register to the column, down to the end, one word into all."""
    screen.keys("Right", times=3)
    screen.keys("ctrl+shift+Down")
    screen.type(POST)
    screen.keys("ctrl+Return")


def fill_form(screen: Screen, folder: Path) -> None:
    """The form was filled before, so that its columns are known; the new file gets the name that is offered."""
    screen.letters("YB")
    screen.keys("Return")
    screen.choose("选择要填的空表", Path("b.xlsx"))
    screen.keys("Return")
    screen.wait_title("填好的表存到哪里")
    screen.settle()
    screen.keys("Return")
    screen.until((folder / "b_已填.xlsx").exists, "the form is filled")


TASKS = (
    Task(
        "给一个人填姓名、性别、手机，登记为灾害信息员 B 角",
        add_person,
        # Persons and officers are two sheets of one workbook; name, sex and mobile stand in both.
        f"ctrl+Down Down '{NAME}' Tab '男' Tab*3 '{MOBILE}' Return ctrl+Next "
        f"ctrl+Down Down '{NAME}' Tab '男' Tab 'B角' Tab '{MOBILE}' Return ctrl+s",
    ),
    Task(
        "登记 8 处设施本月巡查，都正常",
        record_round,
        # Last month's eight rows are copied below and get today's date (Ctrl+;) all at once.
        "ctrl+Down shift+Up*7 shift+space ctrl+c Down ctrl+v shift+BackSpace shift+Down*7 ctrl+semicolon ctrl+Return ctrl+s",
    ),
    Task(
        "按名字找到一个人，改手机",
        change_phone,
        f"ctrl+f '郑小满' Return Escape ctrl+Right '{OTHER_MOBILE}' Return ctrl+s",
    ),
    Task("20 行的一列填同一个词", fill_down, f"Right*3 ctrl+shift+Down '{POST}' ctrl+Return ctrl+s"),
    Task(
        "上面发来的空表填 10 行",
        fill_form,
        # The block is copied from the open ledger in one piece and pasted as values, so that the form keeps its looks.
        "ctrl+F12 'b.xlsx' Return ctrl+Tab ctrl+shift+Right ctrl+shift+Down ctrl+c ctrl+Tab Down*2 Right "
        "ctrl+shift+v F12 End Left*5 '_已填' Return",
    ),
)


def by_sheet(keys: str) -> Count:
    """Count a written procedure as the window is counted: a key held while another repeats is pressed once."""
    pressed = typed = 0
    for one in keys.split():
        if one.startswith("'"):
            typed += len(one) - 2
            continue
        chord, _, times = one.partition("*")
        pressed += chord.count("+") + int(times or 1)
    return Count(pressed, typed)


def counted(folder: Path) -> list[Counted]:
    """Do all tasks in a real window and compare; raises when one of them did not happen."""
    book, found = _book(folder), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XMDESK_DATA", os.environ.get("XMDESK_DATA") or str(folder / "user-data"))
        with own_screen(NAME + POST + "郑小满") as screen, opened(book, PASSWORD, screen=screen, cwd=folder) as process:
            for task in TASKS:
                _stand(screen, task)
                before = Count(screen.pressed, screen.typed, screen.clicked)
                task.ours(screen, folder)
                screen.settle()
                now = Count(screen.pressed, screen.typed, screen.clicked)
                ours = Count(now.keys - before.keys, now.letters - before.letters, now.clicks - before.clicks)
                found.append(Counted(task.name, ours, by_sheet(task.sheet)))
            leave(screen, process)
    _check(book, folder)
    return found


def _stand(screen: Screen, task: Task) -> None:
    """Where a task begins: in the register of persons for those about a cell of it, else on the first page."""
    screen.letters("JR")
    screen.wait_title("今日")
    if task.ours in (change_phone, fill_down):
        screen.letters("RY")
        screen.wait_title("人员名册")
        screen.keys("ctrl+f", "Escape")
        screen.keys("ctrl+a", "BackSpace", "Return", "ctrl+Home")
        screen.settle()


def _book(folder: Path) -> Path:
    """Twenty persons, eight duties, ten facilities, and a form that was filled once before."""
    from xmdesk.services.filling import Filling

    desk = create_book(folder / "book", code="350212105206", name="Rongxia", password=PASSWORD, cost=CHEAP).desk
    fill(desk)
    more = [Person(name=f"林小{one}", mobile=f"1380592{place + 50:04d}", post="村民") for place, one in enumerate(MORE)]
    desk.registers.save_all(more, label="新增人员")
    (duty, *_) = desk.store.all(MaintenanceDuty)
    same = {name: value for name, value in duty.model_dump().items() if name not in ("uid", "subject")}
    duties = [MaintenanceDuty(subject=f"{one}号健身点", **same) for one in "一二三"]
    desk.registers.save_all(duties, label="新增管护条目")
    filling = Filling(desk.store)
    for name in ("a.xlsx", "b.xlsx"):
        _form(folder / name)
    blank = filling.look(folder / "a.xlsx")
    filling.fill(blank, filling.propose(blank, "facilities"), desk.registers.uids("facilities"), folder / "a2.xlsx")
    desk.upkeep.close()
    return folder / "book"


MORE = "安康宁静和顺美满福禄寿喜"


def _form(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["公共服务设施情况表"])
    sheet.append(["序号", *HEADS])
    for _ in FACILITIES:
        sheet.append(["", *[""] * len(HEADS)])
    book.save(path)


def _check(book: Path, folder: Path) -> None:
    desk: Desk = open_book(book, PASSWORD)
    people = {one.name: one for one in desk.store.all(Person)}
    officers = [one.person for one in desk.store.all(DisasterOfficer) if str(one.post) == "B"]
    rounds = desk.store.count(Inspection)
    desk.upkeep.close()
    rows = [
        row for row in openpyxl.load_workbook(folder / "b_已填.xlsx").worksheets[0].iter_rows(min_row=3) if row[1].value
    ]
    done = (
        people[NAME].uid in officers,
        rounds,
        people["郑小满"].mobile,
        {one.post for one in people.values()},
        len(rows),
    )
    assert done == (True, 9, OTHER_MOBILE, {POST}, len(FACILITIES)), done

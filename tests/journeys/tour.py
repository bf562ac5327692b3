"""A walk past every page and panel of the program: pictures are taken at each stop, and tests look at each stop.

``stop`` is called with the name of what is in front once it has settled. Names that stand in the manual are in MANUAL.
"""
# pyright: reportAttributeAccessIssue=false
# Pages are reached by their place; what a page lacks ends the walk with a clear word by itself.

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from tests.house.tree import ROOT
from tests.journeys.invented import PASSWORD
from tests.ui.looking import seen
from tests.ui.said import Said
from tests.ui.typing import commit
from tests.xmdesk.services.blank_forms import officers_form
from ui.places import CLERK_PLACES, REVIEWER_PLACES
from ui.shell import Shell
from ui.start.first import FirstStart
from ui.start.gate import Gate
from ui.window import Window
from xmdesk.ports import Condition, Op
from xmdesk.records.base import new_uid
from xmdesk.services.desk import Desk
from xmdesk.services.drafts import BegunRecord, Draft
from xmdesk.services.finding import Filter
from xmdesk.services.past import read_moment

LEDGER = ROOT / "tests" / "data" / "ledgers" / "管护责任清单.xlsx"
START = ("start-desk", "start-office", "start-password", "start-recovery")
MANUAL = frozenset(
    (
        *START,
        *(one.id for one in (*CLERK_PLACES, *REVIEWER_PLACES)),
        "imports-preview",
        "filling-form",
        "returns-sealed",
        "settings-reviewer",
        "facilities-past",
        "problems-field",
        "facilities-groups",
        "facilities-filter",
        "imports-pairs",
        "start-restoring",
        "inbox-refused",
        "inbox-points",
    )
)
OF_BOTH = ("office", "settings")
"""Places that both desks have: a picture of the one must not be taken for the other's."""
AT_MOST_MS = 500
"""So long at most a page waits before it looks again; timers that run longer are for saving, not for showing."""
Stop = Callable[[str], None]


def pause(milliseconds: int) -> None:
    """Let the window settle."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(window: Window, *, longest: int = 60) -> None:
    """Wait for a long act, for what is read beside the window, for the pages' own short timers, and until the layout rests."""
    before: list[object] = []
    for _ in range(longest):
        pause(20)
        while window.work.is_at_work or _is_looking(window):
            pause(10)
        now: list[object] = [one.geometry().getRect() for one in seen(window)]
        if now == before:
            return
        before = now


def _is_looking(window: Window) -> bool:
    """Whether checks of the book or of a form are still to come."""
    waits = (one for one in window.findChildren(QTimer) if one.isSingleShot() and one.interval() <= AT_MOST_MS)
    return any(one.isActive() for one in waits)


def walk_start(window: Window, stop: Stop) -> None:
    """The four steps of the first start."""
    start = window.findChildren(FirstStart)[-1]
    settle(window)
    stop("start-desk")
    start.which.choose("clerk")
    commit(start.office.search, "莲花 军y")
    pause(1500)
    stop("start-office")
    start.forward()
    settle(window)
    for line in (start.password.first, start.password.second):
        commit(line, PASSWORD)
    settle(window)
    stop("start-password")
    start.recovery.show_code("7Q2MX-0RT4K-9HWZA-B3C8D-EJ5NPV")
    start._go(3)
    settle(window)
    stop("start-recovery")


def walk_gate(window: Window, folder: Path, stop: Stop) -> None:
    """The password of a book, and the way in without it."""
    gate = window.findChildren(Gate)[-1]
    gate.show_unlock(folder)
    settle(window)
    stop("unlock")
    gate.show_recover(folder)
    settle(window)
    stop("recover")
    gate.show_restoring(folder)
    settle(window)
    stop("start-restoring")


def walk_pages(window: Window, stop: Stop) -> None:
    """Every place of the open desk."""
    shell = shell_of(window)
    for place in shell._places:
        shell.go(place)
        settle(window)
        stop(f"{place}-reviewer" if place in OF_BOTH and "inbox" in shell._places else place)


def walk_panels(window: Window, stop: Stop) -> None:
    """What opens beside the table of a register: a new record, many at once, history, a past moment, a doubt explained; and
    the strip of a further cycle among the objects to be looked at.
    """
    page: Any = visit(window, "facilities")
    page.act("new")
    settle(window)
    stop("facilities-new")
    page.leave()
    page.refresh()
    page.table.selectAll()
    window.act("bulk")
    settle(window)
    stop("facilities-bulk")
    page.sides.to_form()
    page.table.setCurrentIndex(page.model.index(1, 0))
    window.act("history")
    settle(window)
    stop("facilities-history")
    page.sides.to_form()
    page.search.setText("没有这样的")
    page.search.settle()
    settle(window)
    stop("facilities-nothing-found")
    page.search.clear()
    page.search.settle()
    page.back.go(read_moment("2026.11.23"))
    settle(window)
    stop("facilities-past")
    page.back.come_back()
    walk_problems(window, stop)
    walk_questions(page, window, stop)
    walk_strips(page, window, stop)
    walk_cycles(window, stop)


def walk_problems(window: Window, stop: Stop) -> None:
    """All problems below the page, the field of one of them above, and the reason why one may stand."""
    window.act("check")
    settle(window)
    stop("problems")
    check = shell_of(window).check
    assert check is not None
    assert check.panel is not None
    visit(window, "facilities")
    check.panel.places.selectRow([one.key for one in check.panel.places.lines.lines].index("facilities"))
    window.act("onward")
    settle(window)
    stop("problems-field")
    check.panel.open_reason()
    settle(window)
    stop("problems-reason")
    check.close()
    visit(window, "facilities")


def walk_strips(page: Any, window: Window, stop: Stop) -> None:
    """What is asked in a strip and not in a box: text that cannot be read, something given up, ticks, what was left behind."""
    visit(window, "facilities")
    year = page.editor.form.fields["built_year"].line
    year.selectAll()
    commit(year, "去年")
    page.leave()
    settle(window)
    stop("facilities-unreadable")
    page.editor.unreadable.yes.click()
    page.act("new")
    commit(page.editor.form.fields["name"].line, "榕下村老年活动中心")
    page.editor.head.drop.click()
    settle(window)
    stop("facilities-given-up")
    page.drafts.one.strip.no.click()
    page.table.selectAll()
    window.act("bulk")
    page.sides.bulk.ticks["name"].setChecked(True)
    page.leave()
    settle(window)
    stop("facilities-bulk-asking")
    page.sides.bulk.asking.no.click()
    page.table.clearSelection()
    page.table.setCurrentIndex(page.model.index(1, 0))
    left = Draft(new_uid(), BegunRecord(page.editor.record.changed(built_year=2001)).content(page.editor.record))
    page.drafts.one.drafts.keep("facilities", left)
    page.drafts.offer()
    settle(window)
    stop("facilities-draft")
    page.drafts.one.strip.no.click()


def walk_cycles(window: Window, stop: Stop) -> None:
    """The strip of a further cycle among the objects to be looked at."""
    rounds: Any = visit(window, "rounds")
    rounds.round.tick_due.click()
    rounds.round.cycle.click()
    settle(window)
    stop("rounds-cycle")
    rounds.round.forget()
    rounds.round.tick_due.click()
    rounds.round.add_trouble(rounds.round.table.current)
    left = rounds.keeper._drafted.written()
    rounds.round.forget()
    rounds.keeper.drafts.keep("rounds", Draft(new_uid(), left))
    rounds.keeper.offer()
    settle(window)
    stop("rounds-draft")
    rounds.keeper.strip.no.click()


def walk_questions(page: Any, window: Window, stop: Stop) -> None:
    """A register in groups, and asked two conditions."""
    visit(window, "facilities")
    page.group_by("kind")
    settle(window)
    stop("facilities-groups")
    page.group_by("")
    conditions = (Condition("name", Op.CONTAINS, "村"), Condition("built_year", Op.MORE, "2015"))
    page.look_through(Filter("facilities", "", conditions, is_any=True))
    page.open_filters()
    settle(window)
    stop("facilities-filter")
    page.look_through(None)
    page.sides.to_form()


def walk_work(window: Window, desk: Desk, stop: Stop, said: Said) -> Path:
    """A dropped file, a table to be imported, a blank form to be filled, a return to be sealed; returns the sealed file."""
    shell = shell_of(window)
    shell.drop.take([LEDGER])
    settle(window)
    stop("dropped")
    shell.drop.dismiss()
    imports: Any = visit(window, "imports")
    imports.open_file(LEDGER)
    settle(window)
    imports.preview._tabs[1].click()
    settle(window)
    stop("imports-preview")
    imports.open_file(_repeated(desk.folder.parent), "facilities")
    settle(window)
    stop("imports-pairs")
    filling: Any = visit(window, "filling")
    filling.open_file(officers_form(desk.folder.parent / "灾害信息员情况表.xlsx"))
    settle(window)
    stop("filling-form")
    returns: Any = visit(window, "returns")
    returns.seal.look.click()
    settle(window)
    returns.seal.yes.click()
    settle(window)
    returns.seal.seal.click()
    settle(window)
    settle(window)
    stop("returns-sealed")
    return returns.sending.on_disk(returns.hand.submission)


def _repeated(folder: Path) -> Path:
    """A sheet with facilities that stand in the book already, and one that it names twice."""
    rows = (
        "设施名称,设施类型,坐落,建筑面积(㎡)",
        "党群服务中心,党群服务中心,榕下村90号,640",
        "村卫生室,卫生室,榕下村88号,96",
        "农家书屋,农家书屋,榕下村66号,75",
        "健身广场,健身设施,村口,300",
        "健身广场,健身设施,村口,320",
    )
    path = folder / "设施2026.csv"
    path.write_text("\n".join(rows), "utf-8-sig")
    return path


def walk_inbox(window: Window, sealed: Path, stop: Stop) -> None:
    """A return received and in front."""
    inbox: Any = visit(window, "inbox")
    inbox.receive([sealed])
    settle(window)
    inbox.results.selectRow(0)
    settle(window)
    stop("inbox")
    walk_return(inbox, window, stop)


def walk_return(inbox: Any, window: Window, stop: Stop) -> None:
    """The return open: nothing to be corrected yet, a list that was begun, an empty form, the explanations, the pages."""
    inbox.answer.look.click()
    while window.work.has_asides:
        pause(20)
    settle(window)
    stop("inbox-return")
    opened = inbox.opened
    for column, reason in ((1, "名称请写全"), (3, "已经停用，请改状态")):
        table = opened.inside._front.table
        table.setCurrentIndex(table.model().index(column - 1, column))
        opened.inside.pick.click()
        commit(opened.points._lines[-1].reason, reason)
    settle(window)
    stop("inbox-points")
    opened.points.whole.click()
    opened.row.send_back.click()
    settle(window)
    stop("inbox-no-reason")
    opened.points._lines[-1].remove.click()
    for key in ("inspections", "explanations"):
        keys = [one.key for one in opened.inside.forms.lines.lines]
        if key in keys:
            opened.inside.forms.selectRow(keys.index(key))
            settle(window)
            stop(f"inbox-{key}")
    opened.pages.click()
    while window.work.has_asides:
        pause(20)
    settle(window)
    stop("inbox-pages")
    opened.home.click()
    settle(window)


def walk_refused(window: Window, folder: Path, stop: Stop) -> None:
    """Two files that could not come in, one of them in front with what can be done about it."""
    inbox: Any = visit(window, "inbox")
    inbox.receive(_refused(folder))
    settle(window)
    inbox._tabs[2].click()
    inbox.quarantined.table.selectRow(0)
    settle(window)
    stop("inbox-refused")


def _refused(folder: Path) -> list[Path]:
    """A picture that calls itself a PDF, and a scan too large for a return."""
    picture, scan = folder / "榕下村活动照片.pdf", folder / "上报表扫描件.pdf"
    picture.write_bytes(b"\xff\xd8\xff\xe0" * 30_000)
    with scan.open("wb") as out:
        out.truncate(25_600_000)
    return [picture, scan]


def visit(window: Window, place: str) -> QWidget:
    """Go to a place and return its page."""
    shell = shell_of(window)
    shell.go(place)
    settle(window)
    return shell.pages[place]


def shell_of(window: Window) -> Shell:
    """Return the open book."""
    assert window.shell is not None
    return window.shell

"""A register of many rows in the real window (offscreen): searching, scrolling, memory, and how long the window stands still.

Judged is the processor time of the window's process: what a busy machine does besides is not the program's doing.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.bench import invented
from tests.bench.child import Values, measured, temporary
from tests.bench.printing import Aim, Row, show

TITLE = "A register in the window (offscreen, processor time of the window's thread, painting counted)"
IN_A_STEP = 20_000
LONG, LONGER = 100_000, 1_000_000
CONTACTS = 500
MANY = 15_000
"""So many rows are changed at once: two communities' ledgers."""
ONE_ENDED_IN = 50
QUERIES = ("wss", "桥头", "njsw", "rongxia", "白交 党群", "zzz", "12345", "jsl")
PLACE = "facilities"


def run(*, quick: bool) -> list[Aim]:
    long, longer = (300, 600) if quick else (LONG, LONGER)
    with temporary() as folder:
        found = measured(lived, str(Path(folder) / "long"), long)
        far = measured(browsed, str(Path(folder) / "longer"), longer)
    stalls = list(found["stalls"].items())
    show(
        TITLE,
        [
            Row(f"a letter typed into the search of {long:,} rows, half", found["half"]),
            Row("the same, 95 % faster than", found["most"]),
            *(
                Row(f"longest stand-still: {name}", one, remark=f"by the clock {wall:.3f}")
                for name, (one, wall) in stalls
            ),
            Row(f"a frame while scrolling {longer:,} rows, half", far["half"]),
            Row("the same, 95 % faster than", far["most"], 0, far["window"]),
        ],
    )
    if quick:
        return []
    return [
        Aim(f"a letter in the search of {long:,} rows (95 %)", found["most"] * 1000, 50, "ms"),
        Aim("longest stand-still of the window", max(one for _, (one, _) in stalls) * 1000, 100, "ms"),
        Aim(f"a frame of scrolling {longer:,} rows (95 %)", far["most"] * 1000, 16, "ms"),
        Aim(f"memory of the window with {longer:,} rows", far["window"], 300, "MB"),
    ]


def lived(folder: str, count: int) -> Values:
    """Open, search, sort, save and check in a register of facilities."""
    _settle_in(folder)
    measured(filled_with_facilities, folder, count)
    window = _Window(Path(folder))
    stalls = {"open the register": window.stall(window.open)}
    page: Any = window.page
    window.idle()
    typed = [query[:end] for query in QUERIES for end in range(1, len(query) + 1)]
    each = [window.cost(lambda text=text: page.search.setText(text)) for text in typed]
    stalls["search"] = window.stall(lambda: page.search.setText("nj"))
    stalls["end the search"] = window.stall(page.search.clear)
    stalls["sort by a column"] = window.stall(lambda: page.table.sortByColumn(1, _ascending()))
    stalls["unsort"] = window.stall(lambda: page.table.sortByColumn(-1, _ascending()))
    stalls["filter"] = window.stall(lambda: page.look_through(_filter()))
    stalls["end the filter"] = window.stall(lambda: page.look_through(None))
    stalls["group by a column"] = window.stall(lambda: page.group_by("kind"))
    stalls["end the groups"] = window.stall(lambda: page.group_by(""))
    stalls["look at what has ended"] = window.stall(page.lens.look_at_ended)
    stalls["leave what has ended"] = window.stall(lambda: page.look_through(None))
    stalls["go to another record"] = window.stall(lambda: page.table.step(3, 0))
    stalls.update(window.with_many(MANY))
    page.editor.form.fields["remark"].fill("改过一处")
    page.editor.form.edited.emit()
    stalls["save a record"] = window.stall(page.editor.save)
    stalls["check (F5)"] = window.stall(lambda: window.window.act("check"))
    window.close()
    parts = quantiles(each, n=20)
    return {"half": parts[9], "most": parts[18], "stalls": stalls}


def browsed(folder: str, count: int) -> Values:
    """Scroll up and down a register of people, painting counted."""
    _settle_in(folder)
    measured(filled_with_people, folder, count)
    window = _Window(Path(folder))
    window.open("persons")
    window.idle()
    bar = window.page.table.verticalScrollBar()
    starts = (0, bar.maximum() // 2, bar.maximum() - 400)
    places = [start + 3 * step for start in starts for step in range(100)]
    each = [window.cost(lambda place=place: bar.setValue(place)) for place in places]
    memory = _resident()
    window.close()
    parts = quantiles(each, n=20)
    return {"half": parts[9], "most": parts[18], "window": memory}


def filled_with_facilities(folder: str, count: int) -> Values:
    with invented.book(Path(folder) / "册", invented.village_code(3), "榕下村").closing() as desk:
        contacts = invented.people(CONTACTS)
        _keep(desk, contacts)
        for start in range(0, count, IN_A_STEP):
            numbers = range(start, min(start + IN_A_STEP, count))
            _keep(desk, [_facility(number, contacts[number % CONTACTS]) for number in numbers])
    return {}


def _facility(number: int, contact: Any) -> Any:
    made = invented.facility(number, contact, 3)
    return made if number % ONE_ENDED_IN else made.changed(retired_on="2024-05", retired_reason="拆除")


def filled_with_people(folder: str, count: int) -> Values:
    with invented.book(Path(folder) / "册", invented.village_code(3), "榕下村").closing() as desk:
        for start in range(0, count, IN_A_STEP):
            _keep(desk, invented.people(min(IN_A_STEP, count - start), village=start // IN_A_STEP))
    return {}


def _keep(desk: Any, records: list[Any]) -> None:
    with desk.store.change("导入") as change:
        change.save_many(records)


def _settle_in(folder: str) -> None:
    """Keep what the window remembers in a folder of its own."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    os.environ.update(XMDESK_DATA=folder, XMDESK_CACHE=folder, QT_QPA_PLATFORM="offscreen", QT_API="pyside6")


class _Window:
    """The program's window over a book, and clocks around what is done in it."""

    def __init__(self, folder: Path) -> None:
        from tests.ui.said import Said
        from ui.__main__ import settle
        from ui.app import make_application
        from ui.compose import open_book
        from ui.remembering import Spot
        from ui.shared.preferences import Preferences
        from ui.window import Window

        settle()  # as the program does it: the interval of threads and the collector count
        self.application = make_application(sys.argv[:1])
        self.window = Window(self.application, Preferences(), dialogs=Said())
        self.window.resize(1366, 728)
        self.window.show()
        self.window.wake()
        self.desk = open_book(folder / "册", invented.PASSWORD)
        self.window.desk = self.desk
        self.page: Any = None
        self.idle()
        self.window._show_shell(self.desk, Spot("settings"))
        self.idle()

    def open(self, place: str = PLACE) -> None:
        """Go to a register for the first time."""
        shell = self.window.shell
        assert shell is not None
        shell.go(place)
        self.page = shell.pages[place]

    def idle(self) -> None:
        """Wait until nothing is done beside the window any more."""
        quiet = 0
        while quiet < 20:
            self.application.processEvents()
            time.sleep(0.005)
            quiet = 0 if self.window.work.is_at_work else quiet + 1

    def cost(self, act: Callable[[], Any]) -> float:
        """Processor time of an act until everything it changed is painted."""
        begun = time.thread_time()
        act()
        self.application.processEvents()
        return time.thread_time() - begun

    def stall(self, act: Callable[[], Any]) -> tuple[float, float]:
        """The longest time without a look at the events until all was done: of work, and by the clock (other threads and
        programs counted)."""
        longest, quiet = _timed(act), 0
        while quiet < 40:
            longest = tuple(map(max, longest, _timed(self.application.processEvents)))
            time.sleep(0.005)
            quiet = 0 if self.window.work.is_at_work else quiet + 1
        return longest[0], longest[1]

    def with_many(self, rows: int) -> dict[str, tuple[float, float]]:
        """Select rows and do to all of them what is done to many at once; taken back at the end of each."""
        page = self.page
        stalls = {f"select {rows:,} rows": self.stall(lambda: self._select(rows))}
        stalls["copy them"] = self.stall(page.sheet.copy)
        stalls["open the form for many"] = self.stall(lambda: page.act("bulk"))
        bulk: Any = page.sides.bulk
        bulk.form.fields["remark"].fill("一起改过")
        bulk.form.fields["remark"].edited.emit()
        stalls["write the form for many"] = self.stall(bulk.save)
        stalls["undo that"] = self.stall(lambda: self.window.act("undo"))
        self._select(rows)
        stalls["fill down"] = self.stall(page.sheet.fill)
        stalls["undo the filling"] = self.stall(lambda: self.window.act("undo"))
        self._select(rows)
        stalls["paste over them"] = self.stall(page.sheet.paste)
        stalls["undo the pasting"] = self.stall(lambda: self.window.act("undo"))
        return stalls

    def _select(self, rows: int) -> None:
        from PySide6.QtCore import QItemSelection, QItemSelectionModel

        table, model = self.page.table, self.page.model
        last = model.index(min(rows, model.rowCount()) - 1, 1)
        table.setCurrentIndex(model.index(0, 0))
        block = QItemSelection(model.index(0, 0), last)
        table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def close(self) -> None:
        """Close the book; the clipboard of the platform without a screen outlives the interpreter, what is on it must not."""
        from PySide6.QtGui import QGuiApplication

        self.window.close_desk()
        QGuiApplication.clipboard().clear()


def _timed(act: Callable[[], Any]) -> tuple[float, ...]:
    worked, clock = time.thread_time(), time.perf_counter()
    act()
    return time.thread_time() - worked, time.perf_counter() - clock


def _ascending() -> Any:
    from PySide6.QtCore import Qt

    return Qt.SortOrder.AscendingOrder


def _filter() -> Any:
    from xmdesk.ports import Condition, Op
    from xmdesk.services.finding import Filter

    return Filter(PLACE, "", (Condition("name", Op.CONTAINS, "书屋"),))


def _resident() -> float:
    """Resident memory of this process now, in MB; 0 where nobody counts it."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)

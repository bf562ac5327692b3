"""以前的导入: every import so far, and any of them taken back whole; what that did stays in view until the next act."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.imports.people import people_words
from ui.shared.due import table_time
from ui.shared.offer import Offer
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone
from xmdesk.periods import Period
from xmdesk.ports import Why
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from xmdesk.services.importing import Importing
    from xmdesk.services.taking_back import Kept, TakenBack

AT_ONCE = 200
"""So many records are taken back within the blink of an eye."""
HINT = "选一次导入就能整个撤销，隔多久都行；后来改过的、还用着的会保留"
HEADS = ("文件", "导入到", "时间", "新增", "修改", "连带人员", "还放一边", "状态")


class BatchesPanel(QWidget):
    """``taken_back`` fires when an import was taken back: nothing is chosen then."""

    taken_back = Signal()

    def __init__(self, importing: "Importing", around: Surroundings) -> None:
        super().__init__()
        self._importing, self._around = importing, around
        self._gone = self._asked = ""
        self.asking = Offer("仍然撤销", "不撤销", tone="missing", is_stacked=True)
        self.table = PlainTable(
            HEADS, (8, 7, 7, 3, 3, 4, 4, 4), around.icons, name="以前的导入", nothing="还没有导入过。"
        )
        self.words = label(HINT, "muted", wraps=True)
        self.undo = button("撤销这一次导入")
        self.undo.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.asking)
        column.addWidget(self.table, 1)
        self._connect()

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.undo.clicked.connect(self._look_first)
        self.asking.taken.connect(self._take_back)
        self.asking.declined.connect(self._leave)
        self.asking.passed.connect(self._leave)

    def refresh(self, left: Counter[str]) -> None:
        """Show all imports; ``left`` counts by import the rows that still wait."""
        batches = self._importing.batches()
        self.table.show_lines([_line(one, left[one.uid]) for one in batches])
        if any(one.uid == self._gone and not one.undone_at for one in batches):  # it was brought back
            self.rest()
        self.asking.hide()
        has_any = bool(self.table.lines.lines)
        self.undo.setEnabled(False)
        self.undo.setVisible(has_any)
        self.words.setVisible(has_any)

    def rest(self) -> None:
        """Say again what can be done here: the act before is over."""
        self._gone = ""
        self.asking.hide()
        self._say(HINT, "")

    def _choose(self, key: str) -> None:
        """Only what is written can be taken back."""
        line = next(one for one in self.table.lines.lines if one.key == key)
        self.undo.setEnabled(line.tone == "good")
        self.rest()

    def _look_first(self) -> None:
        """What stays, and returns that tell of what goes, are told before anything is done."""
        from xmdesk.services.taking_back import taking_back

        row = self.table.currentIndex().row()
        lines = self.table.lines.lines
        if 0 <= row < len(lines):
            key = self._asked = lines[row].key
            self._run(lambda: taking_back(self._importing.store, key), self._ask)

    def _ask(self, would: "TakenBack") -> None:
        if would.does_nothing:
            self._say(f"没有可以撤销的：{'；'.join(stay_words(would))}。", "missing")
        elif would.stays or would.sealed or would.entered:
            self.asking.ask(question(would))
            self.asking.yes.setFocus()
        else:
            self._take_back()

    def _leave(self) -> None:
        self.asking.hide()
        self.undo.setFocus()

    def _take_back(self) -> None:
        key = self._asked
        self.asking.hide()
        self._run(lambda: self._importing.undo(key), lambda made: self._taken_back(key, made))

    def _run(self, act: "Callable[[], TakenBack]", done: "Callable[[TakenBack], None]") -> None:
        """A large import is covered while it is worked on."""
        line = next(one for one in self.table.lines.lines if one.key == self._asked)
        if sum(map(int, line.cells[3:6])) > AT_ONCE:
            self._around.work.long("撤销导入", lambda _: act(), done)
        else:
            self._around.work.now(act, done)

    def _taken_back(self, key: str, result: "TakenBack") -> None:
        words = taken_back_words(result)
        self.taken_back.emit()  # the cursor first: left on a button that goes grey it would choose the next import
        self._around.changes.announce(words)
        more = f"，补录的接着再按 {result.steps - 1} 次" if result.steps > 1 else ""
        self._say(f"{words}。想要回来，按 Ctrl+Y{more}。", "good")
        self._gone = key

    def _say(self, words: str, tone: str) -> None:
        self.words.setText(words)
        set_tone(self.words, tone)


def _line(one: Any, left: int) -> Line:
    return Line(
        key=one.uid,
        cells=(
            one.file_name,
            REGISTERS[one.register].title if one.register in REGISTERS else one.register,
            table_time(one.imported_at),
            *(str(one.counts.get(name, 0)) for name in ("new", "changed")),
            str(sum(count for name, count in one.counts.items() if name.startswith("people_"))),
            str(left),
            "已撤销" if one.undone_at else "已写入",
        ),
        tone="" if one.undone_at else "good",
        icon="file",
        tip=f"写入时放一边 {one.counts['parked']} 行" if one.counts.get("parked") else "",
    )


def taken_back_words(result: "TakenBack") -> str:
    """Say what taking an import back did, in the numbers in which it was written."""
    head = f"已撤销导入 {REGISTERS[result.register].title}：{_counted(result)}"
    return "；".join((head, *_people(result), *stay_words(result)))


def question(would: "TakenBack") -> str:
    """Say what taking an import back would do, what stays, and which sealed returns tell of what goes."""
    words = f"{'；'.join((f'会{_counted(would)}', *_people(would), *stay_words(would)))}。"
    if not would.sealed:
        return words
    versions = "、".join(f"{Period.parse(one.period).words}第 {one.version} 版" for one in would.sealed)
    return f"{words}\n已密封的{versions}里有这些记录：密封的那份不变，下一次上报会写明它们没有了或改回去了。"


def _counted(result: "TakenBack") -> str:
    removed, restored = result.removed - result.people_removed, result.restored - result.people_restored
    along = f"（后来补录的 {result.entered} 行一起）" if result.entered else ""
    return f"去掉 {removed} 条，复原 {restored} 条{along}"


def _people(result: "TakenBack") -> list[str]:
    words = people_words((result.people_removed, result.people_restored), ("去掉", "复原"))
    return [words] if words else []


def stay_words(result: "TakenBack") -> list[str]:
    """Say how many records stay, why, and which they are."""
    return [
        f"{one.count} 条{_reason(one)}（{'、'.join(one.named)}{'等' if one.count > len(one.named) else ''}）"
        for one in result.stays
    ]


def _reason(one: "Kept") -> str:
    if one.why is Why.USED:
        return f"还被{'、'.join(one.users)}用着的保留"
    return {
        Why.CHANGED: "后来改过的保留",
        Why.HELD: "在已定稿的清单里，不动",
        Why.LOST: "原来写到的记录已经不在，保持现在的样子",
    }[one.why]

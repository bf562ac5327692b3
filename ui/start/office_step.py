"""Which office a new book is for: typed as characters, pinyin, initials or code, or found on the way down from the city."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLineEdit, QListWidget, QListWidgetItem

from ui.shared.secret_steps import Step
from ui.shared.words import label

if TYPE_CHECKING:
    from xmdesk.divisions import Division, Divisions, Picking

CHOSEN, OPENS = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
PEOPLE = {"prepared_by": "填表人", "signed_off_by": "单位负责人"}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OfficeStep(Step):
    """The office, its name as it is printed, and who stands for it."""

    def __init__(self) -> None:
        super().__init__(
            "是哪个单位？", "输入名称、拼音首字母或区划代码，例如 军营、jyc、莲花 军营；也可以在下面一级一级点开。"
        )
        self._picking: Picking | None = None
        self._levels: tuple[int, ...] = (5,)
        self.chosen: Division | None = None
        self.search = QLineEdit()
        self.search.setAccessibleName("查找单位")
        self.search.setPlaceholderText("查找单位")
        self.found = QListWidget()
        self.found.setAccessibleName("查找结果")
        self.name = QLineEdit()
        self.name.setAccessibleName("单位名称")
        self.name.setPlaceholderText("如 军营村村民委员会")
        self.people = {field: QLineEdit() for field in PEOPLE}
        self._pause = QTimer(self, singleShot=True, interval=80)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._column.addWidget(self.search)
        self._column.addWidget(self.found, 1)
        self._column.addWidget(label("单位名称（与公章一致，印在每张表上）", "label"))
        self._column.addWidget(self.name)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, (field, words) in enumerate(PEOPLE.items()):
            head, line = label(f"{words}（可以以后填）", "label"), self.people[field]
            head.setBuddy(line)
            line.setAccessibleName(words)
            line.setMaxLength(30)
            grid.addWidget(head, 0, place)
            grid.addWidget(line, 1, place)
        self._column.addLayout(grid)

    def _connect(self) -> None:
        self.search.textEdited.connect(lambda _: self._pause.start())
        self.search.returnPressed.connect(self._enter)
        self._pause.timeout.connect(self.look)
        self.found.currentItemChanged.connect(self._choose)
        self.found.itemClicked.connect(self._open)
        self.name.textChanged.connect(self.changed)
        for one in (self.search, self.found, self.found.viewport()):
            one.installEventFilter(self)

    def narrow(self, desk: str) -> None:
        """Clerks choose a village or community, reviewers a township or district; the other's choice is of no use."""
        levels = (5,) if desk == "clerk" else (3, 4)
        if levels != self._levels:
            self._levels = levels
            self._empty()

    def begin(self) -> None:
        """Type at once, or walk down at once."""
        if not self.found.count():
            self.look()
        self.search.setFocus()

    @property
    def is_ready(self) -> bool:
        """Whether an office was chosen and has a name."""
        return self.chosen is not None and bool(self.name.text().strip())

    @property
    def told(self) -> dict[str, str]:
        """Who stands for the office, as far as it was told."""
        return {field: line.text().strip() for field, line in self.people.items() if line.text().strip()}

    def _enter(self) -> None:
        """Enter does not wait for the pause in typing, and opens what the cursor stands on."""
        if self._pause.isActive():
            self._pause.stop()
            self.look()
        elif not self._open(self.found.currentItem()) and self.chosen is not None and not self.chosen.name:
            self.name.setFocus()  # what the list does not know has no name yet

    def look(self) -> None:
        """Search what is typed; with nothing typed, show the way down."""
        text = whole_code(self.search.text().strip())
        if not text:
            self._walk(self._home)
            return
        self._empty()
        for one in self._pick.find(text, self._levels):
            self._add(f"{self._all.full_name(one.code)}    {one.code}", chosen=one)
        if not self.found.count() and (new := self._new_code(text)) is not None:
            self._add(
                f"{self._whereabouts(new.code)}新编的代码 {new.code}（2023 年的列表里没有，请逐位核对）", chosen=new
            )
        if self.found.count():
            self.found.setCurrentRow(0)
        else:
            hint = QListWidgetItem("没有找到，请换一种写法，或者清空后一级一级点开")
            hint.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(hint)

    def _new_code(self, text: str) -> "Division | None":
        """Return a division that is younger than the list, where a whole code of the right length is typed."""
        from xmdesk.divisions import Division
        from xmdesk.divisions.codes import is_code_shape, level_of

        is_whole = is_code_shape(text) and level_of(text) in self._levels and self._all.get(text) is None
        return Division(text, "", level_of(text)) if is_whole else None

    def _whereabouts(self, code: str) -> str:
        """Name the smallest division of the list in which a code lies."""
        from xmdesk.divisions.codes import ancestry

        above = next((one for one in reversed(ancestry(code)[:-1]) if self._all.get(one) is not None), "")
        return f"{self._all.full_name(above)} " if above else ""

    def _walk(self, code: str) -> None:
        """Show what lies in a division, the way back, and the division itself where it may be chosen."""
        own = self._all.get(code)
        self._empty()
        if own is not None:
            above = self._all.get(code[: max(len(code) - (2 if len(code) <= 6 else 3), 0)])
            self._add(f"← 上一级：{above.name if above else '全国'}", opens=above.code if above else "")
            if own.level in self._levels:
                self._add(f"{own.name}（就是本级）", chosen=own)
        for one in self._all.children(code):
            is_last = one.level == max(self._levels)
            self._add(one.name if is_last else f"{one.name}  →", chosen=one if is_last else None, opens=one.code)

    def _add(self, words: str, *, chosen: "Division | None" = None, opens: str | None = None) -> None:
        item = QListWidgetItem(words)
        item.setData(CHOSEN, chosen)
        item.setData(OPENS, opens if chosen is None else None)
        self.found.addItem(item)

    @property
    def _pick(self) -> "Picking":
        if self._picking is None:
            from xmdesk.divisions import Picking

            self._picking = Picking()
        return self._picking

    @property
    def _all(self) -> "Divisions":
        return self._pick.divisions

    @property
    def _home(self) -> str:
        """The city at which the way down begins."""
        from xmdesk.divisions.picking import HOME

        return HOME

    def _open(self, item: QListWidgetItem | None) -> bool:
        """Go to where a line leads; tells whether it leads anywhere."""
        code = item.data(OPENS) if item is not None else None
        if code is None:
            return False
        self._walk(code)
        return True

    def _empty(self) -> None:
        """Nothing is listed, so nothing is chosen."""
        self.found.clear()
        self._choose(None)

    def _choose(self, item: QListWidgetItem | None) -> None:
        """Take the office of a line; a name belongs to one office only."""
        self.chosen = item.data(CHOSEN) if item is not None else None
        self.name.setText(formal_name(self.chosen) if self.chosen is not None else "")
        self.changed.emit()

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Up and down walk the results while typing; Enter in the list opens a line, and on an office it goes on.

        The second click of a double click was meant for the line that the first one opened, not for what lies there now.
        """
        if watched is self.found.viewport():
            return event.type() == event.Type.MouseButtonDblClick
        if event.type() != event.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.found:
            return event.key() in ENTER and self._open(self.found.currentItem())
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.found.setCurrentRow(max(0, min(self.found.count() - 1, self.found.currentRow() + step)))
            return True
        return super().eventFilter(watched, event)


def whole_code(text: str) -> str:
    """Return a code as the list keeps it, without the zeros that statistics add; any other text as it is."""
    from xmdesk.divisions.codes import is_code_shape, padded, unpadded

    return unpadded(padded(text)) if is_code_shape(text) else text


def formal_name(division: "Division") -> str:
    """Guess the name on the official stamp: 军营村委会 gives 军营村村民委员会."""
    name = division.name
    if name.endswith("村委会"):
        stem = name.removesuffix("委会")
        return f"{stem}村民委员会"
    if name.endswith("居委会"):
        stem = name.removesuffix("居委会")
        return f"{stem}{'' if stem.endswith('社区') else '社区'}居民委员会"
    return name

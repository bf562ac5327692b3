"""Rows that seem to be there already, side by side with what stands there: which to take, field by field, by keyboard."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from ui.imports.named import (
    HINT_OF_NAME,
    everywhere_words,
    is_asked,
    key_of,
    named_line,
    question,
    row_titles,
    title_of,
)
from ui.imports.sides import SideTable
from ui.imports.which import ENTER, KEEPS, KEYS, KeyedTable, WhichTable, noun_of
from ui.shared.fields.flow import Flow
from ui.shared.icons import Icons
from ui.shared.plain_table import Line
from ui.shared.words import button, frame, label
from xmdesk.services.pairing import NOTHING, Choice, Decision, Pair, Place, sides
from xmdesk.services.registers import Titles

if TYPE_CHECKING:
    from xmdesk.ports import Store
    from xmdesk.records.people import Person
    from xmdesk.services.import_preview import ImportPreview

WORDS = {
    Choice.UPDATE: "更新原有",
    Choice.SEPARATE: "另建一条",
    Choice.SKIP: "不导入",
    Choice.WAIT: "先放一边",
}
LEAST_LINES = 16
"""Lines of text that must find room before the hint does."""
HINT = "1 更新原有，2 另建一条，3 不导入，4 先放一边；回车逐项选，← → 换一边，Esc 回来；Ctrl+回车 其余都照此办"
REST = "其余都照此办"
KEEP = "5 名册照旧"
KEEP_HINT = "5 人员名册里原来的不改，空着的照样补上"
HINT_OF_SEVERAL = "回车去选：↑ ↓ 看每一{noun}，回车就是这一{noun}，→ 逐项选；2 另建一条，3 不导入，4 先放一边，Esc 回来"


class PairsPanel(QSplitter):
    """``decided`` carries decisions by place."""

    decided = Signal(object)  # a dict would travel without its places

    def __init__(self, store: "Store", icons: Icons) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._store = store
        self._pairs: Sequence[Pair] = ()
        self._preview: ImportPreview | None = None
        self._people: dict[str, Person] = {}
        self._row_titles: dict[int, str] = {}
        self._titles = Titles(store, ())
        self._here = Place(0)
        self._leads_on = False
        self._beside: Pair | None = None
        self.list = KeyedTable(("行", "内容", "像是", "怎么办"), (2, 5, 4, 4), icons, name="像是已有的行")
        self.which = WhichTable(icons)
        self.sides = SideTable(icons)
        self._title = label("", "heading", wraps=True)
        self._reason = label("", wraps=True)
        self.choices = {one: button(f"{place} {WORDS[one]}", "choice") for place, one in enumerate(Choice, 1)}
        self._hint = label(HINT, "small", wraps=True)
        self.keep = button(KEEP, "choice")
        self.rest = button(REST, "quiet")
        for table in (self.list, self.which, self.sides):
            table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build()
        self._connect()

    def _build(self) -> None:
        side = frame("panel")
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._reason)
        column.addWidget(self.which)
        row = Flow()  # with larger letters they break into two lines
        for one in self.choices.values():
            one.setCheckable(True)
            one.setAutoExclusive(True)
            row.addWidget(one)
        self.keep.setCheckable(True)
        self.keep.setToolTip(KEEP_HINT)
        row.addWidget(self.keep)
        row.addWidget(self.rest)
        column.addLayout(row)
        column.addWidget(self.sides, 1)
        column.addWidget(self._hint)
        self.setHandleWidth(1)
        self.addWidget(self.list)
        self.addWidget(side)
        self.setSizes([520, 580])
        self.setChildrenCollapsible(False)

    def _connect(self) -> None:
        self.list.chosen.connect(self._open)
        self.list.pressed_key.connect(self._key)
        self.which.chosen.connect(self._look)
        self.which.pressed_key.connect(self._pick)
        self.which.further.connect(self.sides.start)
        self.sides.switched.connect(self._switch)
        for table in (self.which, self.sides):
            table.left.connect(self.list.setFocus)
        self.keep.clicked.connect(self._keep_person)
        self.rest.clicked.connect(self._decide_rest)
        for choice, one in self.choices.items():
            one.clicked.connect(lambda _=False, choice=choice: self._decide(choice))
        for one in (*self.choices.values(), self.keep, self.rest):
            one.clicked.connect(self._back_to_keys)

    def _back_to_keys(self) -> None:
        """The keys that the hint names hold again after a click; whoever is asked which one is meant stays there."""
        if not self.which.hasFocus():
            self.list.setFocus()

    def resizeEvent(self, event: Any) -> None:
        """Where room is short the fields matter more than what the list says too, and than the hint."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        is_short = self.height() <= LEAST_LINES * self.fontMetrics().height()
        self._hint.setHidden(is_short)
        self._title.setHidden(is_short)
        self._reason.setHidden(is_short and self.which.isVisibleTo(self))

    def show_pairs(self, preview: "ImportPreview") -> None:
        """Show the pairs of a preview; the one in work stays in front."""
        if (
            self._preview is None
            or preview.file is not self._preview.file
            or preview.register != self._preview.register
        ):
            self._here = Place(0)
        self._preview, self._pairs = preview, preview.pairs
        self._people = {one.uid: one for one in preview.persons}
        self._row_titles = row_titles(preview)
        self._titles = Titles(self._store, [one.before for one in self._pairs])
        for uid, person in self._people.items():
            self._titles.learn("persons", uid, person.name)
        self.list.show_lines([self._line(one) for one in self._pairs])
        if self._pairs:
            self.list.selectRow(self._nearest(self._here))

    def take_leave(self) -> bool:
        """Whether the last row was just decided by a key and none waits for an answer: tells it once."""
        leads_on, self._leads_on = self._leads_on, False
        return leads_on and self._first_asked is None

    @property
    def here(self) -> Place:
        """The row, or the name in it, in work."""
        return self._here

    def go_to(self, number: int, field: str = "") -> None:
        """Show a row, or a name in it, if it is among the pairs."""
        if number in [one.number for one in self._pairs]:
            self.list.selectRow(self._nearest(Place(number, field)))

    def _nearest(self, place: Place) -> int:
        """Where a place stands in the list, else the first one of its row, else the first of all."""
        places = [one.place for one in self._pairs]
        rows = [one.row for one in places]
        return places.index(place) if place in places else rows.index(place.row) if place.row in rows else 0

    @property
    def _first_asked(self) -> Place | None:
        """The first one that waits for an answer."""
        return next((one.place for one in self._pairs if is_asked(one) and not self._is_decided(one)), None)

    def _is_decided(self, pair: Pair) -> bool:
        return self._preview is not None and self._preview.decided(pair) is not None

    def _line(self, one: Pair) -> Line:
        is_decided = self._is_decided(one)
        if one.field:
            return named_line(one, self._row_titles.get(one.number, ""), is_decided=is_decided)
        noun = noun_of(one)
        what = f"同第{one.earlier}行" if one.earlier else "就是已有" if one.is_sure else "可能已有"
        if one.is_of_several:
            what = f"{len(one.candidates)} {noun}里的一{noun}"
        done = f"请选一{noun}" if one.choice is Choice.WAIT and not is_decided else WORDS[one.choice]
        if one.choice is Choice.UPDATE and one.replaced:
            done = "名册照旧" if one.keeps_person else "修改人员"
        tone = "good" if is_decided else "explained" if one.is_sure else "doubt"
        cells = (str(one.number), self._titles.of(one.before), what, done)
        return Line(key_of(one), cells, tone=tone, icon=tone)

    @property
    def _pair(self) -> Pair:
        return next(one for one in self._pairs if one.place == self._here)

    def _open(self, key: str) -> None:
        from xmdesk.services.candidates import facts_of

        one = next(one for one in self._pairs if key_of(one) == key)
        self._here = one.place
        plain = f"第 {one.number} 行 · {self._titles.of(one.before)}"
        self._title.setText(title_of(one, self._row_titles.get(one.number, "")) if one.field else plain)
        same = f"就是这一{noun_of(one)}" if one.is_of_several else WORDS[Choice.UPDATE]
        for place, (choice, control) in enumerate(self.choices.items(), 1):
            control.setText(f"{place} {same if choice is Choice.UPDATE else WORDS[choice]}")
            control.setAccessibleName(control.text())
            control.setEnabled(choice in one.choices)
            control.setVisible(choice in one.choices or not one.field)
        self.rest.setText(everywhere_words(one, self._pairs, is_decided=self._is_decided(one)) if one.field else REST)
        self.rest.setAccessibleName(self.rest.text())
        hint = HINT_OF_SEVERAL.format(noun=noun_of(one)) if one.is_of_several else HINT
        hint = HINT_OF_NAME if one.field else hint
        self._hint.setText(f"{hint}；{KEEP_HINT}" if one.replaced else hint)
        self.which.setVisible(one.is_of_several)
        self._make_room()
        if one.is_of_several:
            facts = facts_of(self._store, one.candidates)
            self.which.show_candidates(one, facts, is_chosen=one.choice is Choice.UPDATE)
        self._show_beside(one)

    def _look(self, mark: str) -> None:
        """Show the row beside another one that it may mean; nothing is decided yet."""
        self._show_beside(self._pair.beside(mark))

    def _show_beside(self, beside: Pair) -> None:
        one, self._beside = self._pair, beside
        other = f"和第 {beside.earlier} 行" if beside.earlier else ""
        reason = f"{other}{beside.reason}，{'是' if beside.is_sure else '可能是'}同一{noun_of(one)}。"
        self._reason.setText(question(one, is_decided=self._is_decided(one)) if one.field else reason)
        is_same = beside.before is one.before
        for choice, control in self.choices.items():
            control.setAutoExclusive(False)
            control.setChecked(choice is one.choice and (is_same or choice is not Choice.UPDATE))
            control.setAutoExclusive(True)
        takes = one.choice is Choice.UPDATE and is_same and not one.field
        self.keep.setVisible(bool(beside.replaced))
        self.keep.setChecked(takes and beside.keeps_person)
        self.sides.show_sides(sides(self._store, beside, self._people), takes=takes)

    def _key(self, key: int, is_control: bool) -> None:
        one = self._pair
        if is_control and one.field and (key not in ENTER or self._is_decided(one)):
            self._decide_everywhere(KEYS.get(key))
        elif one.field and key in ENTER:
            self.which.setFocus()
        elif key in ENTER and is_control:
            self._decide_rest()
        elif key in ENTER:
            (self.which.setFocus if self._pair.is_of_several else self.sides.start)()
        elif key == KEEPS:
            self._keep_person(then_next=True)
        elif key in KEYS and KEYS[key] in self._pair.choices:
            self._decide(KEYS[key], then_next=True)

    def _pick(self, key: int, is_control: bool) -> None:
        """Take the one that is looked at, or decide otherwise, and go on with the next row."""
        if key == KEEPS:
            self._keep_person(then_next=True, is_picked=True)
            return
        choice = Choice.UPDATE if key in ENTER else KEYS[key]
        if is_control and self._pair.field and choice in self._pair.choices:
            self.list.setFocus()
            self._decide_everywhere(choice)
        elif not is_control and choice in self._pair.choices:
            self.list.setFocus()
            self._decide(choice, then_next=True)

    def _keep_person(self, *, then_next: bool = False, is_picked: bool = False) -> None:
        """Let what is known of the person stay though the sheet says otherwise, or not after all; the post goes in.

        That says nothing of which one of several is meant: this is asked first.
        """
        one, beside = self._pair, self._beside or self._pair
        if one.is_of_several and one.choice is not Choice.UPDATE and not is_picked:
            self.which.setFocus()
        elif beside.replaced:
            switched = set(beside.replaced) if beside.keeps_person else set(beside.replaced) - beside.kept
            self._go_on(self._decision(Choice.UPDATE, frozenset(switched)), then_next=then_next)

    def _decide(self, choice: Choice, *, then_next: bool = False) -> None:
        self._go_on(self._decision(choice), then_next=then_next)

    def _go_on(self, decision: Decision, *, then_next: bool) -> None:
        one = self._pair
        if then_next:
            places = [pair.place for pair in self._pairs]
            self._leads_on = one.place == places[-1]
            self._here = places[min(places.index(one.place) + 1, len(places) - 1)]
        self.decided.emit({one.place: decision})

    def _decide_everywhere(self, choice: Choice | None) -> None:
        """Say of all cells of this name who is meant: the one who is looked at, or as it was decided here; and go where somebody
        else is asked about.
        """
        one = self._pair
        choice = choice or (one.choice if self._is_decided(one) else Choice.UPDATE)
        if choice not in one.choices:
            return
        self._leads_on = True
        self.decided.emit({one.everywhere: self._decision(choice)})
        if self._first_asked is not None:
            self.go_to(*self._first_asked)

    def _decision(self, choice: Choice, switched: frozenset[str] = NOTHING) -> Decision:
        """What is said of the row in work and of the one that stands beside it now."""
        one, beside = self._pair, self._beside or self._pair
        if choice is not Choice.UPDATE:
            return Decision(one, choice)
        return Decision(one, choice, beside.kept ^ switched, beside.candidate.mark if one.is_of_several else "")

    def _switch(self, name: str) -> None:
        """Take the other side in one field."""
        self.decided.emit({self._here: self._decision(Choice.UPDATE, frozenset({name}))})

    def _decide_rest(self) -> None:
        """Decide this pair and every later one that nobody decided yet in the same way, as far as it may be.

        Which of several a later row means is not said by that.
        """
        here, decision = self._pair, self._decision(self._pair.choice)
        if here.field:
            self._decide_everywhere(None)
            return
        rest = [one for one in self._pairs if one.number > here.number and not self._is_decided(one)]
        fit = [
            one
            for one in rest
            if here.choice in one.choices and not (here.choice is Choice.UPDATE and one.is_of_several)
        ]
        alike = {one.place: Decision(one, here.choice, _kept_alike(here, one)) for one in fit}
        self.decided.emit({here.place: decision, **alike} if here.choice in here.choices else alike)


def _kept_alike(here: Pair, other: Pair) -> frozenset[str]:
    """What stays in another pair as it does here; who keeps a person's data here keeps those of others, whichever they are."""
    return here.kept & set(other.differing) | frozenset(other.replaced if here.keeps_person else ())

"""Through what one looks at a register: a filter, groups, or only at what has ended. Said above the table, kept in the book."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.registers.columns import Columns
from ui.registers.kept_in_force import KeptInForce
from ui.registers.rows import RegisterRows
from ui.registers.standing import Standing
from ui.registers.strip import Strip
from ui.shared.register_model import RegisterModel
from xmdesk import clock

if TYPE_CHECKING:
    from xmdesk.services.finding import Filter


class Lens(QObject):
    """``turned`` fires when the table has to be read anew; ``may_turn`` lets what is open be saved first.

    A register with lists of several years is looked at through the one in force, unless the person wants everything.
    """

    turned = Signal()

    def __init__(self, rows: RegisterRows, model: RegisterModel, columns: Columns, standing: Standing) -> None:
        super().__init__(model)
        from xmdesk.services.years import Years

        self.may_turn: Callable[[], bool] = lambda: True
        self._rows = rows
        self._model = model
        self._columns = columns
        self._standing = standing
        self._years = Years(rows.registers.store)
        self._year: Filter | None = None
        self._wants_everything = False
        standing.unfiltered.connect(lambda: self.look_through(None))
        standing.ungrouped.connect(lambda: self.group_by(""))
        standing.turned.connect(self._turn_to_other_year)
        columns.grouped.connect(self.group_by)
        model.group(columns.group)
        rows.recall()
        self._kept = KeptInForce(rows)
        self.look_anew()
        self._say()

    @property
    def is_filtering(self) -> bool:
        """Whether a filter is in force."""
        return self._rows.wanted is not None

    @property
    def is_at_year(self) -> bool:
        """Whether nothing is asked but the list of a year."""
        return self._year is not None and self._rows.wanted == self._year

    @property
    def mixes_years(self) -> bool:
        """Whether rows of several years stand in the table."""
        from xmdesk.services.years import Years

        return Years(self._rows.registers.store).are_mixed(self._rows.name, self._model.all_uids)

    def keep(self) -> None:
        """Remember the filter in force; the year comes by itself."""
        if self.is_at_year:
            self._rows.forget()
        else:
            self._rows.keep()

    def tell(self, strip: Strip, *, is_asked: bool) -> None:
        """Say above and below the table what is still in view though it answers no more, and offer to look anew.

        Where nothing ``is_asked``, rows that changed stand in a group that is no longer theirs, and answer all the same.
        """
        self._standing.tell(self._model.strays if is_asked else 0)
        strip.offer_again(*self._again())

    def _again(self) -> tuple[str, str]:
        """What puts the rows right that stand where they stood, and why that would be done; nothing where all are right."""
        model, offered = self._model, self._columns.offered()
        if model.is_exact:
            return "", ""
        if not model.strays:
            label = offered[model.sorted_by].label
            return "重新排序", f"改过的行还在原来的位置；点这里按“{label}”重新排"
        group = offered[model.group_by].label if model.group_by else ""
        verb = f"按“{group}”重新分组" if group else "重新筛选" if self.is_filtering else "重新查找"
        why = "已不属于原来的组" if group else "已不符合"
        return verb[-4:], f"有 {model.strays} 条改过以后{why}，还留在原处；点这里{verb}"

    def look_anew(self) -> bool:
        """Put the list of the year in front as soon as there are several, and follow a filter that was kept.

        Tells whether something else is looked at now.
        """
        before, usual = self._rows.wanted, self._usual()
        if self._kept.follow():
            self._say()
        if self._rows.wanted is None and usual is not None and not self._wants_everything:
            self._look_at_year(usual)
        elif self.is_at_year and usual is None:
            self._look_at_year(None)
        return self._rows.wanted != before

    def look_through(self, wanted: "Filter | None") -> None:
        """Show what answers a filter, or everything that has not ended: of the year first, then of all years."""
        if self.may_turn():
            if wanted is None and self.is_at_year:
                self._wants_everything = True
            self._kept.put(wanted)
            self.look_anew()
            self._say()
            self.turned.emit()

    def leads_out(self, *, is_searching: bool) -> bool:
        """Go out of the filter, where that comes next: the year goes after the search. Tells whether there was one."""
        if not self.is_filtering or (self.is_at_year and is_searching):
            return False
        self.look_through(None)
        return True

    def look_at_ended(self) -> None:
        """Show what has ended, and nothing else."""
        self.look_through(self._rows.ended)

    def bring(self, uid: str, *, has_ended: bool) -> None:
        """Look so that a record is among what is shown; one that has ended stands apart."""
        if self._model.row_of(uid) >= 0:
            return
        if has_ended:
            self.look_at_ended()
        elif self.is_filtering:
            year = self._years.of_item(uid) if self._usual() is not None else None
            self._year = year or self._year
            self._wants_everything = year is None
            self.look_through(year)

    def group_by(self, path: str) -> None:
        """Put the records in groups by a column, or in none; remembered."""
        self._columns.keep_group(path)
        self._model.group(path)
        self._say()
        self.turned.emit()

    def _usual(self) -> "Filter | None":
        return self._years.usual(self._rows.name, clock.today())

    def _look_at_year(self, year: "Filter | None") -> None:
        self._year = self._rows.wanted = year
        self._say()

    def _turn_to_other_year(self) -> None:
        other = self._other_year()
        if other is not None and self.may_turn():
            self._look_at_year(other)
            self.turned.emit()

    def _other_year(self) -> "Filter | None":
        return self._years.other(self._year, clock.today()) if self._year is not None and self.is_at_year else None

    def _say(self) -> None:
        grouped = self._columns.offered()[self._model.group_by].label if self._model.group_by else ""
        other = self._other_year()
        self._standing.say(self._rows.words, grouped, other=other.name if other is not None else "")

"""Which yearly list of maintenance duties a person looks at: the one in force, once there is more than one."""

from collections.abc import Sequence
from datetime import date

from xmdesk.ports import Condition, Op, Store
from xmdesk.records.duty import DutyList, MaintenanceDuty
from xmdesk.records.registers import REGISTERS
from xmdesk.services.finding import Filter


class Years:
    """Asks the lists, of which there are few, and never their items."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[int]:
        """Return the years of which there is a list, the newest first."""
        return sorted({one.year for one in self._store.all(DutyList) if one.year}, reverse=True)

    def in_force(self, day: date) -> int | None:
        """Return the year whose list holds on a day: the newest not after it, else the first; None without a list."""
        known = self.all()
        return next((one for one in known if one <= day.year), known[-1] if known else None)

    def usual(self, register: str, day: date) -> Filter | None:
        """Return the filter for the list in force; None where there is nothing to be mixed up."""
        year = self._usual(register, day)
        return of_year(year) if year else None

    def count(self, register: str, day: date) -> int:
        """How many records of a register a person finds there at first: of several lists only the one in force counts."""
        year = self._usual(register, day)
        of_list = {"year": year} if year else {}
        return self._store.count(REGISTERS[register].record, retired_on="", **of_list)

    def are_mixed(self, register: str, uids: Sequence[str]) -> bool:
        """Whether these records belong to several years, so that only the year tells apart what else looks the same."""
        return register == MaintenanceDuty.key and len(self._store.tally(MaintenanceDuty, "year", among=uids)) > 1

    def _usual(self, register: str, day: date) -> int | None:
        is_of_years = register == MaintenanceDuty.key and len(self.all()) > 1
        return self.in_force(day) if is_of_years else None

    def other(self, shown: Filter, day: date) -> Filter | None:
        """Return the filter for the list looked at next: the newest, or from there the one in force."""
        newest, in_force = max(self.all(), default=None), self.in_force(day)
        year = newest if newest and of_year(newest) != shown else in_force
        return of_year(year) if year and of_year(year) != shown else None

    def of_item(self, uid: str) -> Filter | None:
        """Return the filter for the list in which an item stands."""
        item = self._store.get(MaintenanceDuty, uid)
        return of_year(item.year) if item is not None and item.year else None


def of_year(year: int) -> Filter:
    """Return the filter for the list of a year."""
    return Filter(MaintenanceDuty.key, f"{year}年", (Condition("year", Op.IS, str(year)),))

"""The totals of what a table shows, said in the strip below it; many records are added up aside."""

from collections.abc import Sequence

from ui.registers.rows import RegisterRows
from ui.registers.strip import Strip
from ui.shared.surroundings import Surroundings


class Sums:
    """Keeps the strip true: only the newest question is answered."""

    def __init__(self, rows: RegisterRows, strip: Strip, around: Surroundings) -> None:
        self._rows = rows
        self._strip = strip
        self._around = around
        self._asked = 0

    def show_for(self, uids: Sequence[str] | None) -> None:
        """Show the sums of these records, or of all."""
        self._asked += 1
        number = self._asked

        def told(words: str) -> None:
            if number == self._asked:
                self._strip.say(words)

        if self._rows.is_large:
            self._strip.say("")
            self._around.work.aside(lambda: self._rows.totals(uids), told)
        else:
            self._around.work.now(lambda: self._rows.totals(uids), told)

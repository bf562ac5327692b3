"""The strip above a form that holds a person back as long as something typed there cannot be read."""

from PySide6.QtCore import Signal

from ui.shared.offer import Offer
from ui.shared.record_form import RecordForm

NAMED = 3


class Unreadable(Offer):
    """``given_up`` fires when the texts were given up: their fields show again what is stored."""

    given_up = Signal()

    def __init__(self) -> None:
        super().__init__("不要这几项，恢复原来的", tone="wrong", is_stacked=True)
        self._form: RecordForm | None = None
        self.taken.connect(self._give_up)

    def holds(self, form: RecordForm) -> bool:
        """Tell whether something cannot be read; then say what, and put the cursor there."""
        if self._form is not form:
            self._form = form
            form.edited.connect(self.look_again)
        bad = form.unreadable()
        self._say(bad)
        for name in bad:
            form.fields[name].refresh()  # says below the field why, before it is brought into view
        if bad:
            form.focus_field(bad[0])
        return bool(bad)

    def look_again(self) -> None:
        """Follow what is typed: the strip goes when all can be read."""
        if self._form is not None and not self.isHidden():
            self._say(self._form.unreadable())

    def _say(self, bad: list[str]) -> None:
        if not bad or self._form is None:
            self.hide()
            return
        named = "、".join(self._form.fields[name].spec.label for name in bad[:NAMED])
        named = f"{named}等 {len(bad)} 项" if len(bad) > NAMED else named
        this = "这几项" if len(bad) > 1 else "这一项"
        words = f"“{named}”填的内容看不懂。请改好，或者不要{this}；其他内容都会保存。"
        self.ask(words, yes=f"不要{this}，恢复原来的")

    def _give_up(self) -> None:
        form = self._form
        if form is not None:
            bad = form.unreadable()
            form.restore(bad)
            self.hide()
            form.focus_field(bad[0] if bad else "")
            self.given_up.emit()

"""The strip above a form that holds a person back as long as something typed there cannot be read."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from ui.shared.offer import Offer
from ui.shared.record_form import RecordForm
from ui.shared.typed import TOO_LONG
from xmdesk.records.base import Record

NAMED = 3


def named_fields(form: RecordForm, names: Sequence[str]) -> str:
    """Return the first of these fields as people call them, and how many there are if more."""
    words = "、".join(form.fields[name].spec.label for name in names[:NAMED])
    return f"{words}等 {len(names)} 项" if len(names) > NAMED else words


def saved_words(words: str, form: RecordForm) -> str:
    """Say that something was saved, and what of it was not because it cannot be read."""
    bad = unread_words(form)
    return f"{words}。{bad}，还没有保存" if bad else words


def unread_words(form: RecordForm) -> str:
    """Say what cannot be read, or nothing."""
    bad = form.unreadable()
    return told_why(form, bad) if bad else ""


def holds_nothing(form: RecordForm, record: Record, start: Record) -> bool:
    """Whether a form holds texts that cannot be read, and nothing else that it did not hold from the start."""
    return bool(form.texts()) and all(getattr(record, one) == getattr(start, one) for one in form.fields)


def told_why(form: RecordForm, bad: Mapping[str, str]) -> str:
    """Say which fields cannot be taken, and why: “备注”太长，“建成年份”看不懂."""
    whys = dict.fromkeys(bad.values())
    return "，".join(f"“{named_fields(form, [name for name in bad if bad[name] == why])}”{why}" for why in whys)


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
            form.focus_field(next(iter(bad)))
        return bool(bad)

    def look_again(self) -> None:
        """Follow what is typed: the strip goes when all can be read."""
        if self._form is not None and not self.isHidden():
            self._say(self._form.unreadable())

    def _say(self, bad: Mapping[str, str]) -> None:
        if not bad or self._form is None:
            self.hide()
            return
        this = "这几项" if len(bad) > 1 else "这一项"
        mend = "改短" if set(bad.values()) == {TOO_LONG} else "改好"
        words = f"{told_why(self._form, bad)}。请{mend}，或者不要{this}；其他内容都会保存。"
        self.ask(words, yes=f"不要{this}，恢复原来的")

    def _give_up(self) -> None:
        form = self._form
        if form is not None:
            bad = form.unreadable()
            form.restore(bad)
            self.hide()
            form.focus_field(next(iter(bad), ""))
            self.given_up.emit()

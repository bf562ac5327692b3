"""A line for the name of somebody who answers for the return; an empty one is asked for below."""

from PySide6.QtWidgets import QLineEdit

from ui.shared.words import label, set_tone


class NameLine(QLineEdit):
    """``typed`` holds what a person typed, by period: it stands there instead of the usual name."""

    def __init__(self, title: str, asking: str) -> None:
        super().__init__()
        self.typed: dict[str, str] = {}
        self._period = ""
        self.setAccessibleName(title)
        self.setMaxLength(60)
        self.head = label(title, "label")
        self.head.setBuddy(self)
        self.asking = label(asking, "small", wraps=True, tone="missing")
        self.asking.hide()
        self.textEdited.connect(self._note)

    def _note(self, text: str) -> None:
        self.typed[self._period] = text

    @property
    def name(self) -> str:
        """The name as it stands there."""
        return self.text().strip()

    @property
    def is_asked(self) -> bool:
        """Whether a name is asked for below."""
        return not self.asking.isHidden()

    def show_name(self, period: str, usual: str) -> None:
        """Show the name typed for a period, else the usual one; the caret stays where nothing changes."""
        self._period = period
        name = self.typed.get(period, usual)
        if name != self.text():
            self.setText(name)

    def ask(self, *, is_wanted: bool) -> None:
        """Say below what to write, if a name is wanted and none stands there."""
        is_asked = is_wanted and not self.name
        self.asking.setVisible(is_asked)
        self.setAccessibleDescription(self.asking.text() if is_asked else "")
        set_tone(self, "missing" if is_asked else "")

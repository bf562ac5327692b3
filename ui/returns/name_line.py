"""A line for the name of somebody who answers for the return; an empty one is asked for below, an unusual one told."""

from PySide6.QtWidgets import QLineEdit

from ui.shared.words import label, set_tone


class NameLine(QLineEdit):
    """``typed`` holds what a person typed, by period: it stands there instead of the usual name.

    What was typed and is the usual name anyway is none: it follows the office when that names somebody else.
    """

    def __init__(self, title: str, asking: str) -> None:
        super().__init__()
        self.typed: dict[str, str] = {}
        self._period = self._usual = self._office = ""
        self.setAccessibleName(title)
        self.setMaxLength(60)
        self.head = label(title, "label")
        self.head.setBuddy(self)
        self.asking = label(asking, "small", wraps=True, tone="missing")
        self.asking.hide()
        self._whose = f"单位信息里的{title.removeprefix('单位')}是"
        self.beside = label("", "small", wraps=True)
        self.beside.hide()
        self.textEdited.connect(self._note)

    def _note(self, text: str) -> None:
        if text.strip() == self._usual:
            self.typed.pop(self._period, None)
        else:
            self.typed[self._period] = text
        self._tell()

    @property
    def name(self) -> str:
        """The name as it stands there."""
        return self.text().strip()

    @property
    def is_asked(self) -> bool:
        """Whether a name is asked for below."""
        return not self.asking.isHidden()

    def show_name(self, period: str, usual: str, *, agreed: str = "", office: str = "") -> None:
        """Show the name typed for a period, else that of a yes that stands, else the usual one.

        A name that is not the one the ``office`` has written down is told below; the caret stays where nothing changes.
        """
        self._period, self._usual, self._office = period, usual, office
        if self.typed.get(period, "").strip() == usual != "":
            del self.typed[period]
        name = self.typed.get(period, agreed or usual)
        if name != self.text():
            self.setText(name)
        self._tell()

    def _tell(self) -> None:
        is_other = bool(self._office and self.name) and self.name != self._office
        self.beside.setText(f"{self._whose}{self._office}。" if is_other else "")
        self.beside.setVisible(is_other)

    def ask(self, *, is_wanted: bool) -> None:
        """Say below what to write, if a name is wanted and none stands there."""
        is_asked = is_wanted and not self.name
        self.asking.setVisible(is_asked)
        self.setAccessibleDescription(self.asking.text() if is_asked else "")
        set_tone(self, "missing" if is_asked else "")

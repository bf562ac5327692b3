"""What all fields share: label, mark while something is missing, control, and one line of words below."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.shared.findings import TONES, Finding
from ui.shared.reading_order import put_in_reading_order
from ui.shared.words import label, set_tone
from xmdesk.problems import problem
from xmdesk.records.base import FieldSpec, Need
from xmdesk.records.values.reading import Bad

LONG = 6
"""Labels of more characters break where large letters leave no room for one line."""
MARKS = {Need.ALWAYS: "必填", Need.TO_SEND: "待填", Need.NO: ""}


class Field(QWidget):
    """One field of a form. ``edited`` fires when the person changed it; what cannot be read stays as typed.

    ``head`` takes more beside the label; ``aside`` stands there in place of the mark for what is missing.
    """

    edited = Signal()
    is_wide = False
    is_typed = False
    """Whether something was typed that the field has not tidied yet."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self.spec = spec
        self._found: Sequence[Finding] | None = None
        self._refused = ""
        self._label = label(spec.label, "label", wraps=len(spec.label) > LONG)
        self._mark = label("", "label", tone="missing")
        self._note: QLabel | None = None
        self._own: QLabel | None = None
        self._rule: QLabel | None = None
        self._control: QWidget | None = None
        self._below: QWidget | None = None
        self.aside = ""
        self.then: QWidget | None = None
        """Where Enter leads instead of to the next control: the usual act, where others stand before it."""
        self.head = head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._label)
        head.addWidget(self._mark)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addStretch(1)
        self.edited.connect(self.refuse)

    def place(self, widget: QWidget, *, buddy: QWidget | None = None) -> None:
        """Put the control under the label and give it its name for screen readers."""
        focus = buddy or widget
        self._control = widget
        self._column.insertWidget(1, widget)
        self._label.setBuddy(focus)
        focus.setAccessibleName(self.spec.label)
        if self.spec.help:
            focus.setToolTip(self.spec.help)
            focus.setAccessibleDescription(self.spec.help)
        self.setFocusProxy(focus)

    def go_inside(self, path: str) -> None:
        """Go on to a part of the field, where it has parts."""

    def read(self) -> Any:
        """Return the value as it is stored; raises ``Bad`` when what stands there cannot be read."""
        raise NotImplementedError

    def fill(self, value: Any) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def forget(self) -> None:
        """Let go of what was typed and of what was said of it: another record comes."""

    def restore(self, value: Any) -> None:
        """Give up what cannot be read for the stored value."""
        self.fill(value)

    def tone_widget(self) -> QWidget | None:
        """Return the control that carries the colour at its edge."""
        return None

    def set_findings(self, found: Sequence[Finding] | None) -> None:
        """Say what the checks found in this field; None when they have not looked yet."""
        self._found = found
        self.refresh()

    def refuse(self, words: str = "") -> None:
        """Say why what stands here was not taken, until it is changed; nothing takes the words away."""
        if words != self._refused:
            self._refused = words
            self.refresh()
            self._describe()

    def refresh(self) -> None:
        """Show how this field stands: unreadable, wrong, missing, explained or fine."""
        tone, words = self._standing()
        is_missing = tone == "missing" and not words
        self._mark.setText(self.aside or ((MARKS[self.spec.need] or "要填") if is_missing else ""))
        self.say(words, tone)
        control = self.tone_widget()
        if control is not None:
            set_tone(control, tone)

    def let_type(self, *, may_type: bool) -> None:
        """Let it be typed into, or only be looked at."""
        self.setEnabled(may_type)
        self.refresh()

    def say(self, words: str, tone: str = "") -> None:
        """Show words below the control, or nothing. The line is made when there is something to say: most never need it."""
        if self._note is None and words:
            self._note = self._line("small", above=2 if self._own else 1)
        if self._note is not None:
            self._note.setText(words)
            set_tone(self._note, tone)
            self._note.setVisible(bool(words))

    @property
    def words(self) -> str:
        """What stands below the control."""
        return _said(self._note)

    @property
    def own_words(self) -> str:
        """The office's own note as it stands below the control."""
        return _said(self._own)

    def set_note(self, words: str) -> None:
        """Show the office's own note on this field, to the eye and to screen readers; nothing takes it away."""
        if self._own is None and words:
            self._own = self._line("own", above=1)
        if self._own is not None:
            self._own.setText(f"批注：{words}")
            self._own.setVisible(bool(words))
        self._describe()

    def stand_below(self, words: QWidget | None) -> None:
        """Put words of others directly below the control, in the place of those before; its description is heard with it."""
        if self._below is not None:
            self._below.hide()
            self._column.removeWidget(self._below)
            self._below.deleteLater()
        self._below = words
        if words is not None and self._control is not None:
            self._column.insertWidget(self._column.indexOf(self._control) + 1, words)
            words.show()
            put_in_reading_order(self)
        self._describe()

    @property
    def rule_words(self) -> str:
        """What F1 says below the control, or nothing."""
        return _said(self._rule)

    def rule(self) -> str:
        """Return what belongs here and how it may be written."""
        from ui.shared.fields.rules import rule_of

        return rule_of(self.spec)

    def explain(self) -> None:
        """Say below the label what belongs here; once more, and the words go."""
        if self._rule is None:
            self._rule = label("", "advice", wraps=True)
            self._column.insertWidget(1, self._rule)
            self._rule.hide()
            put_in_reading_order(self)  # it is heard before the control, as it is seen
        self._rule.setVisible(self._rule.isHidden())
        self._say_rule()

    def _say_rule(self) -> None:
        """Let what F1 says fit where the cursor is, as long as it is shown."""
        if self._rule is not None:
            self._rule.setText(self.rule() if not self._rule.isHidden() else "")
            self._describe()

    def _describe(self) -> None:
        """Let screen readers hear with the control what stands around it."""
        control = self.focusProxy()
        if control is not None:
            below = self._below.accessibleDescription() if self._below is not None else ""
            said = (self._refused, self.rule_words or self.spec.help, below, self.own_words)
            control.setAccessibleDescription("。".join(filter(None, said)))

    def _line(self, role: str, *, above: int) -> QLabel:
        made = label("", role, wraps=True)
        self._column.insertWidget(self._column.count() - above, made)
        return made

    def _standing(self) -> tuple[str, str]:
        try:
            value = self.read()
        except Bad as bad:
            found = problem(bad.code, **bad.facts)
            return "wrong", f"{found.text}{found.to_do}"
        if self._refused:
            return "wrong", self._refused
        is_empty = self.spec.kind.is_empty(value)
        if is_empty and self._is_wanted():
            return "missing", ""
        told = [one for one in self._found or () if not one.is_gap or is_empty]
        if told:
            worst = min(told, key=lambda one: TONES.index(one.tone))
            return worst.tone, f"已说明：{worst.reason}" if worst.reason else worst.problem.text
        return "", self.remark(value)

    def _is_wanted(self) -> bool:
        """Whether this field, empty, waits for an answer: the checks know, and before they looked the note on the field.

        One that cannot be typed into waits for nothing but what the checks name: that counts until it has a reason.
        """
        if self._found is None:
            return self.spec.need is not Need.NO and self.isEnabled()
        return any(one.is_open for one in self._found)

    def remark(self, value: Any) -> str:
        """Return what to say about a value that is fine (an echo of what was understood)."""
        return ""

    def keyPressEvent(self, event: Any) -> None:
        """Enter goes to the next field, as in a sheet."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.then is not None and self.then.isVisible() and self.then.isEnabled():
                self.then.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)


def field_around(widget: QWidget | None) -> Field | None:
    """Return the field in which a widget stands, or None."""
    while widget is not None and not isinstance(widget, Field):
        widget = widget.parentWidget()
    return widget


def _said(line: QLabel | None) -> str:
    return line.text() if line is not None and not line.isHidden() else ""

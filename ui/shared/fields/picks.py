"""Fields that are chosen by typing: a closed list, or another record. Pinyin and characters both find it."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.shared.fields.field import Field
from ui.shared.fields.flow import Flow
from ui.shared.fields.pick_line import TO_FIND, Option, PickLine, is_called, the_one_meant
from ui.shared.words import field_button
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Choice, Reference, References
from xmdesk.records.values.reading import Bad

ADD = "+"
TO_FIND_PERSON = ("输入姓名或拼音首字母", "姓名或拼音首字母", "姓名或拼音")


class Referenced(Protocol):
    """What a form asks about other records."""

    def search(self, register: str, text: str) -> Sequence[Option]:
        """Return (uid, title) of records whose text matches."""
        ...

    def title(self, register: str, uid: str) -> str:
        """Return the title of one record."""
        ...

    def add_person(self, name: str) -> str:
        """Find or make the person of that name and return the uid."""
        ...


class PickField(Field):
    """One choice out of many."""

    def __init__(
        self, spec: FieldSpec, options: Callable[[str], Sequence[Option]], title: Callable[[str], str]
    ) -> None:
        super().__init__(spec)
        self._title = title
        self._options = options
        self._value = ""
        self.line = PickLine(options, self.choose)
        self.line.hint(spec.help, *TO_FIND)
        self._arrow = QAction(self)
        self._arrow.setText("展开列表")
        self._arrow.triggered.connect(self.line.offer_all)
        self.line.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._settle)
        self.is_typed = False
        self._namesakes = 0
        self.place(self.line)

    def set_arrow(self, icon: Any) -> None:
        """Show the arrow that opens the list."""
        self._arrow.setIcon(icon)

    def read(self) -> str:
        """Return the chosen value; text that names none is ``Bad``."""
        if not self.is_typed:
            return self._value
        if not self.line.text().strip():
            return ""
        text = self.line.text().strip()
        if self._namesakes > 1:
            raise Bad("U-PICK-WHICH", text=text[:20], number=self._namesakes)
        raise Bad("U-PICK", text=text[:20])

    def fill(self, value: Any) -> None:
        """Show a stored value."""
        self._value = str(value or "")
        self.is_typed = False
        self.line.show_text(self._title(self._value) if self._value else "")
        self.refresh()

    def choose(self, option: Option) -> None:
        """Take one option."""
        self.fill(option[0])
        self.edited.emit()

    def tone_widget(self) -> QWidget:
        """Return the line."""
        return self.line

    def _standing(self) -> tuple[str, str]:
        """Half a word is no mistake while the list below it is down."""
        return ("", "") if self.is_typed and self.line.is_open else super()._standing()

    def _typed(self) -> None:
        self.is_typed = True
        self._namesakes = 0
        if self.line.is_open:
            self.refresh()
        self.edited.emit()

    def _settle(self) -> None:
        """Take what was typed when it names one option only."""
        text = self.line.text().strip()
        if not self.is_typed:
            return
        self.line.close_list()
        found = [one for one in self._options(text) if one[0] != ADD] if text else []
        self._namesakes = sum(1 for _, title in found if is_called(title, text))
        meant = the_one_meant(found, text, are_records=isinstance(self.spec.kind, Reference))
        if meant is not None:
            self.choose(meant)
        elif not text:
            self.fill("")
        else:
            self.refresh()


class ChoiceField(PickField):
    """One member of a closed list."""

    def __init__(self, spec: FieldSpec) -> None:
        kind = spec.kind
        assert isinstance(kind, Choice)  # noqa: S101 - the registry gives only such
        self._kind = kind
        super().__init__(spec, self._find, kind.show)

    def read(self) -> Any:
        """Return the member or None."""
        value = super().read()
        return self._kind.codes(value) if value else None

    def _find(self, text: str) -> list[Option]:
        from xmdesk.pinyin import matches

        table = self._kind.codes.table()
        return [
            (value, title)
            for value, title, synonyms in table
            if not text or any(matches(text, one) for one in (title, *synonyms))
        ]


class ReferenceField(PickField):
    """One record of a register; persons that are not there yet can be added by name."""

    def __init__(self, spec: FieldSpec, referenced: Referenced) -> None:
        kind = spec.kind
        assert isinstance(kind, Reference)  # noqa: S101 - the registry gives only such
        self._to = kind.to
        self._referenced = referenced
        super().__init__(spec, self._find, lambda uid: referenced.title(kind.to, uid))
        self.line.hint(spec.help, *(TO_FIND_PERSON if kind.to == "persons" else ("输入名称查找", "查找")))

    def choose(self, option: Option) -> None:
        """Take a record, or make the person first."""
        if option[0] == ADD:
            option = (self._referenced.add_person(option[1].split("“")[-1].rstrip("”")), "")
        super().choose(option)

    def _find(self, text: str) -> list[Option]:
        found = list(self._referenced.search(self._to, text))
        is_name = self._to == "persons" and len(text) >= 2 and not text.isascii()
        if is_name and not any(is_called(title, text) for _, title in found):
            found.append((ADD, f"新增人员“{text}”"))
        return found


class ReferencesField(Field):
    """Several records, each a chip that can be taken away."""

    is_wide = True

    def __init__(self, spec: FieldSpec, referenced: Referenced) -> None:
        super().__init__(spec)
        assert isinstance(spec.kind, References)  # noqa: S101 - the registry gives only such
        self._to = spec.kind.to
        self._referenced = referenced
        self._uids: list[str] = []
        self._box = QWidget()
        self._flow = Flow(self._box)
        self.line = PickLine(lambda text: referenced.search(self._to, text), self._add)
        self.line.hint("输入名称查找并添加", "查找并添加")
        self.line.setMinimumWidth(240)
        self._flow.addWidget(self.line)
        self.place(self._box, buddy=self.line)

    def read(self) -> list[str]:
        """Return the uids."""
        return list(self._uids)

    def fill(self, value: Any) -> None:
        """Show stored uids."""
        self._uids = list(value or [])
        while self._flow.count() > 1:
            item = self._flow.takeAt(1)
            if item is not None and item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for uid in self._uids:
            self._flow.addWidget(self._chip(uid))
        self.refresh()

    def _chip(self, uid: str) -> QPushButton:
        title = self._referenced.title(self._to, uid) or "（已不在台账中）"
        made = field_button(f"{title}  ✕", "choice", name=f"去掉 {title}")
        made.clicked.connect(lambda: self._drop(uid))
        return made

    def _add(self, option: Option) -> None:
        self.line.setText("")
        if option[0] not in self._uids:
            self.fill([*self._uids, option[0]])
            self.edited.emit()

    def _drop(self, uid: str) -> None:
        self.fill([one for one in self._uids if one != uid])
        self.edited.emit()

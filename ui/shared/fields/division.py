"""A division code that is found by typing: a name, its sound, its initials, or the first digits; the code is kept."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Signal

from ui.shared.fields.pick_line import Option
from ui.shared.fields.picks import PickField, Referenced
from xmdesk.records.base import FieldSpec
from xmdesk.records.values.reading import Bad

if TYPE_CHECKING:
    from xmdesk.divisions import Division, Picking

TO_FIND = ("输入名称、拼音首字母或代码", "名称、拼音或代码", "名称或代码")
UNKNOWN = "2023 年的区划列表里没有这个代码。新编的代码可以照填，请逐位核对。"


@runtime_checkable
class Beside(Protocol):
    """What the field asks of the window."""

    def aside(self, call: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Read something beside the window; ``then`` gets it."""
        ...


class DivisionField(PickField):
    """``picked`` carries a code of the list that was chosen or typed whole; one that is in no list is kept as typed."""

    picked = Signal(str)

    def __init__(self, spec: FieldSpec, referenced: Referenced) -> None:
        self._picking: Picking | None = None
        self._told = ("", "")
        self._asked = 0
        self._beside = referenced if isinstance(referenced, Beside) else None
        super().__init__(spec, self._offered, str)
        self.line.hint(*TO_FIND)
        self.line.installEventFilter(self)
        self._is_warm = False
        self._here = [True]
        self.destroyed.connect(self._here.clear)

    def read(self) -> str:
        """Return the code; a name of which none was chosen is ``Bad``."""
        text = self.line.text().strip()
        if not self.is_typed:
            return self._value
        if any(sign.isalpha() for sign in text):
            raise Bad("U-DIVISION", text=text[:20])
        return self.spec.kind.read(text).value

    def fill(self, value: Any) -> None:
        """Show a stored code; what is still being looked for is not wanted any more."""
        self._asked += 1
        super().fill(value)

    def choose(self, option: Option) -> None:
        """Take one division."""
        super().choose(option)
        self.picked.emit(option[0])

    def remark(self, value: Any) -> str:
        """Say which division a code is."""
        code = str(value or "")
        if self._told[0] != code:
            self._told = (code, (self._pick.divisions.full_name(code) if self._is_known(code) else UNKNOWN))
        return self._told[1] if code else ""

    def _is_known(self, code: str) -> bool:
        return self._pick.divisions.get(code) is not None

    def _settle(self) -> None:
        """Take what was typed: a whole code, or a name that only one division has."""
        if not self.is_typed:
            return
        self.line.close_list()
        try:
            code = self.read()
        except Bad as bad:
            found = self._pick.find(self.line.text().strip()) if bad.code == "U-DIVISION" else []
            if len(found) == 1:
                self.choose((found[0].code, ""))
            else:
                self.refresh()
            return
        if self._is_known(code):
            self.choose((code, code))
        else:
            self.fill(code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever comes here will type: have the lists ready."""
        if event.type() == QEvent.Type.FocusIn and self._beside is not None and not self._is_warm:
            self._is_warm = True
            self._beside.aside(self._pick.warm, lambda _: None)
        return super().eventFilter(watched, event)

    def _offered(self, text: str) -> Sequence[Option]:
        """Return at once what the home city has; the whole country is looked through beside the window."""
        self._asked += 1
        pick, number = self._pick, self._asked
        found = pick.near(text) if text else pick.onward(self._value)
        if found or not text or self._beside is None:
            return self._options_of(found or pick.far(text))

        def show(options: Sequence[Option]) -> None:
            if self._here and number == self._asked:
                self.line.show_options(options)

        self._beside.aside(lambda: self._options_of(pick.far(text)), show)
        return ()

    def _options_of(self, found: "Sequence[Division]") -> list[Option]:
        return [(one.code, f"{self._pick.way(one.code)}   {one.code}") for one in found]

    @property
    def _pick(self) -> "Picking":
        if self._picking is None:
            from xmdesk.divisions import Picking

            self._picking = Picking()
        return self._picking

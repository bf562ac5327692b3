"""What is being typed into a form survives a crash: kept in the encrypted book, offered again, dropped when saved."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from ui.registers.editor import Editor
from ui.shared.surroundings import Surroundings
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers

KEEP_EVERY_MS = 3000
QUESTION = "程序上次没有正常关闭，这条的内容还没有保存。要接着填吗？"


class DraftKeeper(QObject):
    """Keeps the open form at most every three seconds while it is being changed."""

    def __init__(self, register: Register, registers: "Registers", editor: Editor, around: Surroundings) -> None:
        super().__init__(editor)
        from xmdesk.services.drafts import Drafts

        self._register = register
        self._registers = registers
        self._editor = editor
        self._around = around
        self.drafts = Drafts(registers.store)
        self._is_kept = False
        self.pause = QTimer(self, singleShot=True, interval=KEEP_EVERY_MS)
        self.pause.timeout.connect(self.keep)
        editor.typed.connect(self._edited)
        editor.saved.connect(lambda _: self.drop())
        editor.dropped.connect(self.drop)

    def keep(self) -> None:
        """Write the form as it stands now, if there is anything that is not saved."""
        record = self._editor.record
        if record is None or not self._editor.is_dirty:
            return
        self._is_kept = True
        self._around.work.now(lambda: self.drafts.keep(self._register.name, record))

    def drop(self) -> None:
        """Forget the draft: what it held is saved, or given up."""
        self.pause.stop()
        if self._is_kept:
            self._is_kept = False
            self._around.work.now(lambda: self.drafts.drop(self._register.name))

    def offer(self) -> None:
        """Ask once whether what a crash left behind should be taken up again."""
        if self._is_kept or self._editor.is_dirty:
            return
        found: Any = self.drafts.left_behind(self._register.name)
        if found is None:
            return
        self._is_kept = True
        words = self._registers.title_of(found) or f"未命名{self._register.noun}"
        if not self._around.dialogs.confirm(f"找回没保存的内容：{words}", QUESTION, yes="接着填", no="不要了"):
            self.drop()
        elif self._editor.leave():
            self._editor.show_begun(found, is_new=self._registers.get(self._register.name, found.uid) is None)

    def _edited(self) -> None:
        if not self.pause.isActive():
            self.pause.start()

"""Photos of a record: chosen or dropped, shown small, taken away again. Optional everywhere."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.shared.fields.field import Field
from ui.shared.fields.flow import Flow
from ui.shared.words import field_button, frame, set_tone
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Reference, References

KINDS = (".jpg", ".jpeg", ".png")
HEIGHT = 84
TO = "attachments"
REPLACED = "换下了原来的那一张，要找回按 Ctrl+Z。"
ONE_ONLY = "这里只放一张，另外 {} 张没有放。"


@runtime_checkable
class Photographing(Protocol):
    """What the field asks about photos."""

    def choose_photos(self) -> Sequence[Path]:
        """Let the person choose files."""
        ...

    def take_photos(self, files: Sequence[Path], held: int, then: Callable[[Sequence[str], str], None]) -> None:
        """Take files in; ``then`` gets the uids and what should be said about them."""
        ...

    def picture(self, uid: str) -> tuple[str, bytes]:
        """Return name and bytes of a photo; no bytes when it is gone."""
        ...


def shows_photos(kind: object) -> bool:
    """Tell whether a kind refers to attachments."""
    return isinstance(kind, Reference | References) and kind.to == TO


class PhotosField(Field):
    """One or several photos as tiles; a field for one photo shows the newest only."""

    is_wide = True

    def __init__(self, spec: FieldSpec, photos: Photographing) -> None:
        super().__init__(spec)
        self._photos = photos
        self._is_single = isinstance(spec.kind, Reference)
        self._uids: list[str] = []
        self._said = ""
        self._left_over = 0
        self._box = frame("drop")
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(10, 10, 10, 10)
        tiles = QWidget()
        self._flow = Flow(tiles)
        inside.addWidget(tiles)
        self.add = field_button("添加照片", "choice")
        self.add.setToolTip("选择照片，或从文件夹拖到这里（JPEG、PNG）")
        self.add.clicked.connect(lambda: self.take(self._photos.choose_photos()))
        self._flow.addWidget(self.add)
        self.setAcceptDrops(True)
        self.place(self._box, buddy=self.add)
        self.add.setAccessibleName(f"添加{spec.label}")

    def read(self) -> Any:
        """Return the uids, or the one uid."""
        return (self._uids[0] if self._uids else "") if self._is_single else list(self._uids)

    def fill(self, value: Any) -> None:
        """Show stored photos."""
        self._said = ""
        self._show([value] if isinstance(value, str) and value else list(value or []))

    def remark(self, value: Any) -> str:
        """Say what was noticed about the photos just added."""
        return self._said

    @property
    def gives_way(self) -> bool:
        """Whether a further photo would take the place of the one that is shown."""
        return self._is_single and bool(self._uids)

    def take(self, files: Sequence[Path]) -> None:
        """Take photos in and show them."""
        self._left_over = max(len(files) - 1, 0) if self._is_single else 0
        if files:
            held = 0 if self._is_single else len(self._uids)
            self._photos.take_photos(files[:1] if self._is_single else files, held, self._taken)

    def _taken(self, uids: Sequence[str], said: str) -> None:
        told = [said]
        if uids:
            told += [REPLACED] if self.gives_way else []
            told += [ONE_ONLY.format(self._left_over)] if self._left_over else []
            self._show(list(uids[:1]) if self._is_single else [*self._uids, *uids])
        self._said = "".join(told)
        self.refresh()
        if uids:
            self.edited.emit()

    def _show(self, uids: list[str]) -> None:
        self._uids = uids
        while self._flow.count() > 1:
            item = self._flow.takeAt(1)
            if item is not None and item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for uid in uids:
            self._flow.addWidget(self._tile(uid))
        self.refresh()

    def _tile(self, uid: str) -> QWidget:
        name, content = self._photos.picture(uid)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        picture = QLabel("照片不在了" if not content else "")
        pixmap = QPixmap()
        if content and pixmap.loadFromData(content):
            ratio = self.devicePixelRatioF()
            smooth = Qt.TransformationMode.SmoothTransformation
            pixmap = pixmap.scaledToHeight(round(HEIGHT * ratio), smooth)
            pixmap.setDevicePixelRatio(ratio)
            picture.setPixmap(pixmap)
        picture.setToolTip(name)
        picture.setAccessibleName(f"照片 {name}")
        away = field_button("去掉", "link", name=f"去掉照片 {name}")
        away.clicked.connect(lambda: self._drop(uid))
        column.addWidget(picture)
        column.addWidget(away)
        return made

    def _drop(self, uid: str) -> None:
        self._said = ""
        self._show([one for one in self._uids if one != uid])
        self.edited.emit()

    def dragEnterEvent(self, event: Any) -> None:
        """Take files with a picture's name only."""
        if _dropped(event):
            set_tone(self._box, "good")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: Any) -> None:
        """Look as before."""
        set_tone(self._box, "")

    def dropEvent(self, event: Any) -> None:
        """Take the files in."""
        set_tone(self._box, "")
        self.take(_dropped(event))


def _dropped(event: Any) -> list[Path]:
    paths = [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]
    return [one for one in paths if one.suffix.lower() in KINDS]

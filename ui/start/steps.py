"""The first step of the first start; choosing the office has a module of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.shared.secret_steps import Step
from ui.shared.surroundings import Surroundings
from ui.shared.words import Button, label

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class _Card(Button):
    """A button as high as what lies in it. ``walked`` fires on an arrow key, which chooses nothing."""

    walked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.inside = QVBoxLayout(self)
        self.setProperty("role", "card")
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Broken lines need more height where the card is narrow."""
        return max(self.inside.heightForWidth(width), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows only walk: Qt's own walk between alternatives would press where it arrives."""
        if event.key() in ARROWS:
            self.walked.emit()
        else:
            super().keyPressEvent(event)


class DeskStep(Step):
    """Clerk or reviewer, as two large cards."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__("这台电脑用来做什么？", "点一张卡片就往下走。选一次就好，以后打开直接进入。")
        self._around = around
        self.desk = ""
        self.cards: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(16)
        texts = {
            "clerk": ("填报", "村、社区用", "登记设施、管护清单、灾害信息员、避灾点、法律明白人，按期上报。"),
            "reviewer": ("接收和审核", "区、镇街用", "接收各村的上报文件，核验、审核、退回、汇总。"),
        }
        for desk, (heading, who, words) in texts.items():
            self.cards[desk] = self._card(desk, heading, who=who, words=words)
            row.addWidget(self.cards[desk])
        self._column.addLayout(row)
        self._column.addStretch(1)
        around.icons.changed.connect(self._dress)
        self._dress()

    def _card(self, desk: str, heading: str, *, who: str, words: str) -> QPushButton:
        card = _Card(f"{heading}，{who}")
        card.setCheckable(True)
        inside = card.inside
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(8)
        picture = label("")
        picture.setObjectName(f"picture-{desk}")
        for one in (picture, label(heading, "heading"), label(who, "muted"), label(words, wraps=True)):
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(one)
        inside.addStretch(1)
        card.clicked.connect(lambda: self.choose(desk))
        card.walked.connect(lambda: next(one for other, one in self.cards.items() if other != desk).setFocus())
        return card

    def begin(self) -> None:
        """Let the arrows walk between the cards at once."""
        (self.cards.get(self.desk) or self.cards["clerk"]).setFocus()

    def choose(self, desk: str) -> None:
        """Take one desk and go on."""
        self.desk = desk
        for other, card in self.cards.items():
            card.setChecked(other == desk)
        self.changed.emit()
        self.done.emit()

    @property
    def is_ready(self) -> bool:
        """Whether a desk was chosen."""
        return bool(self.desk)

    def _dress(self) -> None:
        for desk, card in self.cards.items():
            picture = card.findChild(QWidget, f"picture-{desk}")
            picture.setPixmap(self._around.icons.get(desk, "accent").pixmap(36, 36))  # type: ignore[union-attr]  # a label

"""A file dropped anywhere on the window: one sentence on what it is, and a yes or no before anything happens."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.surroundings import Surroundings
from ui.shared.whence import Whence
from ui.shared.words import button, label, set_role, set_tone
from xmdesk.files import shown_name
from xmdesk.services.practising import is_practice

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

PLACES = {
    "clerk": {"ledger": "imports", "blank_form": "filling"},
    "reviewer": {
        "submission": "inbox",
        "forwarding_slip": "inbox",
        "roster": "tasks",
        "enrolment_request": "certificates",
        "enrolment_grant": "certificates",
    },
}
BACKUP = "backup"
REBUILD = "rebuild"
"""Not a page: an own return or its receipt fills in what the book has lost."""
UNKNOWN = "TAKE-UNKNOWN-RETURN"
WRONG_DIGITS = "T-DIGITS-WRONG"
OVER = ("REBUILD-STOPPED", "REBUILD-EXPIRED")
"""An own return sealed with a certificate that was stopped or has expired since: a person has to know it again."""
NEXT = "next"
"""Not a page either: the next of several files that were dropped together."""
PICTURES = (".jpg", ".jpeg", ".png")
PHOTO = "photo"
"""Nor is this: the record in front takes the picture."""
LEAVE = "lock"
"""Out of the practice book; what waits here is looked at again once the real one is open."""
GO, FIND, FIND_STILL = "继续", "找回台账", "仍然找回"
TAKEN = frozenset({"receipt", "correction_slip", "collection_task"})
SEALED = TAKEN | {"submission", "enrolment_grant", "enrolment_request", "forwarding_slip"}
REAL_IN_PRACTICE = (
    "现在打开的是练习册，真的密封文件不往这里放。"
    "请结束练习，打开本单位的台账，再拖进来；点“结束练习”的，打开以后接着看它，不用再拖一次。"
)
ONLY_PRACTICE = "现在打开的是练习册：放进来只是练习，都不算数；真要放的，请结束练习，打开本单位的台账再放。"
TO_DO = {
    ("clerk", "submission"): (
        "上报件由区（镇街）接收，村（社区）不用再收。只有台账丢了才用“找回台账”：只补缺，不改已有的。"
    ),
    ("clerk", "enrolment_request"): "开通申请请交给区里。",
    ("clerk", "roster"): "应报名册由区里使用，村（社区）的台账请在“导入表格”里选列。",
    ("clerk", "picture"): "先打开要放照片的那一条记录，再把它拖进来。",
    ("clerk", "forwarding_slip"): "请交给区里。",
    ("reviewer", "ledger"): "审核端不保管台账，请交给填报单位导入。",
    ("reviewer", "blank_form"): "审核端不保管台账，请交给填报单位填写。",
    ("reviewer", "receipt"): "回执请交给填报单位。",
    ("reviewer", "correction_slip"): "退回单请交给填报单位。",
    ("reviewer", "collection_task"): "采集任务请交给填报单位。",
    ("reviewer", "picture"): "这里不收照片。",
}


class DropPanel(QFrame):
    """A banner above the page. ``delivered`` carries the place, the paths and what was recognised, ``pictured`` a picture.

    ``photo_home`` says where in the page in front a picture would go, ``may_go`` whether that page lets one go to a place.
    """

    delivered = Signal(str, list, object)
    pictured = Signal(list)

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk, self._around = desk, around
        self.photo_home: Callable[[], str] = lambda: ""
        self.may_go: Callable[[str], bool] = lambda _: True
        self._kind = desk.office.desk()
        self._practises = is_practice(desk)
        self._paths: list[Path] = []
        self._rest: list[Path] = []
        self._pictures: list[Path] = []
        self._found: Any = None
        self._place = ""
        self._back = Whence()
        self._knows_it = False
        self.setProperty("role", "offer")
        self._name = label("", "heading")
        self.words = label("", wraps=True)
        self.digits = QLineEdit()
        self.digits.setAccessibleName("区里纸质通知上的后 8 位数字")
        self.digits.setPlaceholderText("区里纸质通知上的后 8 位数字")
        self.digits.setMinimumWidth(300)
        self.go, self.no = button("继续", "primary"), button("不了")
        self._build()
        self.go.clicked.connect(self._go)
        self.no.clicked.connect(self._pass_over)
        self.digits.returnPressed.connect(self._go)
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        for one in (self._name, self.words):
            column.addWidget(one)
        column.addWidget(self.digits, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 16, 12)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self.go)
        row.addWidget(self.no)

    def drop(self, paths: list[Path]) -> None:
        """Deal with what was dropped now; what still waits in the banner comes after it."""
        answered = [] if self._place else self._paths
        self.take(paths, [one for one in self.waiting if one not in paths and one not in answered])

    def take(self, paths: list[Path], later: Sequence[Path] = ()) -> None:
        """Tell what was dropped and wait for yes or no; of several files a village deals with one after the other."""
        if not paths:
            return
        self._paths, self._rest, self._pictures = paths, [*later], []
        self._found, self._knows_it = None, False
        if self._kind == "reviewer" and (len(paths) > 1 or paths[0].is_dir()):
            self._offer(f"{len(paths)} 个文件或文件夹", f"按上报件逐份核验，再收进收件箱。{self._rest_words}", "inbox")
            return
        from xmdesk.services.recognising import recognise

        self._paths, self._rest = paths[:1], [*paths[1:], *later]
        job: Callable[[Any], Any] = lambda _: recognise(paths[0])  # noqa: E731 - one use
        self._around.work.long("辨认文件", job, self._recognised, refused=self._say_trouble)

    @property
    def waiting(self) -> list[Path]:
        """What was dropped and is not dealt with yet; over a lock the window holds it, to be offered again."""
        in_front = [] if self._place == NEXT else [*self._paths, *self._pictures]
        return [] if self.isHidden() else [*in_front, *self._rest]

    @property
    def _rest_words(self) -> str:
        return f"还有 {len(self._rest)} 个文件，办完这个接着来。" if self._rest else ""

    def dismiss(self) -> None:
        """Put the banner away, with what still waits, and go back to where the person was."""
        self._rest = []
        self.hide()
        self._back.go_back()

    def _pass_over(self) -> None:
        """Say no to this file; the next one may be wanted."""
        if self._rest and self._place != NEXT:
            self.take(self._rest)
        else:
            self.dismiss()

    def _follow(self) -> None:
        """Offer the next file above the page where the one before is being dealt with; the cursor stays there."""
        self.hide()
        if not self._rest:
            return
        here = self.window().focusWidget()
        words = "这一个办好了，再接着办下一个。"
        self._offer(f"还有 {len(self._rest)} 个文件，下一个是 {shown_name(self._rest[0])}", words, NEXT)
        self._back.remember(here)
        if here is not None:
            here.setFocus()

    def _recognised(self, found: Any) -> None:
        self._found = found
        kind = str(found.kind)
        if self._practises and kind in SEALED:
            self._offer(shown_name(self._paths[0]), f"{_kind_only(found.text)}{REAL_IN_PRACTICE}", LEAVE)
            return
        place, more = self._placed(kind)
        practised = ONLY_PRACTICE if self._practises and place in (*PLACES["clerk"].values(), PHOTO) else ""
        words = "".join((_kind_only(found.text) if place == REBUILD else found.text, more, practised, self._rest_words))
        digits = place == "settings" and kind != BACKUP
        self._offer(shown_name(self._paths[0]), words, place, digits=digits, is_usual=place != REBUILD)

    def _placed(self, kind: str) -> tuple[str, str]:
        """Where such a file goes, and what to say about that."""
        more = TO_DO.get((self._kind, kind), "")
        if self._kind == "clerk" and (kind in TAKEN or kind == "enrolment_grant"):
            return "settings" if kind == "enrolment_grant" else "returns", more
        if kind == BACKUP:
            return "settings", "点“继续”到“备份与恢复”，输入做备份时的密码或恢复码。"
        if (self._kind, kind) == ("clerk", "submission"):
            return REBUILD, more
        if kind == "picture" and (home := self.photo_home()):
            self._pictures, self._rest = _parted(self._rest)
            with_others = f"连同另外 {len(self._pictures)} 张，" if self._pictures else ""
            return PHOTO, f"{with_others}放进{home}，缩小以后收进台账册。"
        return PLACES[self._kind].get(kind, ""), more

    def _offer(self, name: str, words: str, place: str, *, digits: bool = False, is_usual: bool = True) -> None:
        """``is_usual``: to go ahead is what most people want, and what Enter does."""
        self._place = place
        self._name.setText(name)
        self.words.setText(words)
        self._tone("explained" if place else "missing")
        self.digits.setVisible(digits)
        self.digits.clear()
        self.go.setVisible(bool(place))
        self._name_answers(place, is_usual=is_usual)
        here = self.window().focusWidget()
        if here is None or not self.isAncestorOf(here):
            self._back.remember(here)
        self.show()
        (self.digits if digits else self.go if place and is_usual else self.no).setFocus()

    def _name_answers(self, place: str, *, is_usual: bool) -> None:
        """Let Enter do the usual thing: filling in what is lost is for those who lost something."""
        no = "不了" if place and is_usual else "知道了"
        self.go.setText({REBUILD: FIND, NEXT: "接着办下一个", PHOTO: "放进去", LEAVE: "结束练习"}.get(place, GO))
        self.no.setText("都不办了" if place == NEXT else f"{no}，下一个" if self._rest else no)
        for one in (self.go, self.no):
            one.setAccessibleName(one.text())
        set_role(self.go, "primary" if is_usual else "")
        set_role(self.no, "" if is_usual else "primary")

    def _say_trouble(self, error: Any) -> None:
        """Say in place why it was not taken; digits that were mistyped are asked for again."""
        if error.code == WRONG_DIGITS:
            self._offer(shown_name(self._paths[0]), f"{error.happened}{error.to_do}", "settings", digits=True)
            self._tone("wrong")
            return
        lost = self._kind == "clerk" and error.code == UNKNOWN
        more = "台账丢了的，可以用这份回执找回：只补缺，不改已有的。" if lost else ""
        self._knows_it = error.code in OVER
        place = REBUILD if lost or self._knows_it else ""
        words = f"{error.happened}{error.to_do}{more}"
        self._offer(shown_name(self._paths[0]), words, place, is_usual=not self._knows_it)
        if self._knows_it:
            self.go.setText(FIND_STILL)
            self.go.setAccessibleName(FIND_STILL)
        self._tone("wrong")

    def _tone(self, tone: str) -> None:
        set_tone(self, tone)

    def _go(self) -> None:
        kind = str(self._found.kind) if self._found is not None else ""
        if self._place == NEXT:
            self.take(self._rest)
        elif self._place == LEAVE:
            self._around.travel.to(LEAVE)
        elif kind == BACKUP:
            self._deliver()
        elif self._place == "settings" and len(_digits(self.digits.text())) < 8:
            set_tone(self.digits, "wrong")
            self.digits.setFocus()
        elif self._place == REBUILD:
            self._rebuild()
        elif self._place == PHOTO:
            self.hide()
            self.pictured.emit([*self._paths, *self._pictures])
            self._follow()
        elif self._place in ("settings", "returns"):
            self._take_letter(kind)
        else:
            self._deliver()

    def _deliver(self) -> None:
        """Hand the file over; where the page in front waits for an answer first, the file waits here."""
        if not self.may_go(self._place):
            return
        self.hide()
        self.delivered.emit(self._place, self._paths, self._found)
        self._follow()

    def _take_letter(self, kind: str) -> None:
        """Let a sealed letter of the district in; a refusal stays in this banner."""
        path, desk, typed = self._paths[0], self._desk, _digits(self.digits.text())

        def job(_: Any) -> tuple[Any, int]:
            if kind == "enrolment_grant":
                return desk.enrolling.accept(path, root_digits_typed=typed), 0
            taken = desk.reviewing.take(path)
            if taken.applied or kind != "receipt":
                return taken, 0
            from xmdesk.services.rebuilding import Rebuilding

            return taken, Rebuilding(desk).lacking(path)

        self._around.work.long("核验并收下", job, lambda told: self._taken(*told), refused=self._say_trouble)

    def _rebuild(self) -> None:
        """Fill in what the book has lost, after a backup; nothing that stands there is changed."""
        path, desk, knows_it = self._paths[0], self._desk, self._knows_it

        def job(progress: Any) -> Any:
            from xmdesk.services.rebuilding import Rebuilding

            progress.step(0, 2, "正在备份…")
            desk.before_bulk()
            progress.step(1, 2, "正在核验并找回…")
            return Rebuilding(desk).rebuild(path, knows_it=knows_it)

        self._around.work.long("找回台账", job, self._rebuilt, refused=self._say_trouble)

    def _rebuilt(self, made: Any) -> None:
        words = f"找回 {sum(made.added.values())} 条，已有的 {made.kept} 条没有改动。"
        more = "".join(f"{one.text}{one.to_do}" for one in made.problems)
        self._offer(shown_name(self._paths[0]), f"{words}{more}", "")
        self._paths = []
        self._tone("good")
        self._around.changes.announce(words)

    def _taken(self, taken: Any, lacking: int) -> None:
        """``lacking`` counts the records of a known receipt that the book does not hold: its rebuilding may have been undone."""
        remark = getattr(taken, "remark", None)
        if remark is not None and lacking:
            words = f"{remark.text}里面有 {lacking} 条现在的台账里没有，丢了的可以用它找回：只补缺，不改已有的。"
            self._offer(shown_name(self._paths[0]), words, REBUILD, is_usual=False)
            return
        self.hide()
        self.delivered.emit(self._place, [], None)
        if period := getattr(taken, "period", ""):
            self._around.travel.to(self._place, period)
        self._around.changes.announce(f"{remark.text}" if remark else f"已收下 {shown_name(self._paths[0])}")
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape says no."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


def _kind_only(text: str) -> str:
    """What the file is, without what would happen to it elsewhere."""
    return f"{text.partition('；')[0]}。"


def _parted(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Those that are called as pictures are, and the others."""
    pictures = [one for one in paths if one.suffix.lower() in PICTURES]
    return pictures, [one for one in paths if one not in pictures]


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())

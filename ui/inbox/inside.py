"""A received return, open: its forms on the left, beside them the rows of one, the explanations, or the pages as they came."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.inbox.changed import compared_words
from ui.inbox.explained import ExplanationsView
from ui.inbox.rows import RowsView
from ui.shared.arranging import is_large
from ui.shared.pdf_view import MOST_PAGES, PdfView
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, shorten

if TYPE_CHECKING:
    from xmdesk.services.looking_in import FormInside, Inside
    from xmdesk.services.reviewing import Point

FORMS_WIDE, MARKED_WIDE = 225, 260
SHOWN = 160
EXPLANATIONS = "explanations"
NIL = "零报告：村里签名说明，这张表本期没有可报的。"
EMPTY = "这张表没有行。"
FIRST_PAGES = f"只显示前 {MOST_PAGES} 页。"


class InsideView(QWidget):
    """``picked`` carries the point that was picked, ``escaped`` fires at Esc."""

    picked = Signal(object)
    escaped = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._inside: Inside | None = None
        self._takes_points = True
        self._views: dict[str, QWidget] = {}
        self.forms = PlainTable(("表", "填报"), (3, 1), around.icons, name="上报的表")
        self.forms.setFixedWidth(around.icons.theme.px(FORMS_WIDE))
        self.pages = PdfView()
        self.pages.setAccessibleName("上报件的页面")
        self._stack, self._finders = QStackedWidget(), QStackedWidget()
        self._stack.addWidget(self.pages)
        self._finders.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._no_search = QWidget()
        self._finders.addWidget(self._no_search)
        self._here, self._count = label("", "muted", wraps=True), label("", "muted")
        self.pick = button("退回这一处")
        self.whole = button("退回整张表")
        self._head, self._foot = QWidget(), QWidget()
        self._build()
        self.forms.chosen.connect(self._show_form)
        self.forms.activated.connect(lambda _: self.begin())
        self.pick.clicked.connect(self._pick)
        self.whole.clicked.connect(self._pick_whole)

    def _build(self) -> None:
        head = QVBoxLayout(self._head) if is_large(self._around) else QHBoxLayout(self._head)
        picks, foot = QHBoxLayout(), QHBoxLayout(self._foot)
        for line in (head, picks, foot):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
        head.addWidget(self._finders, 1)
        head.addLayout(picks)
        picks.addWidget(self.whole)
        picks.addWidget(self.pick)
        if is_large(self._around):
            picks.addStretch(1)
        foot.addWidget(self._here, 1)
        foot.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._head)
        right.addWidget(self._stack, 1)
        right.addWidget(self._foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.forms)
        row.addLayout(right, 1)

    def show_inside(self, inside: "Inside") -> None:
        """Show a return from its first form in which something moved, else from the first that has rows."""
        self.forget()
        self._inside = inside
        lines = [_form_line(one, inside) for one in inside.forms]
        wide = FORMS_WIDE if inside.former is None else MARKED_WIDE
        self.forms.setFixedWidth(self._around.icons.theme.px(wide))
        if inside.explanations:
            lines.append(Line(EXPLANATIONS, ("出错说明", f"{len(inside.explanations)} 条")))
        self.forms.show_lines(lines)
        telling = [one for one in inside.forms if one.moves] or [one for one in inside.forms if one.rows]
        self.forms.selectRow(inside.forms.index(telling[0]) if telling else 0)

    def allow_points(self, *, is_allowed: bool) -> None:
        """Offer to pick places, or only to look."""
        self._takes_points = is_allowed
        if self._key and self._stack.currentWidget() is self._front:
            self._show_form(self._key)

    def forget(self) -> None:
        """Let go of the return that was open."""
        self.forms.show_lines([])
        for one in self._views.values():
            self._stack.removeWidget(one)
            one.deleteLater()
            if isinstance(one, RowsView):
                self._finders.removeWidget(one.finder)
                one.finder.deleteLater()
        self._views = {}
        self._inside = None
        self.pages.show_words("")
        self._head.hide()
        self._foot.hide()

    def begin(self) -> None:
        """Put the cursor into the form in front."""
        view = self._front
        target = view.table if isinstance(view, RowsView | ExplanationsView) else self.whole
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Put the cursor into the search line of the form in front, if it has one."""
        if isinstance(self._front, RowsView):
            self._front.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def wait_for_pages(self) -> None:
        """Turn to the pages, which are still being drawn."""
        self.pages.show_words("正在取页面…")
        self._head.hide()
        self._foot.hide()
        self._stack.setCurrentWidget(self.pages)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_pages(self, images: list[Any]) -> None:
        """Show the pages as they came."""
        self.wait_for_pages()
        self.pages.show_pages(images)
        self._count.setText(FIRST_PAGES)
        self._here.setText("")
        self._foot.setVisible(len(images) >= MOST_PAGES)

    def show_forms(self) -> None:
        """Go back from the pages to the form in front."""
        self._show_form(self._key)

    def go_to(self, point: "Point") -> None:
        """Show the place of a point; a point about the whole return has none."""
        keys = [one.key for one in self.forms.lines.lines]
        if point.register in keys:
            self.forms.selectRow(keys.index(point.register))
            self._show_form(point.register)
            if isinstance(self._front, RowsView) and point.row_no:
                self._front.go_to(point)
            self.begin()

    @property
    def _key(self) -> str:
        return self.forms.in_front.key if self.forms.in_front is not None else ""

    @property
    def _front(self) -> QWidget | None:
        return self._views.get(self._key)

    def _show_form(self, key: str) -> None:
        if self._inside is None or not key:
            return
        if key not in self._views:
            self._views[key] = self._made(key, self._inside)
            self._stack.addWidget(self._views[key])
        view = self._views[key]
        self._stack.setCurrentWidget(view)
        self._finders.setCurrentWidget(view.finder if isinstance(view, RowsView) else self._no_search)
        self.pick.setVisible(self._takes_points and isinstance(view, RowsView | ExplanationsView))
        self.pick.setText("不接受，退回这一处" if key == EXPLANATIONS else "退回这一处")
        self.pick.setAccessibleName(self.pick.text())
        self.whole.setVisible(self._takes_points and key != EXPLANATIONS)
        self._head.show()
        self._foot.show()
        self._say()

    def _made(self, key: str, inside: "Inside") -> QWidget:
        if key == EXPLANATIONS:
            view: Any = ExplanationsView(inside.explanations, self._around)
        else:
            form = next(one for one in inside.forms if one.register == key)
            if not form.rows and not form.gone:
                return _words(NIL if form.is_nil else EMPTY)
            view = RowsView(inside, form, self._around)
            view.escaped.connect(self.escaped)
            self._finders.addWidget(view.finder)
        view.picked.connect(self._pick)
        view.moved.connect(self._say)
        return view

    def _say(self) -> None:
        """Name what is in front, with all that stands there: a cell may be too narrow for it."""
        view = self._front
        self._count.setText(view.count if isinstance(view, RowsView) else "")
        self._count.setToolTip(view.compared if isinstance(view, RowsView) else "")
        if not isinstance(view, RowsView | ExplanationsView):
            self._here.setText("")
            return
        self.pick.setEnabled(view.has_one)
        self._here.setText(shorten(view.here, SHOWN))
        self._here.setToolTip(view.here)

    def _pick(self) -> None:
        view = self._front
        if self._takes_points and isinstance(view, RowsView | ExplanationsView) and self.pick.isEnabled():
            self.picked.emit(view.point)

    def _pick_whole(self) -> None:
        if self._inside is not None:
            self.picked.emit(self._inside.point(self._key))


def _words(text: str) -> QLabel:
    made = label(text, "muted", wraps=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def _form_line(form: "FormInside", inside: "Inside") -> Line:
    """A form with rows that moved carries a mark; its tip says how many of which kind."""
    tone = "doubt" if form.moves else ""
    tip = compared_words(form, inside)
    extent = "零报告" if form.is_nil else f"{form.rows} 行"
    return Line(form.register, (form.title, extent), tone=tone, icon="own" if tone else "", tip=tip)

"""A register or table as a printed form: head marks, title, office line, rows, notes, signatures."""

from xmdesk.documents.columns import comfortable
from xmdesk.documents.flow import PORTRAIT, Flow, Margins
from xmdesk.documents.fonts import SANS, SERIF, Font
from xmdesk.documents.lines import balanced, first_line, fold
from xmdesk.documents.marks import (
    STAMP_SIDE,
    draw_marks,
    draw_signature,
    draw_stamp,
    signature_height,
)
from xmdesk.documents.paper import A4_PORTRAIT, MM, Box, Paper
from xmdesk.documents.parts import Align, Column, RegisterForm
from xmdesk.documents.table import Table, draw_table

NIL_TEXT = "零 报 告　　本期无应报内容"
NO_ROWS_TEXT = "（无记录）"

_TITLE = Font(SANS, 17)
_SUBTITLE = Font(SERIF, 11)
_LINE = Font(SERIF, 9.5)
_NOTE = Font(SERIF, 8.5)
_RUNNING = Font(SERIF, 8.5)
_TALL_ROW = 8.5 * MM


def lay_register(paper: Paper, form: RegisterForm) -> Flow:
    """Lay a form out on its own pages."""
    table = _table(form)
    flow = Flow(paper, _is_landscape(form, table), lambda later: _running_head(later, form))
    _head(flow, form)
    tail = _tail_height(flow, form)
    draw_table(flow, table, tail=tail)
    _tail(flow, form, tail)
    return flow


def _table(form: RegisterForm) -> Table:
    empty = NIL_TEXT if form.nil else NO_ROWS_TEXT
    rows = form.rows + (("",) * len(form.columns),) * form.blank_rows
    columns, totals = form.columns, form.totals
    if form.numbered:
        columns = (Column(("序号",), Align.CENTRE), *columns)
        rows = tuple([(str(number), *row) for number, row in enumerate(rows, start=1)])
        totals = ("合计", *totals) if totals else ()
    return Table(columns, rows, totals, empty, _TALL_ROW if form.blank_rows else 17.0)


def _is_landscape(form: RegisterForm, table: Table) -> bool:
    if form.landscape is not None:
        return form.landscape
    return comfortable(table.needs) > _width(A4_PORTRAIT[0], PORTRAIT) * 1.2


def _width(page: float, margins: Margins) -> float:
    return page - margins.left - margins.right


def _head(flow: Flow, form: RegisterForm) -> None:
    marks_width = marks_height = 0.0
    if form.marks:
        marks_width, marks_height = draw_marks(flow.page, flow.right, flow.y, form.marks)
    middle = (flow.left + flow.right) / 2
    beside = flow.width / 2 - marks_width - 12
    lines = balanced(form.title, flow.width, _TITLE)
    if marks_width and max(map(_TITLE.width, lines)) / 2 > beside:
        flow.down(marks_height + 4)
        marks_height = 0
    begin = flow.y
    for line in lines:
        flow.down(24)
        flow.page.text_centred(middle, flow.y + 4, line, _TITLE)
    for line in balanced(form.subtitle, flow.width, _SUBTITLE) if form.subtitle else ():
        flow.down(17)
        flow.page.text_centred(middle, flow.y + 2, line, _SUBTITLE)
    flow.down(max(0.0, marks_height - (begin - flow.y)) + 9)
    _office_line(flow, form)


def _office_line(flow: Flow, form: RegisterForm) -> None:
    """Write office and division code at the left, unit of measurement at the right."""
    left = f"填报单位：{form.office}" if form.office else ""
    code = f"行政区划代码：{form.division_code}" if form.division_code else ""
    unit = f"计量单位：{form.unit}" if form.unit else ""
    if not (left or code or unit):
        flow.down(4)
        return
    joined = "　　".join(text for text in (left, code) if text)
    together = _LINE.width(joined + unit) + 20 <= flow.width
    lines = [joined] if together else [*fold(left, flow.width, _LINE), code]
    for line in lines:
        flow.down(14)
        flow.page.text(flow.left, flow.y + 3, line, _LINE)
    flow.page.text_right(flow.right, flow.y + 3, unit, _LINE)
    flow.down(3)


def _running_head(flow: Flow, form: RegisterForm) -> None:
    """Name form, office and period above the table of every later page."""
    name = "　".join(text for text in (form.title, form.subtitle) if text)
    flow.down(12)
    flow.page.text(flow.left, flow.y + 3, first_line(name, flow.width * 0.58, _RUNNING) + "（续）", _RUNNING)
    flow.page.text_right(flow.right, flow.y + 3, first_line(form.office, flow.width * 0.34, _RUNNING), _RUNNING)
    flow.down(3)


def _note_lines(flow: Flow, form: RegisterForm) -> list[tuple[str, str]]:
    """Return (mark, line) pairs of the notes; the mark stands on the first line of each."""
    lines: list[tuple[str, str]] = []
    for number, note in enumerate(form.notes, start=1):
        mark = f"注{number}：" if len(form.notes) > 1 else "注："
        folded = fold(note, flow.width - 28, _NOTE)
        lines += [(mark if place == 0 else "", line) for place, line in enumerate(folded)]
    return lines


def _tail_height(flow: Flow, form: RegisterForm) -> float:
    height = len(_note_lines(flow, form)) * 12.5 + (6 if form.notes else 0)
    if form.signature:
        height += 8 + _signature_height(flow, form)
    return height


def _signature_height(flow: Flow, form: RegisterForm) -> float:
    if not form.signature:
        return 0
    if form.stamp:
        return max(STAMP_SIDE, signature_height(form.signature, _signature_width(flow, form)))
    return signature_height(form.signature, flow.width)


def _signature_width(flow: Flow, form: RegisterForm) -> float:
    return flow.width - (STAMP_SIDE + 10 * MM if form.stamp else 0)


def _tail(flow: Flow, form: RegisterForm, height: float) -> None:
    """Write notes, signature lines and stamp box under the rows; only very long notes go on over pages."""
    if height < flow.height / 2:
        flow.ensure(height)
    if form.notes:
        flow.down(6)
    for mark, line in _note_lines(flow, form):
        flow.ensure(12.5)
        flow.down(12.5)
        flow.page.text(flow.left, flow.y + 3, mark, _NOTE)
        flow.page.text(flow.left + 28, flow.y + 3, line, _NOTE)
    if form.signature:
        flow.ensure(8 + _signature_height(flow, form))
        flow.down(8)
        box = Box(flow.left, flow.y - height, _signature_width(flow, form), height)
        draw_signature(flow.page, box, form.signature)
        if form.stamp:
            draw_stamp(flow.page, flow.right - STAMP_SIDE, flow.y, form.stamp)
        flow.down(_signature_height(flow, form))

"""The cover: what is being signed, on one calm page. From top to bottom: what it is, whose, what is in it, who signs.

Code and QR stand at the upper left, where paper is leafed through; the place to sign and stamp lies at the foot.
"""

from collections.abc import Mapping

from xmdesk.documents.flow import Flow
from xmdesk.documents.fonts import SANS, SERIF, Font
from xmdesk.documents.lines import balanced, first_line, fold
from xmdesk.documents.marks import (
    STAMP_SIDE,
    digest_groups,
    draw_marks,
    draw_signature,
    draw_stamp,
    show_qr,
    signature_height,
)
from xmdesk.documents.paper import HAIRLINE, HEAVY, MM, Box, Paper
from xmdesk.documents.parts import Align, Column, CoverPage, Footer
from xmdesk.documents.table import Table, draw_table
from xmdesk.documents.text import draw_paragraph

_TITLE = Font(SANS, 24)
_PERIOD = Font(SERIF, 15)
_CODE = Font(SANS, 22)
_HEADING = Font(SANS, 10.5)
_LABEL = Font(SERIF, 9.5)
_VALUE = Font(SERIF, 10.5)
_SMALL = Font(SERIF, 8.5)
_TINY = Font(SERIF, 7)
_QUIET = 0.35
_FACT = 20.0
_COUNT_LINE = 17.0
_SIGN_LEFT = 20 * MM


def lay_cover(paper: Paper, part: CoverPage, footer: Footer, begins: Mapping[str, int]) -> Flow:
    """Lay a cover out; ``begins`` maps the titles of forms to the pages on which they begin."""
    flow = Flow(paper, landscape=False, continued=lambda later: _running_head(later, part))
    _band(flow, part, footer)
    _title(flow, part)
    _facts(flow, part)
    for paragraph in part.paragraphs:
        draw_paragraph(flow, paragraph)
    foot = _foot_height(flow, part)
    if part.contents:
        _contents(flow, part, begins, foot + _counts_height(flow, part) + 10)
    if part.counts:
        _counts(flow, part)
    _foot(flow, part, foot)
    return flow


def _band(flow: Flow, part: CoverPage, footer: Footer) -> None:
    """Draw QR, short code and digest at the left, head marks at the right."""
    height = 24 * MM if footer.content_sha256 or part.code else 6 * MM
    top, page, x = flow.y, flow.page, flow.left
    if part.marks:
        draw_marks(page, flow.right, top, part.marks)
    if footer.content_sha256:
        show_qr(page, x, top - height, height)
        x += height + 5 * MM
    if part.code:
        page.shade(_QUIET)
        page.text(x, top - 9, part.code_label, _SMALL)
        page.shade(0)
        page.text(x, top - 33, part.code, _CODE)
    if footer.content_sha256:
        digest = footer.content_sha256
        page.shade(_QUIET)
        page.text(x, top - 49, "内容摘要（SHA-256）", _TINY)
        page.text(x, top - 58.5, digest_groups(digest[:32]), _TINY)
        page.text(x, top - 67.5, digest_groups(digest[32:]), _TINY)
        page.shade(0)
    flow.down(height)


def _title(flow: Flow, part: CoverPage) -> None:
    """Write the title, the period and the office, closed by a double rule."""
    middle = (flow.left + flow.right) / 2
    flow.down(10 * MM)
    for line in balanced(part.title, flow.width, _TITLE):
        flow.down(32)
        flow.page.text_centred(middle, flow.y + 6, line, _TITLE)
    for text in (part.period, part.office):
        for line in balanced(text, flow.width, _PERIOD) if text else ():
            flow.down(26)
            flow.page.text_centred(middle, flow.y + 4, line, _PERIOD)
    flow.down(12)
    flow.page.lines([(flow.left, flow.y, flow.right, flow.y)], HEAVY)
    flow.page.lines([(flow.left, flow.y - 2.6, flow.right, flow.y - 2.6)], HAIRLINE)
    flow.down(6)


def _facts(flow: Flow, part: CoverPage) -> None:
    """Write the facts two on a line; one that is too long takes the whole line."""
    half = flow.width / 2
    labels = max((_LABEL.width(label) for label, _ in part.facts), default=0) + 10
    beside = False
    for place, (label, value) in enumerate(part.facts):
        short = _VALUE.width(value) <= half - labels - 6
        if beside and short:
            _fact(flow, (label, value), flow.left + half, labels)
            beside = False
            continue
        following = part.facts[place + 1][1] if place + 1 < len(part.facts) else "　" * 60
        beside = short and _VALUE.width(following) <= half - labels - 6
        lines = fold(value, flow.width - labels - 4, _VALUE)
        for number, line in enumerate(lines):
            flow.down(_FACT if number == 0 else 15)
            _fact(flow, (label if number == 0 else "", line), flow.left, labels)
        flow.page.lines([(flow.left, flow.y, flow.right, flow.y)], HAIRLINE, "0.5 1.5")
    flow.down(4)


def _fact(flow: Flow, fact: tuple[str, str], x: float, labels: float) -> None:
    flow.page.shade(_QUIET)
    flow.page.text(x, flow.y + 6, fact[0], _LABEL)
    flow.page.shade(0)
    flow.page.text(x + labels, flow.y + 6, fact[1], _VALUE)


def _contents(flow: Flow, part: CoverPage, begins: Mapping[str, int], tail: float) -> None:
    _heading(flow, "报送内容")
    rows = tuple(
        (
            str(number),
            line.title,
            line.state,
            "—" if line.rows is None else str(line.rows),
            str(begins[line.title]) if line.title in begins else "—",
        )
        for number, line in enumerate(part.contents, start=1)
    )
    columns = (
        Column(("序号",), Align.CENTRE),
        Column(("表名",)),
        Column(("填报情况",), Align.CENTRE),
        Column(("行数",), Align.CENTRE),
        Column(("起始页",), Align.CENTRE),
    )
    draw_table(flow, Table(columns, rows, lowest=18.5), tail=tail)


def _heading(flow: Flow, text: str) -> None:
    flow.ensure(60)
    flow.down(20)
    flow.page.text(flow.left, flow.y + 5, text, _HEADING)


def _counts(flow: Flow, part: CoverPage) -> None:
    """Write the counts, numbers in bold, in as many lines as they need."""
    flow.ensure(_counts_height(flow, part))
    flow.down(5)
    for line in _count_lines(flow, part):
        flow.down(_COUNT_LINE)
        x = flow.left
        for label, number in line:
            flow.page.text(x, flow.y + 5, label, _LABEL)
            flow.page.text(x + _LABEL.width(label) + 4, flow.y + 5, number, _HEADING)
            x += _count_width(label, number)


def _count_width(label: str, number: str) -> float:
    return _LABEL.width(label) + 4 + _HEADING.width(number) + 18


def _count_lines(flow: Flow, part: CoverPage) -> list[list[tuple[str, str]]]:
    """Break the counts into lines; their title opens the first."""
    lines: list[list[tuple[str, str]]] = [[(part.counts_title + "：", "")]] if part.counts_title else [[]]
    for label, number in part.counts:
        taken = sum(_count_width(*one) for one in lines[-1])
        if lines[-1] and taken + _count_width(label, number) - 18 > flow.width:
            lines.append([])
        lines[-1].append((label, number))
    return lines


def _counts_height(flow: Flow, part: CoverPage) -> float:
    return 12 + _COUNT_LINE * len(_count_lines(flow, part)) if part.counts else 0.0


def _foot_height(flow: Flow, part: CoverPage) -> float:
    return 10 + _signing_height(flow, part) + 10 + _sentences_height(flow, part)


def _signing_height(flow: Flow, part: CoverPage) -> float:
    stamp = STAMP_SIDE if part.stamp else 0.0
    lines = signature_height(part.signature, _signing_width(flow, part)) if part.signature else 0.0
    return max(stamp, lines)


def _signing_width(flow: Flow, part: CoverPage) -> float:
    return flow.width - (STAMP_SIDE + _SIGN_LEFT if part.stamp else 0)


def _sentences_height(flow: Flow, part: CoverPage) -> float:
    return sum(len(fold(text, flow.width - 10, _SMALL)) for text in part.sentences) * 12.5


def _foot(flow: Flow, part: CoverPage, height: float) -> None:
    """Draw signature lines, stamp box and the sentences at the very foot of the last page."""
    flow.ensure(height)
    top = flow.margins.bottom + height - 10
    if part.signature:
        box = Box(flow.left, top - height, _signing_width(flow, part), height)
        draw_signature(flow.page, box, part.signature)
    if part.stamp:
        draw_stamp(flow.page, flow.right - STAMP_SIDE, top, part.stamp)
    y = flow.margins.bottom + _sentences_height(flow, part)
    for text in part.sentences:
        for place, line in enumerate(fold(text, flow.width - 10, _SMALL)):
            y -= 12.5
            if place == 0:
                flow.page.text(flow.left, y + 4, "·", _SMALL)
            flow.page.text(flow.left + 10, y + 4, line, _SMALL)
    flow.y = flow.margins.bottom


def _running_head(flow: Flow, part: CoverPage) -> None:
    flow.down(12)
    name = "　".join(text for text in (part.title, part.period, part.office) if text)
    flow.page.text(flow.left, flow.y + 3, first_line(name, flow.width * 0.8, _SMALL) + "（续）", _SMALL)
    flow.down(4)

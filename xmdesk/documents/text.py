"""Running text on pages: a title, headings, paragraphs with an indent of two characters."""

from xmdesk.documents.flow import Flow
from xmdesk.documents.fonts import SANS, SERIF, Font
from xmdesk.documents.lines import balanced, first_line, fold
from xmdesk.documents.paper import Paper
from xmdesk.documents.parts import Section, TextPage

BODY = Font(SERIF, 10.5)
LEADING = 17.5

_TITLE = Font(SANS, 16)
_SUBTITLE = Font(SERIF, 10.5)
_HEADING = Font(SANS, 11.5)
_RUNNING = Font(SERIF, 8.5)


def lay_text(paper: Paper, part: TextPage) -> Flow:
    """Lay running text out on its own pages."""
    flow = Flow(paper, landscape=False, continued=lambda later: _running_head(later, part))
    middle = (flow.left + flow.right) / 2
    for line in balanced(part.title, flow.width, _TITLE):
        flow.down(24)
        flow.page.text_centred(middle, flow.y + 4, line, _TITLE)
    for line in balanced(part.subtitle, flow.width, _SUBTITLE) if part.subtitle else ():
        flow.down(17)
        flow.page.text_centred(middle, flow.y + 2, line, _SUBTITLE)
    flow.down(8)
    for section in part.sections:
        _draw_section(flow, section)
    return flow


def draw_paragraph(flow: Flow, text: str) -> None:
    """Write one paragraph, over as many pages as it takes."""
    for line in fold("　　" + text, flow.width, BODY):
        flow.ensure(LEADING)
        flow.down(LEADING)
        flow.page.text(flow.left, flow.y + 4.5, line, BODY)


def _draw_section(flow: Flow, section: Section) -> None:
    """Write a heading with at least two lines of its text under it, then the rest."""
    flow.ensure(24 + 2 * LEADING)
    if section.heading:
        flow.down(8)
        for line in fold(section.heading, flow.width, _HEADING):
            flow.down(18)
            flow.page.text(flow.left, flow.y + 5, line, _HEADING)
    for paragraph in section.paragraphs:
        draw_paragraph(flow, paragraph)


def _running_head(flow: Flow, part: TextPage) -> None:
    flow.down(12)
    flow.page.text(flow.left, flow.y + 3, first_line(part.title, flow.width * 0.8, _RUNNING) + "（续）", _RUNNING)
    flow.down(4)

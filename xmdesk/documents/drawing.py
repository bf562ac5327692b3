"""The one way to paper: a sequence of parts becomes the pages of one PDF.

Laid out first, numbered afterwards, so that "第 n 页 共 m 页" and the page numbers on the cover are right. The same
parts and footer give the same bytes on every machine: a receiver draws them again from the data and compares.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from xmdesk.documents.cover import lay_cover
from xmdesk.documents.flow import Flow
from xmdesk.documents.marks import draw_footer, draw_watermark, keep_qr
from xmdesk.documents.paper import Paper
from xmdesk.documents.parts import CoverPage, Footer, Part, RegisterForm
from xmdesk.documents.register import lay_register
from xmdesk.documents.text import lay_text

LAYOUT_VERSION = 1
"""Moves whenever the same parts give other pages; it travels in the sealed data."""


def draw(parts: Sequence[Part], *, footer: Footer, watermark: str = "") -> bytes:
    """Draw the parts, each beginning on a new page, as a PDF (not yet in archive form: see ``pdfa.finish``)."""
    paper = Paper(partial(draw_watermark, text=watermark) if watermark else None)
    keep_qr(paper, footer)
    flows = _laid(paper, parts, footer)
    pages = [(flow, page) for flow in flows for page in flow.pages]
    for number, (flow, page) in enumerate(pages, start=1):
        draw_footer(flow, page, footer, (number, len(pages)))
    return paper.write([page for _, page in pages], title=parts[0].title if parts else "")


def _laid(paper: Paper, parts: Sequence[Part], footer: Footer) -> list[Flow]:
    """Lay every part; covers that list contents last, then once more in the rare case that they take several pages."""
    covers = [place for place, part in enumerate(parts) if isinstance(part, CoverPage) and part.contents]
    counts = dict.fromkeys(covers, 1)
    flows = {place: _lay(paper, part, footer, {}) for place, part in enumerate(parts) if place not in counts}
    for _ in range(2):
        pages = [counts[place] if place in counts else len(flows[place].pages) for place in range(len(parts))]
        begins = _first_pages(parts, pages)
        flows |= {place: _lay(paper, parts[place], footer, begins) for place in covers}
        found = {place: len(flows[place].pages) for place in covers}
        if found == counts:
            break
        counts = found
    return [flows[place] for place in range(len(parts))]


def _lay(paper: Paper, part: Part, footer: Footer, begins: Mapping[str, int]) -> Flow:
    if isinstance(part, CoverPage):
        return lay_cover(paper, part, footer, begins)
    if isinstance(part, RegisterForm):
        return lay_register(paper, part)
    return lay_text(paper, part)


def _first_pages(parts: Sequence[Part], pages: Sequence[int]) -> dict[str, int]:
    """Map titles to the page on which the part begins; the first of several wins."""
    begins: dict[str, int] = {}
    page = 1
    for part, count in zip(parts, pages, strict=True):
        begins.setdefault(part.title, page)
        page += count
    return begins

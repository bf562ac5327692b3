"""Sealing a submission against drawing its text: ReportLab writing the same strings and lines at the same places."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.bench import invented
from tests.bench.child import Values, measured, repeated, seconds, temporary
from tests.bench.printing import Aim, Row, show
from tests.bench.sheets import workbook

TITLE = "Sealing one submission (median of warm runs; the first includes loading fonts)"


def run(*, quick: bool) -> list[Aim]:
    rows: list[Row] = []
    aims = [_one_size(count, 1 if quick else 7, rows) for count in ((5, 20) if quick else (50, 1000))]
    show(TITLE, rows)
    return [] if quick else aims[-1:]


def _one_size(count: int, times: int, rows: list[Row]) -> Aim:
    drawing = measured(reportlab, count, times)
    base = drawing["median"]
    rows.append(Row(f"{count} rows: ReportLab draws the same text", base, 0, drawing["peak"], _pages(drawing)))
    for name, act in (("LongTable of the same cells", long_table), ("our pages, unsigned", pages), ("sealed", sealed)):
        found = measured(act, count, times)
        rows.append(Row(f"{count} rows: {name}", found["median"], found["median"] / base, found["peak"], _pages(found)))
    office = _office_program()
    if office:
        found = measured(libreoffice, count, office)
        rows.append(
            Row(f"{count} rows: LibreOffice, xlsx to PDF", found["first"], found["first"] / base, found["peak"])
        )
    else:
        rows.append(Row(f"{count} rows: LibreOffice", -1, remark="not installed"))
    return Aim(f"seal {count} rows against drawing alone", found_ratio(rows, f"{count} rows: sealed"), 2)


def found_ratio(rows: list[Row], name: str) -> float:
    return next(row.times for row in rows if row.name == name)


def _pages(found: Values) -> str:
    return f"first {found['first']:.2f} s, {found.get('pages', 0)} pages, {found.get('size', 0) / 1000:.0f} kB"


def _office_program() -> str:
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def sealed(count: int, times: int) -> Values:
    from tests.bench.district import lone_signer
    from xmdesk.services.sealing import seal_document

    payload, signer = invented.payload(count), lone_signer()
    found = repeated(lambda: seal_document(payload, signer), times)
    made = seal_document(payload, signer)
    return {**found, "pages": made.pages, "size": len(made.content)}


def pages(count: int, times: int) -> Values:
    from xmdesk.sealed.canonical import canonical
    from xmdesk.services.rendering import render

    content = canonical(invented.payload(count))
    return {**repeated(lambda: render(content), times), "size": len(render(content))}


def reportlab(count: int, times: int) -> Values:
    """Write with ReportLab's own canvas and its own way of embedding fonts what our pages show."""
    shown = _Shown(count)
    fonts = _fonts()
    found = repeated(lambda: _replay(shown, fonts), times)
    return {**found, "pages": len(shown.pages), "size": len(_replay(shown, fonts))}


class _Shown:
    """What our pages show: strings with place and type, lines with their width."""

    def __init__(self, count: int) -> None:
        from xmdesk.documents.drawing import draw
        from xmdesk.documents.paper import Page, Paper
        from xmdesk.documents.parts import Footer
        from xmdesk.services.rendering import parts_of

        self.pages: list[list[Any]] = []
        acts: dict[int, list[Any]] = {}
        text, lines, write = Page.text, Page.lines, Paper.write

        def keep_text(page: Page, x: float, y: float, words: str, font: Any) -> None:
            acts.setdefault(id(page), []).append((x, y, words, font))
            text(page, x, y, words, font)

        def keep_lines(page: Page, strokes: Any, width: float, dash: str = "") -> None:
            held = list(strokes)
            acts.setdefault(id(page), []).append((held, width))
            lines(page, held, width, dash)

        def keep_pages(paper: Paper, pages: list[Page], **about: str) -> bytes:
            self.pages = [[(page.width, page.height), *acts[id(page)]] for page in pages]
            return write(paper, pages, **about)

        watched: Any = Page
        whole: Any = Paper
        watched.text, watched.lines, whole.write = keep_text, keep_lines, keep_pages
        draw(parts_of(invented.payload(count), code="ABCD-EFGH"), footer=Footer("ABCD-EFGH", "0" * 64))
        watched.text, watched.lines, whole.write = text, lines, write


def _fonts() -> dict[str, str]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from xmdesk.documents.fonts import SANS, SERIF, _shipped, _unpacked

    for face in (SERIF, SANS):
        pdfmetrics.registerFont(TTFont(face, BytesIO(_unpacked(_shipped()[face]))))
    return {SERIF: SERIF, SANS: SANS}


def _replay(shown: _Shown, fonts: dict[str, str]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas: Any = Canvas(target, pageCompression=1, invariant=1)
    for size, *acts in shown.pages:
        canvas.setPageSize(size)
        for act in acts:
            if len(act) == 2:
                canvas.setLineWidth(act[1])
                canvas.lines(act[0])
            else:
                x, y, words, font = act
                canvas.setFont(fonts[font.face], font.size)
                canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def long_table(count: int, times: int) -> Values:
    """Let platypus lay the cells of every form out in plain tables, as most programs do."""
    from xmdesk.documents.parts import RegisterForm
    from xmdesk.services.rendering import parts_of

    fonts = _fonts()
    parts = parts_of(invented.payload(count), code="ABCD-EFGH")
    forms = [
        [[column.heads[-1] for column in one.columns], *one.rows] for one in parts if isinstance(one, RegisterForm)
    ]
    found = repeated(lambda: _tables(forms, next(iter(fonts))), times)
    return {**found, "size": len(_tables(forms, next(iter(fonts))))}


def _tables(forms: list[Any], font: str) -> bytes:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import LongTable, PageBreak, SimpleDocTemplate, TableStyle

    target = BytesIO()
    style = TableStyle([("FONT", (0, 0), (-1, -1), font, 6.5), ("GRID", (0, 0), (-1, -1), 0.35, "black")])
    story: list[Any] = []
    for rows in forms:
        width = (landscape(A4)[0] - 60) / len(rows[0])
        story += [LongTable(rows, colWidths=[width] * len(rows[0]), repeatRows=1, style=style), PageBreak()]
    SimpleDocTemplate(target, pagesize=landscape(A4), leftMargin=30, rightMargin=30).build(story)
    return target.getvalue()


def libreoffice(count: int, program: str) -> Values:
    """Convert a workbook with the same facilities, start of the program included."""
    with temporary() as folder:
        book = workbook(Path(folder) / "设施.xlsx", count)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(book)]
        return {"first": seconds(lambda: subprocess.run(command, check=True, capture_output=True, timeout=600))}

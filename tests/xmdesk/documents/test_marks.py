"""QR code, signature lines and the other furniture of a page."""

from typing import Any

from reportlab.graphics.barcode.qrencoder import QRAlphaNum

from tests.xmdesk.documents import papers
from xmdesk.documents.flow import Flow
from xmdesk.documents.marks import _qr_operators, digest_groups, draw_signature, mark_lines, qr_text, signature_height
from xmdesk.documents.paper import Box, Paper
from xmdesk.documents.parts import HeadMarks, Signatories


def _modules(operators: str) -> list[list[bool]]:
    """Read the rectangles of the drawing back into rows of dark and light modules."""
    words = operators.split()
    count = round(1 / float(words[0]))
    rows = [[False] * count for _ in range(count)]
    for place in (place for place, word in enumerate(words) if word == "re"):
        column, row, width = (int(word) for word in words[place - 4 : place - 1])
        rows[row][column : column + width] = [True] * width
    return rows


def test_the_qr_code_holds_form_short_code_and_digest_in_the_compact_alphabet():
    text = qr_text(papers.FOOTER)
    assert text == f"XMDESK1/K7QF-3M2P/{papers.DIGEST.upper()}"
    assert QRAlphaNum(text).bitlength < 8 * len(text)


def test_the_drawn_code_is_small_and_has_its_three_finders():
    modules = _modules(_qr_operators(qr_text(papers.FOOTER)))
    assert len(modules) == 33
    finder = [
        [row in (0, 6) or col in (0, 6) or (2 <= row <= 4 and 2 <= col <= 4) for col in range(7)] for row in range(7)
    ]
    for top, left in ((0, 0), (0, 26), (26, 0)):
        assert [row[left : left + 7] for row in modules[top : top + 7]] == finder


def test_another_digest_gives_another_code():
    other = papers.DIGEST[:-1] + "0"
    assert _qr_operators(f"XMDESK1/A/{other.upper()}") != _qr_operators(f"XMDESK1/A/{papers.DIGEST.upper()}")


def test_digests_are_grouped_by_eight():
    assert digest_groups("0123456789abcdef01") == "01234567 89abcdef 01"


def test_head_marks_leave_out_what_is_not_known():
    assert mark_lines(HeadMarks()) == [("内部工作用表", "")]
    assert [label for label, _ in mark_lines(papers.MARKS)] == ["表　　号：", "制定机关：", "文　　号：", "有效期至："]


def test_signature_lines_share_the_width_and_take_more_lines_when_it_is_narrow():
    assert signature_height(papers.SIGNATURE, 740) < signature_height(papers.SIGNATURE, 460)
    assert signature_height(papers.SIGNATURE, 460) < signature_height(papers.SIGNATURE, 150)


def test_other_signatories_can_be_named():
    page: Any = Flow(Paper(), landscape=False).page
    draw_signature(page, Box(70, 100, 460, 40), Signatories((("经办人", "王志强"), ("日期", ""))))
    assert page.operators().count(" Tj") == 3
    assert page.operators().count(" l S") == 2

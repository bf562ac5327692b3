"""What can be put on paper: registers, covers and text pages, described in plain words and ready-made strings.

A caller turns records into these and hands a sequence of them to :func:`xmdesk.documents.drawing.draw`. Nothing here
knows about fonts or positions, and nothing here reads a record.
"""

from dataclasses import dataclass
from enum import StrEnum

HONEST_SENTENCES = (
    "本页的图样（含二维码、公章图样）不能证明真伪，以软件验签结果为准。",
    "签名时间为填报电脑时钟所示，未经第三方证明。",
    "请打印后由负责人签字并加盖单位公章；纸质件与电子件以每页页脚的短码和内容摘要相互核对。",
)
"""Printed at the foot of every cover: what the paper proves and what it does not."""


class Align(StrEnum):
    """Where text stands in its column."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Column:
    """A column under its path of heads, outermost first; neighbours with the same outer heads share them.

    ``merged`` columns show equal neighbours (top to bottom) once, in one tall cell.
    """

    heads: tuple[str, ...]
    align: Align = Align.LEFT
    merged: bool = False


@dataclass(frozen=True)
class HeadMarks:
    """The four marks of a statistical form (统计法: 表号、制定机关、批准或备案文号、有效期限).

    Without an approval number the form is printed as 内部工作用表.
    """

    form_no: str = ""
    maker: str = ""
    approval_no: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class Signature:
    """The line under a form; an empty member leaves room to write by hand. ``phone`` is printed as given."""

    head: str = ""
    statistics_head: str = ""
    prepared_by: str = ""
    phone: str = ""
    reported_on: str = ""

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return (label, value) pairs in the customary order."""
        return (
            ("单位负责人", self.head),
            ("统计负责人", self.statistics_head),
            ("填表人", self.prepared_by),
            ("联系电话", self.phone),
            ("报出日期", self.reported_on or "　　年　　月　　日"),
        )


@dataclass(frozen=True)
class Signatories:
    """Other (label, value) pairs to sign, for letters and receipts: 经办人, 复核人, 日期."""

    pairs: tuple[tuple[str, str], ...]

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return the (label, value) pairs."""
        return self.pairs


@dataclass(frozen=True)
class RegisterForm:
    """A register or a table as a printed form. Every row has as many strings as there are columns.

    ``totals`` is one more row, in bold. ``nil`` prints 零报告 instead of rows. ``blank_rows`` adds tall empty rows to
    fill in by hand. ``landscape`` None lets the width of the content decide. ``unit`` is the unit of measurement.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    subtitle: str = ""
    office: str = ""
    division_code: str = ""
    unit: str = ""
    totals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    marks: HeadMarks | None = None
    signature: Signature | Signatories | None = None
    stamp: str = ""
    numbered: bool = True
    nil: bool = False
    blank_rows: int = 0
    landscape: bool | None = None


@dataclass(frozen=True)
class FormLine:
    """One line of a cover's contents: the form's title, its state (有数据 / 零报告 / 未填) and its number of rows."""

    title: str
    state: str
    rows: int | None = None


@dataclass(frozen=True)
class CoverPage:
    """The page that the office head signs, or a letter of the same look (grant, receipt, correction slip).

    ``facts`` are (label, value) pairs in two columns; ``contents`` lists the forms that follow, with the page on which
    the form of the same title begins; ``counts`` are (label, number) pairs under it; ``code`` is printed large.
    """

    title: str
    period: str = ""
    office: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    contents: tuple[FormLine, ...] = ()
    counts_title: str = ""
    counts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    code_label: str = "短码"
    code: str = ""
    marks: HeadMarks | None = None
    signature: Signature | Signatories | None = None
    stamp: str = "（单位公章）"
    sentences: tuple[str, ...] = HONEST_SENTENCES


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class TextPage:
    """Running text: explanations, changes, instructions."""

    title: str
    subtitle: str = ""
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Footer:
    """What ties every page to its file: short code and SHA-256 (64 hexadecimal digits) of the content.

    Both empty: only the page number is printed (blank forms, public notices). ``remark`` stands beside the page number.
    """

    short_code: str = ""
    content_sha256: str = ""
    remark: str = ""


Part = RegisterForm | CoverPage | TextPage

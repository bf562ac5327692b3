"""The year-on-year table of the duty list on paper (domain.md B5: printed with the list and signed)."""

from typing import TYPE_CHECKING

from xmdesk.documents.drawing import draw
from xmdesk.documents.parts import Align, Column, Footer, RegisterForm, Signature
from xmdesk.services.practising import watermark
from xmdesk.services.rolling import Difference, Differences

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

ADDED, UNCARRIED = "新增", "未带入"


def difference_pdf(desk: "Desk", found: Differences) -> bytes:
    """Return the table as PDF bytes."""
    return draw([difference_form(desk, found)], footer=Footer(remark="内部使用"), watermark=watermark(desk))


def difference_form(desk: "Desk", found: Differences) -> RegisterForm:
    """Return the table: one line per item that is not as it was, what stayed as it was in a note."""
    office = desk.office.office()
    lines = [
        *((ADDED, one) for one in found.added),
        *(("变更", one) for one in found.changed),
        *(("核销", one) for one in found.retired),
        *((UNCARRIED, one) for one in found.uncarried),
    ]
    left = f"另有上年的{len(found.uncarried)}项还没有带入本年清单。" if found.uncarried else ""
    return RegisterForm(
        title="管护责任清单年度变动表",
        columns=(
            Column(("变动",), Align.CENTRE, merged=True),
            Column(("条目编号",)),
            Column(("管护对象",)),
            Column(("变动内容",)),
            Column(("原因",)),
        ),
        rows=tuple((word, one.item_no, one.subject, _content(word, one), one.reason) for word, one in lines),
        subtitle=f"{found.year}年度",
        office=office.name,
        division_code=office.code,
        notes=(
            f"与{found.year - 1}年度相比：新增{len(found.added)}项，变更{len(found.changed)}项，"
            f"核销{len(found.retired)}项，未变{len(found.unchanged)}项。{left}",
        ),
        signature=Signature(office.signed_off_by, office.reviewed_by, office.prepared_by, office.phone),
        stamp="（单位公章）",
    )


def _content(word: str, one: Difference) -> str:
    if word == UNCARRIED:
        return "上年清单有，本年清单没有"
    told = "；".join(f"{field.label}：{field.old or '（空）'} → {field.new or '（空）'}" for field in one.fields)
    return told or ("上年清单没有" if word == ADDED else one.change.label)

"""Letters of the district that are paper and nothing else: the notice with the root's digits, the 催报单, the totals."""

from pathlib import Path
from typing import TYPE_CHECKING

from xmdesk import clock
from xmdesk.documents.drawing import draw
from xmdesk.documents.parts import CoverPage, Footer, Signatories
from xmdesk.errors import Fault
from xmdesk.files import atomic_write
from xmdesk.records.values.dates import show_day
from xmdesk.services.consolidating import Consolidation
from xmdesk.services.consolidation_output import chasing_pdf, summary_pdf
from xmdesk.services.practising import watermark

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


def root_notice_pdf(desk: "Desk") -> bytes:
    """Return the notice that goes to every village on paper, with the root's twenty digits; ``Fault`` without a root."""
    digits = desk.holding.root_digits()
    if not digits:
        raise Fault("NO-ROOT")
    office = desk.office.office()
    letter = CoverPage(
        title="区级证书核对数字通知",
        office=office.name,
        facts=(("发给", "各镇（街道）、村（社区）"), ("签发单位", office.name), ("区划代码", office.code)),
        code_label="核对数字",
        code=digits.replace(" ", "　"),
        paragraphs=(
            "一、第一次导入开通证书时，软件会要求输入上面的数字（20 位，或最后 8 位）。请照着这张纸输入，不要照着收到的文件输入。",
            "二、数字对不上时，不要继续，请打电话向区里问清楚。",
            "三、这组数字可以公开，请与公章使用登记一并存放，换电脑、重新开通时还要用。",
        ),
        signature=Signatories((("经办人", ""), ("复核人", ""), ("日期", show_day(clock.today())))),
        sentences=("这张通知以盖章的纸质件为准；从网上、聊天软件里传来的同类图片不能作数。",),
    )
    return draw([letter], footer=Footer(remark="区级证书核对数字"), watermark=watermark(desk))


def write_root_notice(desk: "Desk", out: Path, *, force: bool = False) -> Path:
    """Write the notice."""
    return atomic_write(out, root_notice_pdf(desk), force=force)


def write_chasing(desk: "Desk", found: Consolidation, out: Path, *, force: bool = False) -> Path:
    """Write the 催报单 of a consolidation; the deadline is the newest task's."""
    office = desk.office.office()
    due_on = desk.tasks.due_on(found.period)
    return atomic_write(out, chasing_pdf(found, office.name, office.code, due_on=due_on), force=force)


def write_summary(desk: "Desk", found: Consolidation, out: Path, *, force: bool = False) -> Path:
    """Write the totals for print, to be signed and stamped."""
    office = desk.office.office()
    return atomic_write(out, summary_pdf(found, office.name, office.code), force=force)

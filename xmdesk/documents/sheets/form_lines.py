"""Lines under a header that are nobody's record: an example, or words on how to fill in."""

import re
from collections.abc import Collection, Sequence

from xmdesk.documents.sheets.grid import Cell

_EXAMPLE = re.compile(r"^[\s(（\[【]*(?:示例|样例|举例|范例|例|填写示例)(?:$|[\s:：，,\d一)）\]】])")
_HINT = re.compile(
    r"[（(【\[]?(?:必填|选填|必选|可选|可不填|可空|不填|如实填写|自动(?:生成|计算)|文本(?:格式)?|数字|数值|日期(?:格式)?|下拉(?:选择)?|单选|多选"
    r"|(?:请|须|应)?(?:填写?|选择?|写).{0,20}|\d{1,3}位.{0,6}|.{0,8}格式.{0,12}|[yY]{4}.{0,16}|例?如[:：].*|例如.*|精确到.{1,6}"
    r"|保留.{0,4}小数)[)）】\]]?"
)
_CHOICE = re.compile(r"[^\s\d/]{1,8}(?:/[^\s\d/]{1,8}){1,8}")
_FEWEST_HINTS = 2


def is_example(cells: Sequence[Cell]) -> bool:
    """Tell whether a row calls itself an example: 例：张三, 示例."""
    return any(isinstance(cell, str) and bool(_EXAMPLE.match(cell)) for cell in cells)


def is_hints(cells: Sequence[Cell], passed: Collection[int] = ()) -> bool:
    """Tell whether all that a row holds, but for the columns ``passed`` over, says how to fill in: 必填, 男/女, 18位."""
    texts = [cell for column, cell in enumerate(cells) if cell is not None and column not in passed]
    if len(texts) < _FEWEST_HINTS or not all(isinstance(one, str) for one in texts):
        return False
    told = [str(one).strip() for one in texts]
    is_told = [bool(_HINT.fullmatch(one)) for one in told]
    return any(is_told) and all(hint or _CHOICE.fullmatch(one) for hint, one in zip(is_told, told, strict=True))

"""Where a table ends because another one begins under it: a line of titles of its own, perhaps below a name.

A record that is taken for titles would end the table too early, so a line must be titles beyond doubt: texts without
figures, half of which end as titles do, and not mostly those of the table above.
"""

import re
from collections.abc import Collection, Sequence, Set

from xmdesk.documents.sheets.grid import Cell, cell_text
from xmdesk.documents.sheets.words import bare

Rows = Sequence[Sequence[Cell]]

_NAME_LINES = 4
_FEWEST = 3
_LONGEST = 14
_ROWS_BELOW = 3
_TITLE = re.compile(
    r"(?:序号|编号|号码|证号|件号|书号|机号|代码|坐标|姓名|名称|名字|村名|村别|电话|手机|联系方式|日期|时间|时长|年月|年份|年度|年限|期限|周期"
    r"|数量|面积|规模|长度|里程|金额|经费|费用|预算|资金|来源|投资|地址|地点|住址|住所|位置|坐落|类别|类型|种类|分类|等级|级别|形式|模式"
    r"|性别|年龄|民族|籍贯|学历|文化程度|政治面貌|职务|职业|身份|岗位|单位|部门|主体|对象|项目|事项|内容|标准|频次|频率|方式|要求|措施"
    r"|情况|状态|状况|现状|原因|事由|问题|结果|成效|成绩|学时|主题|人数|人次|户数|次数|个数|数|户主|责任人|负责人|管护人|联系人|管理人"
    r"|管理员|经办人|人员|容量|备注|说明|签名|签字|照片)$|^是否"
)


def begins_at(rows: Rows, row: int, own: Set[str]) -> bool:
    """Tell whether another table begins at a row: here or under its name are titles, mostly not ``own``, and rows below."""
    at = _under_name(rows, row)
    for height in (2, 1):
        titles = _titles(rows[at : at + height])
        if _are_titles(titles) and any(len(_filled(one)) > 1 for one in rows[at + height :][:_ROWS_BELOW]):
            return len(own & set(titles)) * 2 <= len(set(titles))
    return False


def header_of(rows: Rows, row: int) -> Sequence[Cell]:
    """Return the first line of titles of a table that begins at a row."""
    return rows[header_row(rows, row) - 1]


def header_row(rows: Rows, row: int) -> int:
    """Return where the titles of a table that begins at a row stand, as the sheet counts."""
    return min(_under_name(rows, row), len(rows) - 1) + 1


def last_filled(rows: Rows, *, cells: int = 1) -> int:
    """Return the number, as the sheet shows it, of the last row with so many filled cells."""
    return max((at + 1 for at, line in enumerate(rows) if len(_filled(line)) >= cells), default=0)


def _under_name(rows: Rows, row: int) -> int:
    """Return the row under the lines that hold one text or nothing, from a row on."""
    at = row
    while at < len(rows) and at - row < _NAME_LINES and len(_filled(rows[at])) < 2:
        at += 1
    return at


def _titles(lines: Rows) -> list[str]:
    """Return one title for each column, the lowest; nothing when a line does not hold titles by itself."""
    found: dict[int, str] = {}
    for line in lines:
        texts = {column: bare(cell_text(cell)) for column, cell in enumerate(line) if cell is not None}
        if not all(isinstance(cell, str) for cell in _filled(line)) or not _mostly_titles(texts.values()):
            return []
        found |= texts
    return list(found.values())


def _are_titles(titles: Sequence[str]) -> bool:
    different = set(titles)
    return len(different) >= _FEWEST and len(different) * 2 >= len(titles)


def _mostly_titles(texts: Collection[str]) -> bool:
    if any(len(text) > _LONGEST or any(map(str.isdigit, text)) for text in texts):
        return False
    return bool(texts) and sum(bool(_TITLE.search(text)) for text in texts) * 2 >= len(texts)


def _filled(line: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in line if cell is not None]

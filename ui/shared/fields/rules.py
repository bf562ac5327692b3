"""What a field wants, in words for F1: what it is about, whether it must be answered, and how it may be written."""

from xmdesk.records.base import FieldSpec, Need
from xmdesk.records.kinds import Choice, Choices, Count, Kind, Number, Reference, References, SubTable, Text
from xmdesk.records.meanings import meaning_of
from xmdesk.records.registers import REGISTERS

NEEDS = {
    Need.ALWAYS: "必填，不填不能密封上报。",
    Need.TO_SEND: "上报前要填；确实填不了的，写明原因也可以上报。",
    Need.NO: "可以不填。",
}
WAYS = {
    "day": "日期，照平常写，如 2024.5.1、2024年5月1日、20240501；不写年份的，年份会补上。",
    "partial_day": "写到年、月或日都可以，如 2024、2024.5、2024.5.1；写“5月1日”的，年份会补上。",
    "moment": "日期和时间，如 11月23日 8:30、昨天下午3点；时间可以不写，只写时间就是今天。",
    "year": "四位年份，如 2016。",
    "hours": "如 周一至周五 8:00-12:00 14:30-17:30；几段之间空一格。按 ↓ 可以一天一天填。",
    "frequency": "如 每日1次、每周2次、每月1次；没有固定周期的写“按需”。",
    "phone": "手机 11 位，座机带区号，如 0592-1234567。",
    "person_id": "身份证 18 位，最后一位会核对；别的证件先选证件类型。平时遮住，光标进来才显示完整。",
    "person_name": "照身份证写，少数民族姓名的间隔点用“·”。",
    "credit_code": "统一社会信用代码，18 位，最后一位会核对。",
    "division": "输入名称、拼音首字母或代码的前几位，从列表里选；列表里没有的，照填 12 位代码。按 ↓ 可以一级一级选。",
    "degrees": "度数，如 118.123456 或 118°5′20″；可以把地图上“经度，纬度”一起粘贴进来。",
    "yes_no": "点“是”或“否”，再点一次取消；都不点就是还没回答。",
}
MANY = 5


def rule_of(spec: FieldSpec) -> str:
    """Return what belongs into a field, its need, and the way of writing it, one under the other."""
    return "\n".join(filter(None, (meaning_of(spec), NEEDS[spec.need], way_of(spec.kind))))


def rule_of_cell(table: FieldSpec, column: FieldSpec) -> str:
    """Return what belongs into one column of a small table, below what belongs into the table."""
    return "\n".join(
        (meaning_of(table), NEEDS[table.need], f"“{column.label}”：{meaning_of(column)}{way_of(column.kind)}")
    )


def way_of(kind: Kind) -> str:
    """Say how a kind of field may be written."""
    if isinstance(kind, Choice | Choices):
        return _choices(kind)
    if isinstance(kind, Reference | References):
        return _reference(kind)
    if kind.name in WAYS:
        return WAYS[kind.name]
    if isinstance(kind, Number):
        unit = f"，单位{kind.unit}" if kind.unit else ""
        return f"数字，最多 {kind.places} 位小数{unit}。"
    if isinstance(kind, Count):
        return "整数，没有的填 0。"
    if isinstance(kind, SubTable):
        return "可以有几行：点“添加一行”，一格一格填。"
    return f"文字，最多 {kind.limit} 字。" if isinstance(kind, Text) else ""


def _choices(kind: Choice | Choices) -> str:
    titles = [title for _, title, _ in kind.codes.table()]
    more = f"等 {len(titles)} 种" if len(titles) > MANY else ""
    how = "可以选几种" if isinstance(kind, Choices) else "选一种，输入文字或拼音首字母查找"
    return f"{how}：{'、'.join(titles[:MANY])}{more}。"


def _reference(kind: Reference | References) -> str:
    if kind.to not in REGISTERS:
        return "照片，可以点选，也可以从文件夹拖进来。"
    many = "可以选几条" if isinstance(kind, References) else "选一条"
    return f"从“{REGISTERS[kind.to].title}”里{many}：输入名称或拼音首字母。"

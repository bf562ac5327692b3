"""Invented registers, covers and texts for the tests of paper. No person, number or office in them is real."""

from xmdesk.documents.parts import (
    Align,
    Column,
    CoverPage,
    Footer,
    FormLine,
    HeadMarks,
    RegisterForm,
    Section,
    Signature,
    TextPage,
)

DIGEST = "3f1c9a5be07d4482b6a1f0c93d5e7718a2b4c6d8e0f21436587a9cbedf013579"
FOOTER = Footer("K7QF-3M2P", DIGEST)
OFFICE = "厦门市翔安区新店镇白云村村民委员会"
CODE = "350213999201"
MARKS = HeadMarks("翔服表02", "厦门市翔安区民政局", "厦统函〔2026〕18号", "2027年12月")
SIGNATURE = Signature(head="", statistics_head="", prepared_by="陈䶮", phone="0592-7000000")
RARE_NAMES = "䶮㛃𬱟𫘧𬬭𪩘𬍛㙟"
LEVEL_THREE = "𠀀𪜀𫝀𫠠𬺰"
LONG_TEXT = "每日清扫路面并清理边沟，每周巡查一次护栏、标志标线和涵洞，台风、暴雨前后各加密巡查一次；" * 7

DUTY_COLUMNS = (
    Column(("领域",), Align.CENTRE, merged=True),
    Column(("管护对象",)),
    Column(("坐落",)),
    Column(("规模", "数量"), Align.RIGHT),
    Column(("规模", "单位"), Align.CENTRE),
    Column(("权属", "所有权人")),
    Column(("权属", "管理权人")),
    Column(("管护责任", "责任人"), Align.CENTRE),
    Column(("管护责任", "联系电话"), Align.CENTRE),
    Column(("管护责任", "管护内容和标准")),
    Column(("管护频次",), Align.CENTRE),
    Column(("年度经费\n（元）",), Align.RIGHT),
)
_FIELDS = ("村内道路", "农村供水", "公共照明", "垃圾收集", "污水处理")
_NAMES = ("林亚明", "陈䶮", "黄㛃", "欧阳小敏", "洪𬱟", "许𫘧文", "王𬬭")
_CONTENTS = (
    "路面保洁、边沟清理，塌陷及时修补",
    "每日巡查，设施完好，水质按月送检",
    "灯具亮灯率不低于95%，损坏三日内修复",
    "日产日清，桶体周边无散落垃圾",
)


def duty_rows(count: int) -> tuple[tuple[str, ...], ...]:
    """Make rows of a maintenance responsibility list."""
    return tuple(_duty_row(number) for number in range(count))


def _duty_row(number: int) -> tuple[str, ...]:
    return (
        _FIELDS[number * len(_FIELDS) // 60 % len(_FIELDS)],
        f"{('村主干道', '蓄水池', '太阳能路灯', '垃圾分类屋')[number % 4]}{number + 1}号",
        f"白云村{('后厝', '前埔', '曾厝垵', '大墘')[number % 4]}自然村{number % 37 + 1}号旁",
        f"{(number * 37 % 900) / 10:.1f}",
        ("公里", "座", "盏", "处")[number % 4],
        "村集体",
        ("同所有权人", "村民委员会")[number % 2],
        _NAMES[number % len(_NAMES)],
        f"138****{number % 10000:04d}",
        _CONTENTS[number % len(_CONTENTS)],
        ("每日", "每周2次", "每月", "按需")[number % 4],
        f"{number * 613 % 20000:,}.00",
    )


def duty_form(count: int) -> RegisterForm:
    """Make a wide register with heads in two rows, merged cells, totals, notes and signatures."""
    return RegisterForm(
        title="农村公共基础设施管护责任清单",
        columns=DUTY_COLUMNS,
        rows=duty_rows(count),
        subtitle="2026年第四季度",
        office=OFFICE,
        division_code=CODE,
        unit="元",
        totals=("", f"{count} 项", "", "", "", "", "", "", "", "", "", "1,234,567.00") if count else (),
        notes=("管护频次按区级目录填写，“按需”须在备注中说明。", "年度经费为本年预算数，不含一次性维修。"),
        marks=MARKS,
        signature=SIGNATURE,
    )


def officer_form(count: int, *, nil: bool = False) -> RegisterForm:
    """Make a narrow register that stands upright."""
    columns = (
        Column(("姓名",), Align.CENTRE),
        Column(("公民身份号码",), Align.CENTRE),
        Column(("角色",), Align.CENTRE),
        Column(("联系电话",), Align.CENTRE),
        Column(("任职日期",), Align.CENTRE),
    )
    rows = tuple(
        (_NAMES[number % 7], "350213********001X", "AB"[number % 2] + "角", "138****1234", "2024-03-01")
        for number in range(count)
    )
    return RegisterForm(
        "灾害信息员花名册",
        columns,
        rows,
        subtitle="2026年第四季度",
        office=OFFICE,
        division_code=CODE,
        unit="人",
        marks=HeadMarks("翔服表04", "厦门市翔安区应急管理局"),
        signature=SIGNATURE,
        nil=nil,
    )


def cover() -> CoverPage:
    """Make the cover of a quarterly return."""
    return CoverPage(
        title="城乡社区服务台账上报表",
        period="2026年第四季度",
        office=OFFICE,
        facts=(
            ("行政区划代码", CODE),
            ("版次", "第 2 版（更正报）"),
            ("数据截止", "2026年12月31日"),
            ("更正的上一版", "P3XD-77HK"),
            ("签名时间", "2027年1月4日 09:32（本机时钟）"),
            ("审定", "陈志远　2027年1月4日"),
        ),
        contents=(
            FormLine("公共设施台账", "有数据", 46),
            FormLine("农村公共基础设施管护责任清单", "有数据", 212),
            FormLine("巡查报修记录", "零报告"),
            FormLine("灾害信息员花名册", "有数据", 2),
            FormLine("避灾点登记表", "有数据", 3),
            FormLine("法律明白人名册", "有数据", 5),
            FormLine("培训记录", "有数据", 4),
            FormLine("活动记录", "零报告"),
            FormLine("出错说明", "有数据", 2),
        ),
        counts_title="与上一次已接收的上报相比",
        counts=(("新增", "3"), ("变更", "5"), ("减少", "1"), ("不变", "207")),
        code="K7QF-3M2P",
        marks=HeadMarks(maker="厦门市翔安区民政局"),
        signature=SIGNATURE,
    )


def explanations() -> TextPage:
    """Make a page of running text."""
    return TextPage(
        "出错说明",
        "2026年第四季度　" + OFFICE,
        (
            Section("一、避灾点登记表 第2行 可容纳人数", ("该点为村级临时点，常住人口较少，按实际可容纳60人填报。",)),
            Section("二、法律明白人名册", (LONG_TEXT, "本年因病退出一人，已按程序另行推荐，培训考核后补录。")),
        ),
    )

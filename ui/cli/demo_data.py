"""Invented neighbours for the demonstration: workbooks as a village would keep them, made from a seed. Nobody here exists."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from xmdesk.records.values.identity import check_character

T = TypeVar("T")

SURNAMES = "林陈黄郑苏叶洪许郭卢康庄曾蔡谢杨"
GIVEN = (
    "秀兰",
    "建国",
    "阿土",
    "淑贞",
    "国平",
    "金枝",
    "永福",
    "明辉",
    "志强",
    "碧霞",
    "宝珠",
    "水木",
    "清泉",
    "耀辉",
    "㛃",
    "䶮",
)
PLACES = ("隘头", "水磨坑", "村部一楼", "村部二楼", "祖厝旁", "后垵", "溪墘")

FACILITIES = (
    ("党群服务中心", "党群服务中心", 900),
    ("便民服务站", "便民服务站", 80),
    ("卫生室", "村卫生室", 110),
    ("警务室", "警务室", 30),
    ("农家书屋", "图书室", 60),
    ("老人活动中心", "文化体育活动场所", 240),
    ("公共法律服务工作室", "公共法律服务工作室", 26),
    ("公共法律服务公示栏", "公共法律服务公示栏", None),
)
DUTIES = (
    ("农村道路", "通村主干道", 3.2, "公里"),
    ("供水", "蓄水池", 2, "座"),
    ("生活垃圾", "垃圾分类收集点", 8, "处"),
    ("生活污水", "污水处理站", 1, "座"),
    ("公共厕所", "公厕", 3, "座"),
    ("公共照明", "路灯", 150, "盏"),
    ("水利", "灌溉渠道", 1.8, "公里"),
    ("公共安全", "应急广播终端", 5, "个"),
)

DUTY_HEADER = (
    "序号",
    "领域",
    "管护对象",
    "坐落",
    "数量",
    "单位",
    "所有权人",
    "经营权人",
    "管理权人",
    "管护主体",
    "管护责任人",
    "联系电话",
    "管护内容和标准",
    "管护频次",
    "经费来源",
    "年度经费(元)",
    "监督部门及电话",
)


@dataclass(frozen=True)
class Sheet:
    """A plain table: register it is for, title line, header, rows."""

    register: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]


class _Dice:
    """The same throws for the same seed on every machine and Python."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._throws = 0

    def randrange(self, low: int, high: int) -> int:
        """Return a number from low to high - 1."""
        self._throws += 1
        digest = hashlib.sha256(f"{self._seed}/{self._throws}".encode()).digest()
        return low + int.from_bytes(digest[:8], "big") % (high - low)

    def choice(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.randrange(0, len(items))]


class Neighbour:
    """A village of invented people, the same for the same seed."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self._dice = _Dice(seed)

    def sheets(self) -> list[Sheet]:
        """Return the tables this village keeps."""
        return [self._facilities(), self._duties(), self._officers(), self._shelters(), self._helpers()]

    def _person(self) -> str:
        return self._dice.choice(SURNAMES) + self._dice.choice(GIVEN)

    def _phone(self) -> str:
        return f"1380000{self._dice.randrange(0, 10000):04d}"

    def _id(self, sex: str) -> str:
        """An identity number with a correct check digit in a division that does not exist (350299)."""
        birth = f"{self._dice.randrange(1960, 1998)}{self._dice.randrange(1, 13):02d}{self._dice.randrange(1, 28):02d}"
        order = self._dice.randrange(10, 400) * 2 + (1 if sex == "男" else 0)
        body = f"350299{birth}{order:03d}"
        return body + check_character(body)

    def _facilities(self) -> Sheet:
        hours = ("周一至周五 8:00-12:00 14:00-18:00", "周一至周日 8:00-18:00", "全天24小时")
        rows = [
            (
                index,
                f"{self.name}{name}",
                kind,
                self._dice.choice(PLACES),
                area,
                self._dice.randrange(2002, 2024),
                f"{self._dice.randrange(2005, 2025)}.{self._dice.randrange(1, 13)}",
                self._dice.choice(hours),
                f"{self._person()} {self._phone()}",
            )
            for index, (name, kind, area) in enumerate(FACILITIES, 1)
        ]
        header = ("序号", "设施名称", "类别", "坐落", "建筑面积", "建成年份", "投用日期", "开放时间", "负责人及电话")
        return Sheet("facilities", f"{self.name}公共服务设施台账", header, rows)

    def _duties(self) -> Sheet:
        rows = [
            (
                index,
                domain,
                subject,
                self._dice.choice(PLACES),
                quantity,
                unit,
                "村集体",
                "无",
                "村委会",
                "村委会",
                self._person(),
                self._phone(),
                "每日保洁，设备完好",
                "每周2次",
                "村集体",
                self._dice.choice((3600, 8000.5, 12000)),
                "区农业农村局 0592-7022222",
            )
            for index, (domain, subject, quantity, unit) in enumerate(DUTIES, 1)
        ]
        return Sheet("duties", f"{self.name}管护责任清单（2026年度）", DUTY_HEADER, rows)

    def _officers(self) -> Sheet:
        rows = []
        for index, post in enumerate(("A", "B"), 1):
            sex = self._dice.choice("男女")
            rows.append(
                (index, self._person(), sex, self._id(sex), "群众", "高中", "村干部", post, "兼", self._phone())
            )
        header = ("序号", "姓名", "性别", "身份证号", "政治面貌", "文化程度", "职务", "A/B角", "专/兼职", "手机")
        return Sheet("disaster_officers", f"{self.name}灾害信息员名册", header, rows)

    def _shelters(self) -> Sheet:
        header = (
            "序号",
            "名称",
            "地址",
            "依托场所",
            "建筑面积",
            "有效面积(㎡)",
            "可容纳人数",
            "责任人",
            "电话",
            "储备物资",
        )
        supplies = "棉被30床、应急灯6个、手电10把"
        row = (1, f"{self.name}避灾点", "村部", "小学教学楼", 400, 300, 120, self._person(), self._phone(), supplies)
        return Sheet("shelters", f"{self.name}避灾点一览表", header, [row])

    def _helpers(self) -> Sheet:
        rows = []
        for index in range(1, 4):
            sex = self._dice.choice("男女")
            rows.append(
                (
                    index,
                    self._person(),
                    sex,
                    self._id(sex),
                    self._phone(),
                    "网格员",
                    "党员",
                    "2026/4/18",
                    "16学时",
                    "在册",
                )
            )
        header = ("序号", "姓名", "性别", "身份证号码", "联系方式", "现任职务", "来源", "培训日期", "学时", "状态")
        return Sheet("legal_helpers", f"{self.name}“法律明白人”花名册", header, rows)


def write_sheets(sheets: Sequence[Sheet], folder: Path) -> list[tuple[str, Path]]:
    """Write one workbook per table; returns (register, path)."""
    import xlsxwriter

    folder.mkdir(parents=True, exist_ok=True)
    written: list[tuple[str, Path]] = []
    for sheet in sheets:
        path = folder / f"{sheet.title}.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet("Sheet1")
            page.write(0, 0, sheet.title)
            page.write_row(2, 0, sheet.header)
            for number, row in enumerate(sheet.rows, 3):
                page.write_row(number, 0, row)
        written.append((sheet.register, path))
    return written

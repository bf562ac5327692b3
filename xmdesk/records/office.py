"""The office itself, which every return is about."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlmodel import Field

from xmdesk.records.base import ALWAYS, TO_SEND, Asked, Record
from xmdesk.records.codes import OfficeKind, UrbanRural
from xmdesk.records.kinds import Count, CreditCode, Degrees, DivisionCode, Phone, Reference, SubTable, Text
from xmdesk.records.lines import Grid, Honour, UrbanVillage


class Office(Record):
    """村(社区)单位: whose book this is."""

    code: Annotated[str, DivisionCode(), Asked("统计用区划代码", "12位，以当年统计用区划代码为准", TO_SEND)] = ""
    name: Annotated[str, Text(60), Asked("单位名称", "与公章一致，如××村民委员会", ALWAYS)] = ""
    kind: Annotated[OfficeKind | None, Asked("单位类型", "决定适用哪些要求，不能由上级推断", ALWAYS)] = None
    urban_rural: Annotated[UrbanRural | None, Asked("城乡分类代码")] = None
    district: Annotated[str, Text(30), Asked("所属区")] = ""
    township: Annotated[str, Text(30), Asked("镇(街道)")] = ""
    credit_code: Annotated[str, CreditCode(), Asked("统一社会信用代码")] = ""
    address: Annotated[str, Text(120), Asked("办公地址", need=TO_SEND)] = ""
    lng: Annotated[Decimal | None, Degrees(axis="lng"), Asked("经度")] = None
    lat: Annotated[Decimal | None, Degrees(axis="lat"), Asked("纬度")] = None
    households: Annotated[int | None, Count(("户",)), Asked("总户数", "每百户面积的分母", TO_SEND)] = None
    residents: Annotated[int | None, Count(("人",)), Asked("常住人口", need=TO_SEND)] = None
    registered: Annotated[int | None, Count(("人",)), Asked("户籍人口")] = None
    aged_0_14: Annotated[int | None, Count(("人",)), Asked("0–14岁人数")] = None
    aged_65_up: Annotated[int | None, Count(("人",)), Asked("65岁及以上人数")] = None
    disabled: Annotated[int | None, Count(("人",)), Asked("残障人数")] = None
    natural_village_count: Annotated[int | None, Count(("个",)), Asked("自然村数")] = None
    group_count: Annotated[int | None, Count(("个",)), Asked("村(居)民小组数")] = None
    urban_villages: Annotated[list[dict[str, Any]], SubTable(UrbanVillage), Asked("城中村明细")] = Field(
        default_factory=list
    )
    grids: Annotated[list[dict[str, Any]], SubTable(Grid), Asked("网格", "每个网格至少1名专职网格员", TO_SEND)] = Field(
        default_factory=list
    )
    community_worker_count: Annotated[int | None, Count(("人", "名")), Asked("社区工作者人数")] = None
    volunteer_count: Annotated[int | None, Count(("人", "名")), Asked("注册志愿者人数")] = None
    has_health_committee: Annotated[bool | None, Asked("公共卫生委员会")] = None
    health_committee_on: Annotated[date | None, Asked("公共卫生委员会成立日期")] = None
    has_property_committee: Annotated[bool | None, Asked("环境和物业管理委员会")] = None
    property_committee_on: Annotated[date | None, Asked("环境和物业管理委员会成立日期")] = None
    police_count: Annotated[int | None, Count(("人", "名")), Asked("社区民警人数")] = None
    auxiliary_count: Annotated[int | None, Count(("人", "名")), Asked("辅警人数")] = None
    police_assistant_count: Annotated[int | None, Count(("人", "名")), Asked("警务助理人数")] = None
    police_in_leadership: Annotated[bool | None, Asked("民警进班子")] = None
    compound_count: Annotated[int | None, Count(("个",)), Asked("小区数")] = None
    smart_compound_count: Annotated[int | None, Count(("个",)), Asked("智能安防小区数")] = None
    secretary: Annotated[str, Reference("persons"), Asked("书记", need=TO_SEND)] = ""
    director: Annotated[str, Reference("persons"), Asked("主任", need=TO_SEND)] = ""
    phone: Annotated[str, Phone(), Asked("办公电话", need=TO_SEND)] = ""
    honours: Annotated[list[dict[str, Any]], SubTable(Honour), Asked("荣誉")] = Field(default_factory=list)
    prepared_by: Annotated[str, Text(30), Asked("填表人", "印在每张表的表尾", TO_SEND)] = ""
    reviewed_by: Annotated[str, Text(30), Asked("统计负责人")] = ""
    signed_off_by: Annotated[str, Text(30), Asked("单位负责人", need=TO_SEND)] = ""
    remark: Annotated[str, Text(500, multiline=True), Asked("备注")] = ""

    key: ClassVar[str] = "office"

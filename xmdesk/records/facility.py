"""公共设施: what the office looks after and opens to residents."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from sqlmodel import Field

from xmdesk.records.base import ALWAYS, TO_SEND, Asked, Kept
from xmdesk.records.codes import BuildNature, FacilityKind, FacilityState
from xmdesk.records.kinds import (
    Count,
    CreditCode,
    Degrees,
    Hours,
    Money,
    Number,
    PartialDay,
    Phone,
    Reference,
    References,
    RightHolder,
    Text,
    Year,
)


class Facility(Kept):
    """设施台账: one facility; rooms inside a building name the building as parent so that area counts once."""

    facility_no: Annotated[str, Text(16), Asked("设施编号", "自动编号：区划代码12位+4位顺序，永久不变")] = ""
    name: Annotated[str, Text(80), Asked("设施名称", need=ALWAYS)] = ""
    kind: Annotated[FacilityKind | None, Asked("设施类型", need=ALWAYS)] = None
    parent: Annotated[
        str, Reference("facilities"), Asked("所在综合体", "同一建筑内的用房填上级设施，面积不重复计算")
    ] = ""
    location: Annotated[str, Text(120), Asked("坐落", need=TO_SEND)] = ""
    lng: Annotated[Decimal | None, Degrees(axis="lng"), Asked("经度")] = None
    lat: Annotated[Decimal | None, Degrees(axis="lat"), Asked("纬度")] = None
    floor_area: Annotated[Decimal | None, Number(2, "㎡"), Asked("建筑面积(㎡)")] = None
    activity_area: Annotated[Decimal | None, Number(2, "㎡"), Asked("居民活动面积(㎡)", "不大于建筑面积")] = None
    outdoor_area: Annotated[Decimal | None, Number(2, "㎡"), Asked("室外活动场地面积(㎡)")] = None
    built_year: Annotated[int | None, Year(), Asked("建成年份", need=TO_SEND)] = None
    in_use_on: Annotated[str, PartialDay(), Asked("投用日期", "写到年、月或日都可以", TO_SEND)] = ""
    ended_on: Annotated[str, PartialDay(), Asked("停止使用日期")] = ""
    condition: Annotated[FacilityState | None, Asked("状态", need=ALWAYS)] = FacilityState.NORMAL
    build_nature: Annotated[BuildNature | None, Asked("建设方式")] = None
    owner: Annotated[str, RightHolder(60), Asked("所有权")] = ""
    owner_code: Annotated[str, CreditCode(), Asked("所有权人信用代码")] = ""
    operator: Annotated[str, RightHolder(60), Asked("经营权")] = ""
    manager: Annotated[str, RightHolder(60), Asked("管理权")] = ""
    fund_grant: Annotated[Decimal | None, Money(2, "万元"), Asked("财政拨款(万元)")] = None
    fund_own: Annotated[Decimal | None, Money(2, "万元"), Asked("自筹(万元)")] = None
    fund_donated: Annotated[Decimal | None, Money(2, "万元"), Asked("社会捐助(万元)")] = None
    fund_other: Annotated[Decimal | None, Money(2, "万元"), Asked("其他资金(万元)")] = None
    hours: Annotated[dict[str, list[str]], Hours(), Asked("开放时间", "服务时间不少于每天8小时（3-4-(一)）")] = Field(
        default_factory=dict
    )
    self_service_24h: Annotated[bool | None, Asked("24小时自助")] = None
    online_24h: Annotated[bool | None, Asked("24小时线上")] = None
    has_sign: Annotated[bool | None, Asked("标识规范悬挂")] = None
    sign_checked_on: Annotated[date | None, Asked("标识核对日期")] = None
    sign_photo: Annotated[str, Reference("attachments"), Asked("标识照片", "可不填")] = ""
    is_accessible: Annotated[bool | None, Asked("无障碍")] = None
    has_emergency_use: Annotated[bool | None, Asked("应急功能")] = None
    shows_12348: Annotated[bool | None, Asked("公布12348")] = None
    shows_12348_on: Annotated[date | None, Asked("12348核对日期")] = None
    police_effective: Annotated[bool | None, Asked("警务室有效运行")] = None
    police_effective_by: Annotated[str, Text(40), Asked("有效运行认定人及日期")] = ""
    police_always_open: Annotated[bool | None, Asked("警务室7×24")] = None
    police_shares_office: Annotated[bool | None, Asked("与村(居)委会合署")] = None
    police_count: Annotated[int | None, Count(("人", "名")), Asked("驻室民警数")] = None
    terminal_no: Annotated[str, Text(40), Asked("终端编号")] = ""
    terminal_model: Annotated[str, Text(40), Asked("终端型号")] = ""
    terminal_online: Annotated[bool | None, Asked("终端在线")] = None
    seats: Annotated[int | None, Count(("张", "个", "位")), Asked("床位/托位/餐位数")] = None
    meets_standard: Annotated[bool | None, Asked("卫生室达标")] = None
    takes_insurance: Annotated[bool | None, Asked("医保定点")] = None
    staff_count: Annotated[int | None, Count(("人", "名")), Asked("工作人员数", need=TO_SEND)] = None
    contact: Annotated[str, Reference("persons"), Asked("负责人", need=TO_SEND)] = ""
    contact_phone: Annotated[str, Phone(), Asked("联系电话", need=TO_SEND)] = ""
    serves: Annotated[str, Text(60), Asked("服务自然村/网格")] = ""
    radius: Annotated[int | None, Count(("米", "m")), Asked("服务半径(米)")] = None
    in_15_minutes: Annotated[bool | None, Asked("15分钟服务圈内")] = None
    shelter: Annotated[str, Reference("shelters"), Asked("关联避灾点")] = ""
    duties: Annotated[list[str], References("duties"), Asked("关联管护项")] = Field(default_factory=list)

    key: ClassVar[str] = "facilities"

"""避灾点 (DB35/T 1393-2025, GB/T 33744-2025)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlmodel import Field

from xmdesk.records.base import ALWAYS, TO_SEND, Asked, Kept
from xmdesk.records.codes import Hazard, LegacyClass, Room, ShelterCheck, ShelterGrade, ShelterKind, ShelterState, Space
from xmdesk.records.kinds import Choices, Count, Degrees, Number, PartialDay, Phone, Reference, SubTable, Text
from xmdesk.records.lines import Opening, Supply
from xmdesk.records.values.supplies import read_supplies


class Shelter(Kept):
    """避灾点: may stand in a facility of ours or in somebody else's building."""

    shelter_no: Annotated[str, Text(16), Asked("编号", "自动编号：区划代码12位+4位顺序，永久不变")] = ""
    name: Annotated[str, Text(80), Asked("名称", "如××村避灾点", ALWAYS)] = ""
    kind: Annotated[ShelterKind | None, Asked("场所类别", need=ALWAYS)] = ShelterKind.NATURAL
    grade: Annotated[ShelterGrade | None, Asked("级别", need=ALWAYS)] = ShelterGrade.VILLAGE
    legacy_class: Annotated[LegacyClass | None, Asked("原分类")] = None
    facility: Annotated[str, Reference("facilities"), Asked("依托设施")] = ""
    space: Annotated[Space | None, Asked("空间类型", need=TO_SEND)] = None
    hazards: Annotated[list[str], Choices(Hazard), Asked("适用灾种", "可多选", TO_SEND)] = Field(default_factory=list)
    location: Annotated[str, Text(120), Asked("地址", need=ALWAYS)] = ""
    lng: Annotated[Decimal | None, Degrees(axis="lng"), Asked("经度")] = None
    lat: Annotated[Decimal | None, Degrees(axis="lat"), Asked("纬度")] = None
    total_area: Annotated[Decimal | None, Number(2, "㎡"), Asked("总面积(㎡)", need=TO_SEND)] = None
    effective_area: Annotated[Decimal | None, Number(2, "㎡"), Asked("有效避难面积(㎡)", "不大于总面积", TO_SEND)] = (
        None
    )
    capacity: Annotated[int | None, Count(("人",)), Asked("可容纳人数", need=ALWAYS)] = None
    host: Annotated[str, Text(60), Asked("产权单位", "祠堂、学校、村部等", TO_SEND)] = ""
    duty_person: Annotated[str, Reference("persons"), Asked("责任人", need=ALWAYS)] = ""
    duty_phone: Annotated[str, Phone(), Asked("责任人电话", need=ALWAYS)] = ""
    deputy_person: Annotated[str, Reference("persons"), Asked("副责任人")] = ""
    supplies: Annotated[
        list[dict[str, Any]], SubTable(Supply, read_supplies), Asked("物资清单", "如 棉被30床、应急灯6个", TO_SEND)
    ] = Field(default_factory=list)
    rooms: Annotated[list[str], Choices(Room), Asked("用房和条件", "可多选", TO_SEND)] = Field(default_factory=list)
    has_wall_sign: Annotated[bool | None, Asked("标识牌", "60×50厘米", TO_SEND)] = None
    has_route_sign: Annotated[bool | None, Asked("路线指示牌", need=TO_SEND)] = None
    signs_checked_on: Annotated[date | None, Asked("标识核对日期")] = None
    has_plan: Annotated[bool | None, Asked("有应急预案")] = None
    drilled_on: Annotated[str, PartialDay(), Asked("最近演练日期")] = ""
    checked_on: Annotated[str, PartialDay(), Asked("最近检查日期", "汛前（6月1日前）检查一次", TO_SEND)] = ""
    check_result: Annotated[ShelterCheck | None, Asked("检查结论", need=TO_SEND)] = None
    openings: Annotated[list[dict[str, Any]], SubTable(Opening), Asked("启用记录")] = Field(default_factory=list)
    status: Annotated[ShelterState | None, Asked("状态", need=ALWAYS)] = ShelterState.USABLE

    key: ClassVar[str] = "shelters"

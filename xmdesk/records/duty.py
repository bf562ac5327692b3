"""管护责任清单: who looks after what in the village, how often, paid how (plan 3-3-(四), A1-49)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlmodel import Field

from xmdesk.records.base import ALWAYS, TO_SEND, Asked, Kept, Record
from xmdesk.records.codes import (
    Assessment,
    DutyChange,
    DutyClass,
    DutyUnit,
    FundSource,
    Impact,
    InspectionKind,
    IssueState,
    KeeperKind,
    KeepingMode,
    ListState,
    NoticeWay,
    RunState,
)
from xmdesk.records.kinds import (
    Choices,
    Count,
    CreditCode,
    Frequency,
    Moment,
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

_UNITS = tuple(word for _, label, synonyms in DutyUnit.table() for word in (label, *synonyms))


class DutyList(Record):
    """清单年度: the document for one village and one year (draft, on notice, final, archived)."""

    year: Annotated[int | None, Year(), Asked("清单年度", need=ALWAYS)] = None
    version: Annotated[int | None, Count(), Asked("版本")] = 1
    state: Annotated[ListState | None, Asked("清单状态", need=ALWAYS)] = ListState.DRAFT
    notice_from: Annotated[date | None, Asked("公示起")] = None
    notice_to: Annotated[date | None, Asked("公示止")] = None
    meeting_on: Annotated[date | None, Asked("村民(代表)会议日期")] = None
    reviewed_by: Annotated[str, Text(30), Asked("审核人")] = ""
    remark: Annotated[str, Text(500, multiline=True), Asked("备注")] = ""

    key: ClassVar[str] = "duty_lists"
    title_field: ClassVar[str] = "year"


class MaintenanceDuty(Kept):
    """管护责任清单条目: one object, its three rights, its keeper, and the money."""

    item_no: Annotated[str, Text(18), Asked("条目编号", "自动编号：区划代码12位+领域2位+4位顺序，永久不变")] = ""
    year: Annotated[int | None, Year(), Asked("清单年度", need=ALWAYS)] = None
    kind: Annotated[DutyClass | None, Asked("领域/类别", need=ALWAYS)] = None
    subject: Annotated[str, Text(80), Asked("管护对象", need=ALWAYS)] = ""
    location: Annotated[str, Text(120), Asked("坐落", need=TO_SEND)] = ""
    quantity: Annotated[Decimal | None, Number(2, units=_UNITS), Asked("数量/规模", need=TO_SEND)] = None
    unit: Annotated[DutyUnit | None, Asked("单位", need=TO_SEND)] = None
    built_year: Annotated[int | None, Year(), Asked("建成年份")] = None
    handed_over_on: Annotated[str, PartialDay(), Asked("移交日期")] = ""
    owner: Annotated[str, RightHolder(60), Asked("所有权人", "可填“无”或“同所有权人”，不可空", ALWAYS)] = ""
    owner_code: Annotated[str, CreditCode(), Asked("所有权人信用代码", "村集体为N2开头")] = ""
    operator: Annotated[str, RightHolder(60), Asked("经营权人", "可填“无”或“同所有权人”，不可空", ALWAYS)] = ""
    manager: Annotated[str, RightHolder(60), Asked("管理权人", "可填“无”或“同所有权人”，不可空", ALWAYS)] = ""
    keeper: Annotated[str, Text(60), Asked("管护主体", need=ALWAYS)] = ""
    keeper_kind: Annotated[KeeperKind | None, Asked("管护主体类别")] = None
    keeper_person: Annotated[str, Reference("persons"), Asked("管护责任人", need=TO_SEND)] = ""
    keeper_phone: Annotated[str, Phone(), Asked("联系电话", need=TO_SEND)] = ""
    mode: Annotated[KeepingMode | None, Asked("管护方式", need=TO_SEND)] = None
    content: Annotated[str, Text(300, multiline=True), Asked("管护内容", need=TO_SEND)] = ""
    standard: Annotated[str, Text(300, multiline=True), Asked("管护标准", need=TO_SEND)] = ""
    frequency: Annotated[dict[str, Any], Frequency(), Asked("管护频次", "如 每周2次、每日1次、按需", TO_SEND)] = Field(
        default_factory=dict
    )
    funding: Annotated[list[str], Choices(FundSource), Asked("经费来源", "可多选", TO_SEND)] = Field(
        default_factory=list
    )
    funding_amount: Annotated[Decimal | None, Money(2, "元"), Asked("年度经费(元)", need=TO_SEND)] = None
    contract_no: Annotated[str, Text(40), Asked("协议编号")] = ""
    contract_from: Annotated[date | None, Asked("协议起")] = None
    contract_to: Annotated[date | None, Asked("协议止")] = None
    contract_amount: Annotated[Decimal | None, Money(2, "元"), Asked("协议金额(元)")] = None
    overseer: Annotated[str, Text(60), Asked("监管部门", need=TO_SEND)] = ""
    hotline: Annotated[str, Phone(), Asked("监督电话", need=TO_SEND)] = ""
    term_from: Annotated[date | None, Asked("管护期限起")] = None
    term_to: Annotated[date | None, Asked("管护期限止", "到期前提醒")] = None
    assessment: Annotated[Assessment | None, Asked("年度考核结果")] = None
    assessed_on: Annotated[date | None, Asked("考核日期")] = None
    run_state: Annotated[RunState | None, Asked("运行状态", need=ALWAYS)] = RunState.NORMAL
    change: Annotated[DutyChange | None, Asked("本年变动", need=ALWAYS)] = DutyChange.CONTINUED
    change_reason: Annotated[str, Text(100), Asked("变动原因")] = ""
    confirmed: Annotated[bool | None, Asked("本年已确认", "滚动管理：每年逐项确认", TO_SEND)] = None
    confirmed_on: Annotated[date | None, Asked("确认日期")] = None
    confirmed_by: Annotated[str, Text(30), Asked("确认人")] = ""
    noticed_on: Annotated[date | None, Asked("公示日期", need=TO_SEND)] = None
    notice_way: Annotated[NoticeWay | None, Asked("公示方式")] = None
    notice_photo: Annotated[str, Reference("attachments"), Asked("公示照片", "可不填")] = ""

    key: ClassVar[str] = "duties"
    title_field: ClassVar[str] = "subject"


class Inspection(Kept):
    """巡查/报修记录: one look at one object; when not normal, the repair and recheck that followed."""

    duty: Annotated[str, Reference("duties"), Asked("管护条目", need=ALWAYS)] = ""
    at: Annotated[str, Moment(), Asked("巡查时间", need=ALWAYS)] = ""
    inspector: Annotated[str, Text(50), Asked("巡查人", need=ALWAYS)] = ""
    kind: Annotated[InspectionKind | None, Asked("类型", need=ALWAYS)] = InspectionKind.DAILY
    is_normal: Annotated[bool | None, Asked("是否正常", need=ALWAYS)] = None
    finding: Annotated[str, Text(300, multiline=True), Asked("发现问题", "不正常时填写")] = ""
    impact: Annotated[Impact | None, Asked("影响")] = None
    photos: Annotated[list[str], References("attachments"), Asked("照片", "最多3张，可不填")] = Field(
        default_factory=list
    )
    repair_person: Annotated[str, Reference("persons"), Asked("处理责任人")] = ""
    due_on: Annotated[date | None, Asked("要求完成日")] = None
    state: Annotated[IssueState | None, Asked("处理状态")] = None
    done_on: Annotated[date | None, Asked("完成日")] = None
    cost: Annotated[Decimal | None, Money(2, "元"), Asked("费用(元)")] = None
    cost_source: Annotated[FundSource | None, Asked("费用来源")] = None
    rechecked_by: Annotated[str, Text(50), Asked("复核人")] = ""

    key: ClassVar[str] = "inspections"
    title_field: ClassVar[str] = "at"

"""Persons and the posts they hold. One person may hold many (plan A1-40: 鼓励一人多职)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlmodel import Field

from xmdesk.records.base import ALWAYS, TO_SEND, Asked, Kept
from xmdesk.records.codes import (
    DocumentKind,
    Education,
    Engagement,
    Ethnic,
    HelperExit,
    HelperRoute,
    HelperSource,
    HelperState,
    OfficerGrade,
    Political,
    Post,
    Sex,
    Tier,
)
from xmdesk.records.kinds import Choices, Number, PartialDay, PersonId, PersonName, Phone, Reference, SubTable, Text
from xmdesk.records.lines import Service, YearAssessment


class Person(Kept):
    """人员: shared by all registers."""

    name: Annotated[str, PersonName(), Asked("姓名", need=ALWAYS)] = ""
    document_kind: Annotated[DocumentKind | None, Asked("证件类型")] = DocumentKind.CITIZEN
    id_no: Annotated[
        str, PersonId(), Asked("公民身份号码", "身份证18位，其他证件照证件写；只在本机和区里可见全号", TO_SEND)
    ] = ""
    sex: Annotated[Sex | None, Asked("性别", "有身份证号码时自动得出", TO_SEND)] = None
    born_on: Annotated[str, PartialDay(), Asked("出生日期", "打印为出生年月；有身份证号码时自动得出", TO_SEND)] = ""
    ethnic: Annotated[Ethnic | None, Asked("民族")] = None
    political: Annotated[Political | None, Asked("政治面貌", need=TO_SEND)] = None
    education: Annotated[Education | None, Asked("文化程度", need=TO_SEND)] = None
    post: Annotated[str, Text(60), Asked("单位及职务", need=TO_SEND)] = ""
    mobile: Annotated[str, Phone(), Asked("手机号码", need=TO_SEND)] = ""
    other_phone: Annotated[str, Phone(), Asked("其他电话")] = ""
    address: Annotated[str, Text(120), Asked("住址", "不随上报件送出")] = ""
    photo: Annotated[str, Reference("attachments"), Asked("照片", "可不填")] = ""
    agreed_to_notice: Annotated[bool | None, Asked("公示同意")] = None
    informed_on: Annotated[date | None, Asked("告知日期")] = None
    left_on: Annotated[str, PartialDay(), Asked("离任日期", "填写后其各项职务一并结束")] = ""
    left_reason: Annotated[str, Text(60), Asked("离任原因")] = ""

    key: ClassVar[str] = "persons"


class DisasterOfficer(Kept):
    """灾害信息员 (应急〔2020〕11号)."""

    person: Annotated[str, Reference("persons"), Asked("人员", need=ALWAYS)] = ""
    tier: Annotated[Tier | None, Asked("层级", need=ALWAYS)] = Tier.VILLAGE
    post: Annotated[Post | None, Asked("A/B角", "每个单位在岗A角一名", ALWAYS)] = None
    engagement: Annotated[Engagement | None, Asked("专/兼职", need=ALWAYS)] = None
    started_on: Annotated[str, PartialDay(), Asked("任职日期", need=TO_SEND)] = ""
    ended_on: Annotated[str, PartialDay(), Asked("离任日期")] = ""
    ended_reason: Annotated[str, Text(60), Asked("离任原因")] = ""
    lives_here: Annotated[bool | None, Asked("长期在本地居住")] = None
    phone_on_24h: Annotated[bool | None, Asked("手机24小时开机")] = None
    duty_phone: Annotated[str, Phone(), Asked("应急值班电话")] = ""
    in_national_system: Annotated[bool | None, Asked("已录入国家系统", "国家自然灾害灾情管理系统", TO_SEND)] = None
    entered_on: Annotated[str, PartialDay(), Asked("录入日期")] = ""
    trained_on: Annotated[str, PartialDay(), Asked("最近培训", "有培训记录时以培训记录为准")] = ""
    certificate_grade: Annotated[OfficerGrade | None, Asked("证书等级")] = None
    certificate_no: Annotated[str, Text(40), Asked("证书编号")] = ""
    equipment: Annotated[str, Text(100), Asked("装备", "北斗终端等")] = ""
    confirmed_on: Annotated[date | None, Asked("汛前确认日期", "每年汛前确认一次", TO_SEND)] = None

    key: ClassVar[str] = "disaster_officers"
    title_field: ClassVar[str] = "person"


class LegalHelper(Kept):
    """法律明白人 (《乡村“法律明白人”培养工作规范(试行)》2021)."""

    person: Annotated[str, Reference("persons"), Asked("人员", need=ALWAYS)] = ""
    sources: Annotated[list[str], Choices(HelperSource), Asked("来源身份", "可多选", TO_SEND)] = Field(
        default_factory=list
    )
    route: Annotated[HelperRoute | None, Asked("推荐方式", need=TO_SEND)] = None
    by_womens_federation: Annotated[bool | None, Asked("妇联培养")] = None
    initial_training_on: Annotated[str, PartialDay(), Asked("初任培训日期", need=TO_SEND)] = ""
    initial_training_hours: Annotated[
        Decimal | None, Number(1, units=("学时", "课时", "小时")), Asked("初任培训学时", need=TO_SEND)
    ] = None
    initial_training_result: Annotated[str, Text(20), Asked("初任培训成绩")] = ""
    certificate_no: Annotated[str, Text(40), Asked("证书编号", need=TO_SEND)] = ""
    certificate_by: Annotated[str, Text(60), Asked("发证机关", need=TO_SEND)] = ""
    certificate_on: Annotated[str, PartialDay(), Asked("发证日期", need=TO_SEND)] = ""
    has_badge: Annotated[bool | None, Asked("徽章")] = None
    filed_on: Annotated[str, PartialDay(), Asked("备案日期")] = ""
    noticed_on: Annotated[str, PartialDay(), Asked("公示日期")] = ""
    assessments: Annotated[list[dict[str, Any]], SubTable(YearAssessment), Asked("年度考核")] = Field(
        default_factory=list
    )
    status: Annotated[HelperState | None, Asked("状态", need=ALWAYS)] = HelperState.CANDIDATE
    left_on: Annotated[str, PartialDay(), Asked("退出日期")] = ""
    left_reason: Annotated[HelperExit | None, Asked("退出原因")] = None
    services: Annotated[list[dict[str, Any]], SubTable(Service), Asked("服务记录")] = Field(default_factory=list)

    key: ClassVar[str] = "legal_helpers"
    title_field: ClassVar[str] = "person"

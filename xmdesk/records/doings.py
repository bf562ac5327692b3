"""Trainings and activities: what was held, when, for whom."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlmodel import Field

from xmdesk.records.base import ALWAYS, TO_SEND, Asked, Kept
from xmdesk.records.codes import ActivityKind, TrainingForm, TrainingKind
from xmdesk.records.kinds import Count, Number, PartialDay, References, SubTable, Text
from xmdesk.records.lines import Attendance


class Training(Kept):
    """培训记录."""

    from_on: Annotated[str, PartialDay(), Asked("开始日期", need=ALWAYS)] = ""
    to_on: Annotated[str, PartialDay(), Asked("结束日期", "一天的可不填")] = ""
    theme: Annotated[str, Text(80), Asked("主题", need=ALWAYS)] = ""
    kind: Annotated[TrainingKind | None, Asked("类别", need=ALWAYS)] = None
    organiser: Annotated[str, Text(60), Asked("组织单位", need=ALWAYS)] = ""
    form: Annotated[TrainingForm | None, Asked("形式", need=TO_SEND)] = None
    hours: Annotated[Decimal | None, Number(1, "学时"), Asked("学时", "0.5学时一档", TO_SEND)] = None
    place: Annotated[str, Text(60), Asked("地点")] = ""
    people_count: Annotated[int | None, Count(("人", "人次")), Asked("参加人次", "不少于名单人数")] = None
    attendees: Annotated[list[dict[str, Any]], SubTable(Attendance), Asked("参训人员", need=TO_SEND)] = Field(
        default_factory=list
    )
    proofs: Annotated[list[str], References("attachments"), Asked("证明材料", "可不填")] = Field(default_factory=list)

    key: ClassVar[str] = "trainings"
    title_field: ClassVar[str] = "theme"


class Activity(Kept):
    """活动记录: guidance and practice of the parents' school, consultation, science, legal publicity (A1-06, A1-14)."""

    from_on: Annotated[str, PartialDay(), Asked("开始日期", need=ALWAYS)] = ""
    to_on: Annotated[str, PartialDay(), Asked("结束日期", "一天的可不填")] = ""
    theme: Annotated[str, Text(80), Asked("主题", need=ALWAYS)] = ""
    kind: Annotated[ActivityKind | None, Asked("类别", need=ALWAYS)] = None
    organiser: Annotated[str, Text(60), Asked("组织单位", need=TO_SEND)] = ""
    place: Annotated[str, Text(60), Asked("地点")] = ""
    people_count: Annotated[int | None, Count(("人", "人次")), Asked("参加人次")] = None
    summary: Annotated[str, Text(200, multiline=True), Asked("简述")] = ""
    proofs: Annotated[list[str], References("attachments"), Asked("证明材料", "可不填")] = Field(default_factory=list)

    key: ClassVar[str] = "activities"
    title_field: ClassVar[str] = "theme"


class Attachment(Kept):
    """附件: bytes are kept once under their SHA-256; the name is for people and never used as a path."""

    name: Annotated[str, Text(120), Asked("名称", need=ALWAYS)] = ""
    sha256: str = ""
    media_type: str = ""
    size: int = 0
    taken_on: Annotated[str, PartialDay(), Asked("拍摄日期")] = ""

    key: ClassVar[str] = "attachments"

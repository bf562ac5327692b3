"""Lines of sub-tables: small records that live inside another record."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict
from sqlmodel import SQLModel

from xmdesk.records.base import ALWAYS, Asked, fields_of
from xmdesk.records.codes import (
    HelperAssessment,
    HelperService,
    HonourKind,
    TrainingResult,
)
from xmdesk.records.kinds import Count, Number, PartialDay, Reference, Text, Year


class Line(SQLModel):
    """A line of a sub-table; shown on paper as one short phrase."""

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]  # SQLModel narrows it

    def as_json(self) -> dict[str, Any]:
        """Return the canonical JSON object."""
        return {name: spec.kind.to_json(getattr(self, name)) for name, spec in fields_of(type(self)).items()}

    def show(self) -> str:
        """Return the line as one phrase."""
        shown = (spec.kind.show(getattr(self, name)) for name, spec in fields_of(type(self)).items())
        return " ".join(one for one in shown if one)


class UrbanVillage(Line):
    """城中村: distance to the centre decides whether a sub-station may be set up (A1-30, A1-31)."""

    name: Annotated[str, Text(40), Asked("名称", need=ALWAYS)] = ""
    distance: Annotated[int | None, Count(("米", "m")), Asked("距中心(米)")] = None
    organisations: Annotated[int | None, Count(("个",)), Asked("公益性社会组织数")] = None


class Grid(Line):
    """网格: each needs at least one full-time grid worker (A1-58)."""

    name: Annotated[str, Text(40), Asked("网格名称", need=ALWAYS)] = ""
    full_time_count: Annotated[int | None, Count(("人", "名")), Asked("专职网格员数")] = None


class Honour(Line):
    """荣誉 with the year it was given and the year it is reviewed."""

    kind: Annotated[HonourKind | None, Asked("荣誉", need=ALWAYS)] = None
    grade: Annotated[str, Text(20), Asked("级别")] = ""
    year: Annotated[int | None, Year(), Asked("年度")] = None
    review_year: Annotated[int | None, Year(), Asked("复核年")] = None


class Supply(Line):
    """储备物资: item, quantity, unit, expiry and place."""

    item: Annotated[str, Text(40), Asked("品名", need=ALWAYS)] = ""
    quantity: Annotated[Decimal | None, Number(2), Asked("数量")] = None
    unit: Annotated[str, Text(8), Asked("单位")] = ""
    expires: Annotated[str, PartialDay(), Asked("有效期")] = ""
    place: Annotated[str, Text(40), Asked("存放处")] = ""

    def show(self) -> str:
        """Return 方便面20箱(2027年3月到期)."""
        quantity = Number(2).show(self.quantity)
        expires = f"({PartialDay().show(self.expires)}到期)" if self.expires else ""
        place = f"[{self.place}]" if self.place else ""
        return f"{self.item}{quantity}{self.unit}{expires}{place}"


class Opening(Line):
    """启用记录 of a shelter."""

    opened: Annotated[str, PartialDay(), Asked("启用日期", need=ALWAYS)] = ""
    closed: Annotated[str, PartialDay(), Asked("关闭日期")] = ""
    event: Annotated[str, Text(60), Asked("事件")] = ""
    housed_count: Annotated[int | None, Count(("人",)), Asked("安置人数")] = None


class Service(Line):
    """服务记录 of a legal helper."""

    on: Annotated[str, PartialDay(), Asked("日期", need=ALWAYS)] = ""
    kind: Annotated[HelperService | None, Asked("类型")] = None
    people_count: Annotated[int | None, Count(("人",)), Asked("人数")] = None
    summary: Annotated[str, Text(200), Asked("简述")] = ""


class YearAssessment(Line):
    """年度考核 of a legal helper."""

    year: Annotated[int | None, Year(), Asked("年度", need=ALWAYS)] = None
    result: Annotated[HelperAssessment | None, Asked("考核结果")] = None


class Attendance(Line):
    """参训人员 with result."""

    person: Annotated[str, Reference("persons"), Asked("人员", need=ALWAYS)] = ""
    result: Annotated[TrainingResult | None, Asked("结果")] = None

"""The places of the navigation and how their pages are made. Pages are imported when first visited."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.shared.page import Page
from ui.shared.surroundings import Surroundings

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


@dataclass(frozen=True)
class Place:
    """One line of the navigation; ``register`` names the register whose count stands beside it."""

    id: str
    text: str
    build: Callable[["Desk", Surroundings], Page]
    group: str = ""
    register: str = ""


def _today(desk: "Desk", around: Surroundings) -> Page:
    from ui.today.page import TodayPage

    return TodayPage(desk, around)


def _register(name: str) -> Callable[["Desk", Surroundings], Page]:
    def build(desk: "Desk", around: Surroundings) -> Page:
        from ui.registers.page import RegisterPage

        return RegisterPage(name, registers=desk.registers, checking=desk.checking, surroundings=around)

    return build


def _office(desk: "Desk", around: Surroundings) -> Page:
    from ui.office.page import OfficePage

    return OfficePage(desk, around)


def _returns(desk: "Desk", around: Surroundings) -> Page:
    from ui.returns.page import ReturnsPage

    return ReturnsPage(desk, around)


def _rolling(desk: "Desk", around: Surroundings) -> Page:
    from ui.rolling.page import RollingPage

    return RollingPage(desk, around)


def _rounds(desk: "Desk", around: Surroundings) -> Page:
    from ui.inspections.page import RoundsPage

    return RoundsPage(desk, around)


def _imports(desk: "Desk", around: Surroundings) -> Page:
    from ui.imports.page import ImportsPage

    return ImportsPage(desk, around)


def _filling(desk: "Desk", around: Surroundings) -> Page:
    from ui.filling.page import FillingPage

    return FillingPage(desk, around)


def _inbox(desk: "Desk", around: Surroundings) -> Page:
    from ui.inbox.page import InboxPage

    return InboxPage(desk, around)


def _certificates(desk: "Desk", around: Surroundings) -> Page:
    from ui.certificates.page import CertificatesPage

    return CertificatesPage(desk, around)


def _tasks(desk: "Desk", around: Surroundings) -> Page:
    from ui.tasks.page import TasksPage

    return TasksPage(desk, around)


def _consolidation(desk: "Desk", around: Surroundings) -> Page:
    from ui.consolidation.page import ConsolidationPage

    return ConsolidationPage(desk, around)


def _settings(desk: "Desk", around: Surroundings) -> Page:
    from ui.settings.page import SettingsPage

    return SettingsPage(desk, around)


REGISTER_PLACES = (
    ("facilities", "公共服务设施"),
    ("duties", "管护责任清单"),
    ("inspections", "巡查报修"),
    ("persons", "人员名册"),
    ("disaster_officers", "灾害信息员"),
    ("shelters", "避灾点"),
    ("legal_helpers", "法律明白人"),
    ("trainings", "培训记录"),
    ("activities", "活动记录"),
)
OFFICE = Place("office", "单位信息", _office, "单位")
SETTINGS = Place("settings", "设置", _settings, "单位")
CLERK_PLACES = (
    Place("today", "今日", _today),
    Place("rounds", "登记巡查", _rounds),
    Place("rolling", "滚动管理", _rolling),
    *(Place(name, text, _register(name), "台账", name) for name, text in REGISTER_PLACES),
    Place("imports", "导入表格", _imports, "上报"),
    Place("filling", "一表通", _filling, "上报"),
    Place("returns", "上报", _returns, "上报"),
    OFFICE,
    SETTINGS,
)
REVIEWER_PLACES = (
    Place("inbox", "收件箱", _inbox),
    Place("tasks", "任务和名册", _tasks),
    Place("consolidation", "汇总", _consolidation),
    Place("certificates", "开通与证书", _certificates, "单位"),
    OFFICE,
    SETTINGS,
)


def places_for(desk: str) -> tuple[Place, ...]:
    """Return the places of the clerk's or the reviewer's desk."""
    return REVIEWER_PLACES if desk == "reviewer" else CLERK_PLACES

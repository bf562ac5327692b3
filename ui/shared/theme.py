"""The visual language: colours with meaning, one type scale, one spacing scale, in light and dark.

Colours stand here and nowhere else; ``resources/qss/xmdesk.qss`` names them as ``$name`` and writes lengths as ``8u``
(pixels at 100 % text size). ``faint`` is for what is off or beside the point and can still be read. Amber says "still missing", red "wrong", violet "please look", blue "explained", green "done".
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from xmdesk.paths import resource

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "微软雅黑",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
    "文泉驿微米黑",
    "WenQuanYi Zen Hei",
)
TEXT_SIZES = {"标准": 100, "大": 125, "特大": 150}


class Tokens(NamedTuple):
    """Colours by what they mean."""

    ground: str
    surface: str
    raised: str
    hover: str
    line: str
    edge: str
    handle: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_strong: str
    on_accent: str
    accent_soft: str
    on_accent_soft: str
    side: str
    side_text: str
    side_muted: str
    side_hover: str
    side_chosen: str
    side_missing: str
    wrong: str
    wrong_soft: str
    missing: str
    missing_soft: str
    doubt: str
    doubt_soft: str
    explained: str
    explained_soft: str
    note: str
    note_soft: str
    good: str
    good_soft: str


LIGHT = Tokens(
    ground="#F3F4F1", surface="#FFFFFF", raised="#FAFAF8", hover="#F1F5F3", line="#E2E4DE", edge="#8D938C", handle="#C3C9C3",
    text="#1B2321", muted="#59625E", faint="#67706B",
    accent="#0B6B62", accent_strong="#07534C", on_accent="#FFFFFF", accent_soft="#DDEFEB", on_accent_soft="#06453F",
    side="#123B38", side_text="#F0F6F4", side_muted="#C2D8D2", side_hover="#1B4A46", side_chosen="#26605A",
    side_missing="#F7D08A",
    wrong="#B3261E", wrong_soft="#FCE9E7", missing="#855000", missing_soft="#FDF0D9", doubt="#7B3A8C", doubt_soft="#F5E8F8",
    explained="#1F559F", explained_soft="#E5EEFA", note="#59625E", note_soft="#ECEFEB", good="#1F6B37", good_soft="#E2F2E6",
)  # fmt: skip
DARK = Tokens(
    ground="#171B1A", surface="#1F2524", raised="#252C2A", hover="#29312F", line="#333C3A", edge="#76817D", handle="#47524F",
    text="#E7ECEA", muted="#A5B0AC", faint="#919D99",
    accent="#5CC4B5", accent_strong="#7FD6C9", on_accent="#06231F", accent_soft="#1D443F", on_accent_soft="#C6F0E9",
    side="#0F1514", side_text="#E7ECEA", side_muted="#93A39E", side_hover="#1B2524", side_chosen="#1F3B37",
    side_missing="#F2BC63",
    wrong="#FF9A8F", wrong_soft="#45211E", missing="#F2BC63", missing_soft="#40311A", doubt="#DDA8EC", doubt_soft="#3B2542",
    explained="#94BEF8", explained_soft="#1E3250", note="#A5B0AC", note_soft="#2B3331", good="#82CF98", good_soft="#1C3A26",
)  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """Which colours and how large the letters are (percent)."""

    is_dark: bool = False
    percent: int = 100

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return DARK if self.is_dark else LIGHT

    def px(self, units: float) -> int:
        """Return a length in pixels for a length at 100 %."""
        return round(units * self.percent / 100)

    @property
    def least_window(self) -> tuple[int, int]:
        """The smallest window in which every page can be used."""
        more = self.percent - 100
        return 960 + more * 8, 600 + more * 2

    def sheet(self) -> str:
        """Return the Qt style sheet with colours and lengths filled in."""
        names = {
            **self.tokens._asdict(),
            "icons": resource("icons").as_posix(),
            "mode": "dark" if self.is_dark else "light",
        }
        text = resource("qss", "xmdesk.qss").read_text("utf-8")
        text = re.sub(r"(\d+)u\b", lambda found: f"{self.px(int(found[1]))}px", text)
        return re.sub(r"\$(\w+)", lambda found: names[found[1]], text)


def fitting(wish: int, wide: int) -> int:
    """Return the largest text size, up to the one wished for, with which every page fits into so many pixels."""
    sizes = (one for one in (wish, *TEXT_SIZES.values()) if one <= wish)
    return max((one for one in sizes if Theme(percent=one).least_window[0] <= wide), default=min(TEXT_SIZES.values()))


HEAD_AIR = 20
"""What the style sheet leaves beside the head of a column, in pixels at 100 %."""


def head_font(theme: Theme) -> QFont:
    """Return the letters of column heads, for measuring (the style sheet sets them)."""
    font = QFont(QApplication.font())
    font.setPixelSize(theme.px(13))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def dress(application: QApplication, theme: Theme) -> None:
    """Give the whole program these colours and this text size."""
    application.setPalette(_palette(theme.tokens))
    font = application.font()
    font.setPixelSize(theme.px(15))
    application.setFont(font)
    sheet = theme.sheet()
    if application.styleSheet() != sheet:  # the same once more would be read and worn all over again
        application.setStyleSheet(sheet)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.ground,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.raised,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.ToolTipBase: tokens.raised,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.Link: tokens.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette

"""Colours can be told apart and read in both themes; the style sheet names only what exists."""

import re

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel

from tests.house.tree import ROOT
from ui.shared.icons import NAMES
from ui.shared.theme import DARK, LIGHT, Theme, Tokens, contrast, dress, fitting

SOFT = ("accent_soft", "wrong_soft", "missing_soft", "explained_soft", "good_soft")
READ_ON = {
    "text": ("ground", "surface", "raised", "hover", *SOFT),
    "muted": ("ground", "surface", "raised", "hover", "line"),
    "faint": ("ground", "surface", "raised", "hover"),
    "accent": ("ground", "surface", "hover"),
    "on_accent": ("accent", "accent_strong"),
    "on_accent_soft": ("accent_soft",),
    "side_text": ("side", "side_hover", "side_chosen"),
    "side_muted": ("side",),
    "side_missing": ("side", "side_hover", "side_chosen"),
    "wrong": ("surface", "wrong_soft"),
    "missing": ("surface", "missing_soft"),
    "doubt": ("surface", "doubt_soft"),
    "explained": ("surface", "explained_soft"),
    "note": ("surface", "note_soft"),
    "good": ("surface", "good_soft"),
}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(tokens: Tokens) -> None:
    weak = {
        (text, ground): round(contrast(getattr(tokens, text), getattr(tokens, ground)), 2)
        for text, grounds in READ_ON.items()
        for ground in grounds
        if contrast(getattr(tokens, text), getattr(tokens, ground)) < 4.5
    }

    assert weak == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_controls_stand_out(tokens: Tokens) -> None:
    assert contrast(tokens.edge, tokens.surface) >= 3


def test_contrast_is_the_one_of_the_web_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_the_style_sheet_is_filled_in_at_every_text_size(percent: int) -> None:
    sheet = Theme(percent=percent).sheet()

    assert "$" not in sheet
    assert not re.search(r"\d+u\b", sheet)
    assert f"font-size: {round(15 * percent / 100)}px" in sheet


def test_pictures_named_in_the_style_sheet_are_shipped() -> None:
    names = re.findall(r"url\(([^)]+)\)", Theme().sheet() + Theme(is_dark=True).sheet())

    assert len(names) >= 4
    assert [name for name in names if not name.startswith((ROOT / "resources" / "icons").as_posix())] == []
    assert all((ROOT / name).exists() for name in names)


def test_every_icon_exists_in_its_font(around) -> None:
    around.icons.wake()

    assert [name for name in NAMES if around.icons.get(name).isNull()] == []


def test_icons_wait_for_the_first_paint(around) -> None:
    assert around.icons.get("save").isNull()


@pytest.mark.parametrize(
    ("wish", "wide", "worn"),
    [
        (150, 1366, 150),
        (150, 1280, 125),
        (125, 1280, 125),
        (150, 1024, 100),
        (100, 1920, 100),
        (150, 800, 100),
        (110, 1366, 110),
    ],
)
def test_letters_are_as_large_as_was_wished_or_as_the_screen_allows(wish: int, wide: int, worn: int) -> None:
    assert fitting(wish, wide) == worn


class Dressed(QLabel):
    """Counts how often it is dressed."""

    times = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's own name
        self.times += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def test_what_is_worn_already_is_not_put_on_again(qtbot, qapp: QApplication) -> None:
    made = Dressed("厦门")
    qtbot.addWidget(made)
    made.show()
    dress(qapp, Theme())
    before = made.times

    dress(qapp, Theme())
    same = made.times
    dress(qapp, Theme(is_dark=True))

    assert same == before
    assert made.times > same

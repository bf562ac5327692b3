"""Words stand out by 4.5 : 1 on every page in both themes, measured on the pixels (WCAG 2.1, 1.4.3)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.journeys import tour
from tests.journeys.invented import enrol
from tests.ui.colours import pale
from tests.ui.said import Said
from ui.window import Window
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEAST = 4.5


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def worn(window: Window, request: pytest.FixtureRequest) -> Window:
    window.preferring.change(is_dark=request.param)
    window.wake()
    window.show_gate()
    return window


def looking(window: Window, faults: dict[str, list[str]]) -> Callable[[str], None]:
    def stop(name: str) -> None:
        found = pale(window, LEAST)
        if found:
            faults[name] = found

    return stop


def test_words_stand_out_before_a_book_is_open(worn: Window, tmp_path: Path) -> None:
    faults: dict[str, list[str]] = {}

    tour.walk_start(worn, looking(worn, faults))
    tour.walk_gate(worn, tmp_path / "台账", looking(worn, faults))

    assert faults == {}


def test_words_stand_out_on_the_clerks_desk(
    worn: Window, desk: Desk, reviewer: Desk, said: Said, tmp_path: Path
) -> None:
    faults: dict[str, list[str]] = {}
    stop = looking(worn, faults)
    enrol(desk, reviewer, tmp_path)
    worn.open_desk(desk)

    tour.walk_pages(worn, stop)
    tour.walk_panels(worn, stop)
    tour.walk_work(worn, desk, stop, said)

    assert faults == {}


def test_words_stand_out_on_the_reviewers_desk(worn: Window, reviewer: Desk, tmp_path: Path) -> None:
    faults: dict[str, list[str]] = {}
    worn.open_desk(reviewer)

    tour.walk_pages(worn, looking(worn, faults))
    reviewer.enrolling.init()
    tour.walk_refused(worn, tmp_path, looking(worn, faults))

    assert faults == {}


@pytest.mark.parametrize(("colour", "is_pale"), [("#949494", True), ("#767676", False)])
def test_the_measure_tells_pale_words_from_strong_ones(qtbot, colour: str, is_pale: bool) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.setStyleSheet("background: #FFFFFF;")
    ground.resize(200, 60)
    words = QLabel("厦门村居台账", ground)
    words.setStyleSheet(f"color: {colour};")
    words.resize(180, 40)
    ground.show()

    assert bool(pale(ground, LEAST)) is is_pale

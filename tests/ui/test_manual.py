"""The manual shows the program that exists: pictures, places and acts."""

import re

import pytest

from tests.house.tree import ROOT
from tests.journeys import tour
from ui.actions import ACTS, CELL_ACTS
from ui.places import CLERK_PLACES, REVIEWER_PLACES
from ui.window import Window
from xmdesk.services.desk import Desk

HELP = ROOT / "resources" / "help"
MANUAL = (HELP / "manual.md").read_text("utf-8")
PICTURES = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", MANUAL)


def test_every_picture_in_the_manual_is_shipped() -> None:
    assert [name for name in PICTURES if not (HELP / name).is_file()] == []


@pytest.mark.parametrize("place", sorted({one.id for one in (*CLERK_PLACES, *REVIEWER_PLACES)}))
def test_every_place_is_pictured(place: str) -> None:
    assert f"images/{place}.png" in PICTURES


@pytest.mark.parametrize("act", [*ACTS.values(), *CELL_ACTS.values()], ids=[*ACTS, *CELL_ACTS])
def test_every_act_is_explained_under_its_heading(act) -> None:
    assert f"## {act.help}\n" in MANUAL
    assert act.keys.replace("PgDown", "PgDn") in MANUAL


def test_pictures_are_small() -> None:
    assert [path.name for path in (HELP / "images").glob("*.png") if path.stat().st_size > 150_000] == []


def test_a_picture_of_one_desk_is_never_taken_over_that_of_the_other(window: Window, reviewer: Desk) -> None:
    names: list[str] = []
    window.open_desk(reviewer)

    tour.walk_pages(window, names.append)

    assert len(names) > len(set(names) & {one.id for one in CLERK_PLACES}) == 0

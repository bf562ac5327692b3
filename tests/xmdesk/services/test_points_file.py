"""Points that a script wrote down are read, or refused as a whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from xmdesk.errors import WrongUse
from xmdesk.services.points_file import read_points
from xmdesk.services.reviewing import Point


@pytest.mark.parametrize(
    "content",
    [
        "nonsense",
        "5",
        "[5]",
        '[{"reason": ""}]',
        '[{"register": "roads", "reason": "改"}]',
        '[{"reason": "改", "row": "1"}]',
        "[" * 100_000,
    ],
)
def test_points_of_another_shape_are_wrong_use(tmp_path: Path, content: str) -> None:
    path = tmp_path / "points.json"
    path.write_text(content, "utf-8")
    with pytest.raises(WrongUse) as why:
        read_points(path)
    assert why.value.code == "REVIEW-POINTS-SHAPE"


@pytest.mark.parametrize("wrap", [lambda points: points, lambda points: {"points": points}])
def test_points_are_read_with_form_or_register_row_or_uid(tmp_path: Path, wrap: Any) -> None:
    path = tmp_path / "points.json"
    path.write_text(json.dumps(wrap([{"form": "duties", "row": 2, "reason": "改 "}])), "utf-8-sig")
    assert read_points(path) == [Point("duties", "", "", "改", row_no=2)]

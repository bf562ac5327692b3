"""Five everyday tasks take fewer keys here than in a spreadsheet, and DECISIONS.md says how many."""

from pathlib import Path

import pytest

from tests.bench.keys import told
from tests.house.tree import ROOT
from tests.journeys.everyday import by_sheet, counted
from tests.journeys.screen import can_show


def test_a_written_procedure_is_counted_key_by_key() -> None:
    count = by_sheet("ctrl+s shift+Down*7 '叶美澄' Return")

    assert (count.keys, count.letters, count.sum) == (2 + 8 + 1, 3, 14)


@pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")
def test_everyday_tasks_take_fewer_keys_than_a_spreadsheet(tmp_path: Path) -> None:
    found = counted(tmp_path)

    decided = (ROOT / "DECISIONS.md").read_text("utf-8")
    assert [one.task for one in found if one.ours.sum >= one.sheet.sum] == []
    assert [told(one) for one in found if told(one) not in decided] == []

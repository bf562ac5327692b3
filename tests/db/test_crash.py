"""Kill -9 while saving and importing loses nothing that was acknowledged; 200 kills are in ``tests/bench``."""

import random
import sys
from pathlib import Path

import pytest

from tests.db.conftest import PASSWORD
from tests.db.crash import kill_often


@pytest.mark.skipif(sys.platform != "linux", reason="forks, kills and looks into /proc")
def test_twenty_kills_lose_nothing(folder: Path, key: bytes) -> None:
    outcome = kill_often(folder, key=key, password=PASSWORD, kills=20, chance=random.Random(20261123))

    assert (outcome.kills, outcome.lost, outcome.partial, outcome.corrupt) == (20, 0, 0, 0)
    assert outcome.acknowledged > outcome.kills
    assert outcome.live_logs == 20

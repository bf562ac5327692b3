"""return seal on the command line: nil answers, what they refuse, and the exit codes of a return that is not ready."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.journeys.terminal import Terminal
from tests.xmdesk.services.stories import PASSWORD
from ui.compose import opened
from xmdesk import clock
from xmdesk.records.submission import NilAnswer, Submission

EMPTY = "inspections,disaster_officers,shelters,legal_helpers,trainings,activities"


@pytest.fixture
def terminal(founded: Path, tmp_path: Path, shared_cache: Path) -> Terminal:
    """A terminal beside an enrolled village that keeps facilities and duties and nothing else."""
    shutil.copytree(founded, tmp_path, dirs_exist_ok=True)
    return Terminal(tmp_path, shared_cache, password=PASSWORD)


def sealing(terminal: Terminal, *more: str, expect: int) -> str:
    """Seal the quarter and return the code of the error."""
    words = ("return", "seal", terminal.at("village"), "--period", "2026Q4", "--out", terminal.at("out"), *more)
    with clock.frozen(NOON):
        return terminal(*words, expect=expect).json.get("error", {}).get("code", "")


def test_a_nil_answer_that_cannot_be_meant_is_wrong_use_and_an_unanswered_form_is_a_finding(terminal: Terminal) -> None:
    assert sealing(terminal, "--nil", "nope", expect=2) == "SEAL-NIL-UNKNOWN"
    assert sealing(terminal, "--nil", f"{EMPTY},duties", expect=2) == "SEAL-NIL-FILLED"
    assert sealing(terminal, "--nil", "shelters, trainings", expect=1) == "SEAL-UNANSWERED"
    with opened(terminal.at("village"), PASSWORD) as desk:
        assert desk.store.all(NilAnswer) == []
        assert desk.store.all(Submission) == []

    assert sealing(terminal, "--nil", EMPTY, expect=0) == ""
    with opened(terminal.at("village"), PASSWORD) as desk:
        assert len(desk.store.all(NilAnswer)) == 6


def test_names_that_nobody_gave_are_told_and_keep_nothing_from_being_sealed(terminal: Terminal) -> None:
    words = ("return", "seal", terminal.at("village"), "--period", "2026Q4", "--out", terminal.at("out"))
    with clock.frozen(NOON):
        nobody = terminal(*words, "--nil", EMPTY)
        named = terminal(*words, "--prepared-by", "郑小满", "--signed-off-by", "林银杏")

    assert "这一版没有写填表人（--prepared-by）、单位负责人（--signed-off-by）" in nobody.err
    assert "没有写" not in named.err
    assert "负责人没有在窗口的“上报”里打勾同意这一版" in named.err


def test_a_list_that_was_not_opened_cannot_be_answered_as_nil(terminal: Terminal) -> None:
    village, nil = terminal.at("village"), f"{EMPTY},duties"
    with clock.frozen(NOON + timedelta(days=120)):
        checked = terminal("check", village, "--period", "2027Q1", expect=1)
        refused = terminal(
            "return", "seal", village, "--period", "2027Q1", "--out", terminal.at("out"), "--nil", nil, expect=1
        )

    found = [one for one in checked.json["problems"] if one["code"] == "C-LIST-UNOPENED"]
    assert [one["where"]["register"] for one in found] == ["duty_lists"]
    assert refused.json["error"]["code"] == "SEAL-OPEN-ERRORS"

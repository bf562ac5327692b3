import re
from pathlib import Path
from typing import Any

import pytest

from xmdesk.errors import Refused
from xmdesk.sealed.payload import SCHEMA
from xmdesk.sealed.upgrades import STEPS, Step, upgrade, upgraded

THIS = Path(__file__)


def two_steps() -> dict[int, Step]:
    steps: dict[int, Step] = {}

    @upgrade(1, steps)
    def from_1(payload: dict[str, Any]) -> dict[str, Any]:
        """Version 2 calls the form number by its name."""
        return {**{name: one for name, one in payload.items() if name != "no"}, "form_no": payload["no"]}

    @upgrade(2, steps)
    def from_2(payload: dict[str, Any]) -> dict[str, Any]:
        """Version 3 has remarks."""
        return {**payload, "remark": ""}

    return steps


def test_an_old_payload_walks_every_step_in_turn_and_stays_itself() -> None:
    old = {"schema": 1, "no": "表1"}
    assert upgraded(old, two_steps(), newest=3) == {"schema": 3, "form_no": "表1", "remark": ""}
    assert old == {"schema": 1, "no": "表1"}


def test_a_payload_from_the_middle_starts_there() -> None:
    assert upgraded({"schema": 2}, two_steps(), newest=3) == {"schema": 3, "remark": ""}


def test_a_payload_of_today_comes_back_as_it_is() -> None:
    payload = {"schema": SCHEMA}
    assert upgraded(payload) is payload


def test_a_newer_payload_is_refused_naming_both_versions() -> None:
    with pytest.raises(Refused) as why:
        upgraded({"schema": SCHEMA + 1})
    assert why.value.code == "R-NEWER"
    assert why.value.facts == {"found": SCHEMA + 1, "known": SCHEMA}


@pytest.mark.parametrize("schema", [None, "1", True, 0, -1])
def test_a_payload_without_a_schema_number_is_refused(schema: Any) -> None:
    with pytest.raises(Refused):
        upgraded({"schema": schema})


def test_a_step_must_tell_what_it_changes_and_may_be_registered_once() -> None:
    def silent(payload: dict[str, Any]) -> dict[str, Any]:
        return payload

    with pytest.raises(ValueError, match="does not tell"):
        upgrade(3, {})(silent)
    with pytest.raises(ValueError, match="known already"):
        upgrade(1, steps := two_steps())(steps[1])


def test_there_is_a_step_from_every_older_schema_and_each_has_a_test_of_its_name() -> None:
    assert set(STEPS) == set(range(1, SCHEMA))
    names = set(re.findall(r"def (test_\w+)", THIS.read_text("utf-8")))
    assert [step.__name__ for step in STEPS.values() if f"test_{step.__name__}" not in names] == []

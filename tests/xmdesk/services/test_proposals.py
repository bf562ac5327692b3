"""The program knows an answer only where its own sentence gives a single one."""

from decimal import Decimal

import pytest

from xmdesk.problems import problem
from xmdesk.records.values.numbers import read_decimal
from xmdesk.records.values.reading import Bad
from xmdesk.services.proposals import proposal


@pytest.mark.parametrize(("text", "answer"), [("1.2万", "12000"), ("三十", "30"), ("许多", "")])
def test_a_number_in_words_is_proposed_in_figures(text: str, answer: str) -> None:
    with pytest.raises(Bad) as why:
        read_decimal(text, 2)

    found = proposal(problem(why.value.code, **why.value.facts))

    assert found == answer
    assert not found or read_decimal(found, 2).value == Decimal(answer)


@pytest.mark.parametrize(("suggestions", "answer"), [("“道路”", "道路"), ("“道路”、“桥梁”", "")])
def test_one_near_choice_is_proposed_and_several_are_not(suggestions: str, answer: str) -> None:
    assert proposal(problem("V-CHOICE-NEAR", text="路", suggestions=suggestions)) == answer

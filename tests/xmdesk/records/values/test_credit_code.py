"""Unified social credit codes, GB 32100-2015."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xmdesk.records.values.credit_code import ALPHABET, credit_check, organisation_check, read_credit_code
from xmdesk.records.values.reading import Bad

VECTORS = ["91350100M000100Y43", "91110000600037341L", "91110108551385082Q"]


def _code(head: str, body: str) -> str:
    start = f"{head}350212{body}{organisation_check(body)}"
    return start + credit_check(start)


codes = st.builds(
    _code,
    st.text(alphabet=ALPHABET, min_size=2, max_size=2),
    st.text(alphabet=ALPHABET, min_size=8, max_size=8),
)


@pytest.mark.parametrize("code", VECTORS)
def test_the_published_examples_are_valid(code: str) -> None:
    assert (read_credit_code(code).value, read_credit_code(code).notes) == (code, ())


@pytest.mark.parametrize("head", ["N1", "N2", "N3", "54", "55"])
def test_village_collectives_and_any_second_character_are_valid(head: str) -> None:
    code = _code(head, "MF123456")
    assert (read_credit_code(code).value, read_credit_code(code).notes) == (code, ())


@pytest.mark.parametrize("raw", ["９１３５０１００M０００１００Y４３", "91350100 m000100y 43", "'91350100M000100Y43"])
def test_spelling_is_tidied(raw: str) -> None:
    assert read_credit_code(raw).value == VECTORS[0]
    assert [note.code for note in read_credit_code(raw).notes] == ["V-TIDIED"]


def test_a_wrong_inner_code_is_a_warning() -> None:
    start = "91350100M000100Y5"
    found = read_credit_code(start + credit_check(start))
    assert [note.code for note in found.notes] == ["V-CREDIT-INNER"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("91350100I000100Y43", "V-CREDIT-CHARACTERS"),
        ("91350100M000100Y4", "V-CREDIT-LENGTH"),
        ("91350100M000100Y44", "V-CREDIT-CHECK"),
        (9.1350100e17, "V-CREDIT-NUMERIC"),
        ("〃", "V-DITTO"),
    ],
)
def test_wrong_codes_wait(raw: object, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_credit_code(raw)
    assert bad.value.code == code


@settings(max_examples=200, deadline=None)
@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_change_is_caught(code: str, place: int, char: str) -> None:
    changed = code[:place] + char + code[place + 1 :]
    if changed == code:
        assert read_credit_code(code).value == code
    else:
        with pytest.raises(Bad, match="V-CREDIT-CHECK"):
            read_credit_code(changed)

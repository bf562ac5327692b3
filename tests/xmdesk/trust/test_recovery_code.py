import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xmdesk.errors import WrongUse
from xmdesk.trust.recovery_code import ALPHABET, _check_character, new_code, printed, read_code

bodies = st.text(ALPHABET, min_size=25, max_size=25)


def test_a_code_is_printed_in_five_groups_and_reads_back() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [5, 5, 5, 5, 6]
    assert printed(read_code(code)) == code


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(200)}) == 200


@given(bodies)
@settings(max_examples=50)
def test_typing_is_tolerant_of_case_spaces_and_lookalikes(body: str) -> None:
    code = body + _check_character(body)
    typed = printed(code).lower().replace("-", " — ").replace("0", "o").replace("1", "l")
    assert read_code(typed) == code
    assert read_code(code.replace("1", "I").translate({ord(c): ord(c) + 0xFEE0 for c in ALPHABET})) == code


@given(bodies, st.integers(0, 25), st.sampled_from(ALPHABET))
@settings(max_examples=200)
def test_every_single_wrong_character_is_caught(body: str, place: int, wrong: str) -> None:
    code = body + _check_character(body)
    if code[place] == wrong:
        return
    with pytest.raises(WrongUse) as refused:
        read_code(code[:place] + wrong + code[place + 1 :])
    assert refused.value.code == "T-RECOVERY-TYPO"


@given(bodies, st.integers(0, 25), st.integers(0, 25))
@settings(max_examples=200)
def test_every_swap_of_two_different_characters_is_caught(body: str, left: int, right: int) -> None:
    code = list(body + _check_character(body))
    if code[left] == code[right]:
        return
    code[left], code[right] = code[right], code[left]
    with pytest.raises(WrongUse):
        read_code("".join(code))


@pytest.mark.parametrize("typed", ["", "ABCDE", "A" * 27, "U" * 26, "é" * 26, "一" * 26])
def test_what_cannot_be_a_code_is_told_apart_from_a_typing_slip(typed: str) -> None:
    with pytest.raises(WrongUse) as refused:
        read_code(typed)
    assert refused.value.code == "T-RECOVERY-FORM"

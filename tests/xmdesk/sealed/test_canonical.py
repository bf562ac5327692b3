import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from xmdesk.sealed.canonical import DEEPEST, LARGEST, canonical, encoded_again, parse_canonical
from xmdesk.sealed.unfit import Unfit

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
keys = st.text(st.characters(max_codepoint=127), max_size=8)
plain = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4))
contents = st.dictionaries(keys, values, max_size=6)


def code_of(raw: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        parse_canonical(raw)
    return unfit.value.code


@given(contents)
@settings(max_examples=100)
def test_our_bytes_equal_those_of_rfc_8785(content: dict[str, Any]) -> None:
    raw = canonical(content)
    assert raw == rfc8785.dumps(json.loads(raw))


@given(contents)
@settings(max_examples=100)
def test_what_is_written_reads_back_and_writes_the_same(content: dict[str, Any]) -> None:
    raw = canonical(content)
    assert canonical(parse_canonical(raw)) == raw


@given(contents, st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=150)
def test_two_different_sequences_of_bytes_never_mean_the_same(content: dict[str, Any], place: int, by: int) -> None:
    raw = canonical(content)
    bent = bytearray(raw)
    bent[place % len(bent)] ^= by
    try:
        other = parse_canonical(bytes(bent))
    except Unfit:
        return
    assert canonical(other) == bytes(bent) != raw


def test_texts_are_composed() -> None:
    assert canonical({"a": "e\u0301"}) == '{"a":"\u00e9"}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.0, 1.5, float("nan"), 2**53, -(2**53), 10**40, b"x", {1: 2}, {"区": 1}, "\ud800", {"a", "b"}, [object()]],
)
def test_values_outside_the_subset_are_not_written(value: object) -> None:
    with pytest.raises(Unfit) as unfit:
        canonical({"a": value})
    assert unfit.value.code == "R-JSON"


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"[]", b'"a"', b"1", b"{", b'{"a":1.5}', b'{"a":1.0}', b'{"a":1e3}', b'{"a":NaN}', b'{"a":Infinity}',
        b'{"a":9007199254740992}', b'{"a":-9007199254740992}', b'{"a":[99999999999999999999999]}', b'{"a":"\\ud800"}',
        b'{"a":"\xff"}', b'{"a":"\x01"}', '{"区":1}'.encode(), b'\xef\xbb\xbf{"a":1}', b'{"a":1}\x00', b'{"a":01}',
    ],
)  # fmt: skip
def test_what_is_no_payload_is_refused(raw: bytes) -> None:
    assert code_of(raw) == "R-JSON"


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":1}', b'{"a":1,"a":2}', b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1}\n', b' {"a":1}', b'{"a":-0}',
        b'{"a":"\\u0061"}', b'{"a":"\\/"}', b'{"a":"\\u000a"}', '{"a":"e\u0301"}'.encode(),
    ],
)  # fmt: skip
def test_another_spelling_of_a_payload_is_refused(raw: bytes) -> None:
    assert code_of(raw) == "R-JSON-FORM"


def test_a_long_number_inside_a_text_is_a_text() -> None:
    raw = b'{"a":"x:1234567890123456789,1234567890123456789"}'
    assert canonical(parse_canonical(raw)) == raw


def nested(depth: int) -> bytes:
    return b'{"a":' + b"[" * depth + b"]" * depth + b"}"


def test_depth_is_limited_on_both_sides() -> None:
    parse_canonical(nested(DEEPEST - 1))
    assert code_of(nested(DEEPEST)) == "R-JSON"
    assert code_of(b'{"a":' * 40 + b"1" + b"}" * 40) == "R-JSON"
    assert code_of(nested(100_000)) == "R-JSON"
    deep: Any = []
    for _ in range(DEEPEST):
        deep = [deep]
    with pytest.raises(Unfit):
        canonical({"a": deep})


def test_size_is_limited_on_both_sides() -> None:
    large = {"a": "x" * LARGEST}
    with pytest.raises(Unfit) as unfit:
        canonical(large)
    assert unfit.value.code == "R-JSON-SIZE"
    assert code_of(b'{"a":"' + b"x" * LARGEST + b'"}') == "R-JSON-SIZE"
    assert code_of(b'{"a":[' + b"{}," * 300_001 + b"0]}") == "R-JSON-SIZE"


@given(contents)
@settings(max_examples=50)
def test_what_was_parsed_is_encoded_again_without_a_second_walk(content: dict[str, Any]) -> None:
    raw = canonical(content)
    assert encoded_again(parse_canonical(raw)) == raw

"""Identity numbers: GB 11643-1999 and trust.md table BE. All numbers are invented or the standard's own examples."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xmdesk.clock import today
from xmdesk.records.values.identity import check_character, id_facts, mask_id, read_any_id, read_id
from xmdesk.records.values.reading import Bad

VECTORS = ["11010519491231002X", "360426199101010071", "120103198806018241"]


def _number(region: int, born: date, sequence: int) -> str:
    body = f"{region:06d}{born:%Y%m%d}{sequence:03d}"
    return body + check_character(body)


citizens = st.builds(
    _number,
    st.sampled_from([110101, 350212, 350299, 659001]),
    st.dates(date(1900, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
)


@pytest.mark.parametrize("number", VECTORS)
def test_the_published_examples_are_valid(number: str) -> None:
    assert read_id(number).value == number
    assert read_id(number).notes == ()


def test_birth_and_sex_are_in_the_number() -> None:
    facts = id_facts("11010519491231002X")
    assert facts is not None
    assert (facts.birth, facts.sex) == (date(1949, 12, 31), "2")
    man = id_facts("360426199101010071")
    assert man is not None
    assert man.sex == "1"
    assert id_facts("360426199101010072") is None
    assert id_facts("") is None


@pytest.mark.parametrize(
    "raw",
    [
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002x",
        "11010519491231002ｘ",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "110105－19491231—002X",
        "'11010519491231002X",
        "‘11010519491231002X",
        "\u200b110105\u202c19491231002X\ufeff",
    ],
)
def test_spelling_is_tidied_with_a_note(raw: str) -> None:
    found = read_id(raw)
    assert found.value == "11010519491231002X"
    assert [note.code for note in found.notes] == ["V-TIDIED"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("11010519491231002х", "V-ID-CHARACTERS"),
        ("11010519491231002×", "V-ID-CHARACTERS"),
        ("1101051949123100X2", "V-ID-CHARACTERS"),
        ("1101O519491231002X", "V-ID-CHARACTERS"),
        ("١٢٠١٠٣١٩٨٨٠٦٠١٨٢٤١", "V-ID-CHARACTERS"),
        ("1101051949123100X", "V-ID-LENGTH"),
        ("110105194912310021X", "V-ID-LENGTH"),
        ("110105491231002", "V-ID-OLD"),
        (_number(350212, date(1990, 2, 28), 1).replace("19900228", "19900230"), "V-ID-BIRTH"),
        (_number(350212, date(1870, 1, 1), 1), "V-ID-BIRTH"),
        ("360426199101010072", "V-ID-CHECK"),
        (1.10101e17, "V-ID-NUMERIC"),
        (110105194912310021, "V-ID-NUMERIC"),
        ("1.10101E+17", "V-ID-NUMERIC"),
        (True, "V-ID-NUMERIC"),
        ("E12345678", "V-ID-OTHER-DOCUMENT"),
        ("军字第1234567号", "V-ID-OTHER-DOCUMENT"),
        ("同上", "V-DITTO"),
        (_number(810000, date(1990, 1, 1), 1), "V-ID-RESIDENCE"),
    ],
)
def test_wrong_numbers_wait_for_a_stated_reason(raw: object, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_id(raw)
    assert bad.value.code == code


def test_a_birth_date_after_today_waits(clock: object) -> None:
    assert read_id(_number(350212, date(2026, 11, 23), 1)).value
    with pytest.raises(Bad, match="V-ID-BIRTH"):
        read_id(_number(350212, date(2026, 11, 24), 1))


@pytest.mark.parametrize("region", [810000, 820000, 830000])
def test_residence_permits_belong_to_their_document_type(region: int) -> None:
    number = _number(region, date(1990, 1, 1), 12)
    assert read_id(number, doc_type="2").value == number
    with pytest.raises(Bad, match="V-ID-NOT-RESIDENCE"):
        read_id(VECTORS[0], doc_type="2")


def test_an_unknown_region_is_only_a_notice() -> None:
    number = _number(990000, date(1990, 1, 1), 12)
    found = read_id(number)
    assert (found.value, [note.code for note in found.notes]) == (number, ["V-ID-REGION"])


def test_passports_and_other_documents() -> None:
    assert read_id(" e12345678 ", doc_type="3").value == "E12345678"
    assert read_id("军字第1234567号", doc_type="9").value == "军字第1234567号"
    assert [note.code for note in read_id(VECTORS[0], doc_type="9").notes] == ["V-ID-IS-CITIZEN"]
    with pytest.raises(Bad, match="V-PASSPORT"):
        read_id("护照", doc_type="3")
    with pytest.raises(Bad, match="V-DOCUMENT"):
        read_id("没有", doc_type="9")


def test_a_number_whose_document_is_not_at_hand_is_told_by_its_shape() -> None:
    permit = _number(830000, date(1990, 1, 1), 12)

    assert [read_any_id(one).value for one in (permit, " e1234 5678", "军字第1234567号", VECTORS[0])] == [
        permit,
        "E12345678",
        "军字第1234567号",
        VECTORS[0],
    ]
    for raw, code in (("1.10101E+17", "V-ID-NUMERIC"), (1.10101e17, "V-ID-NUMERIC"), ("12345678", "V-ID-LENGTH")):
        with pytest.raises(Bad, match=code):
            read_any_id(raw)


@settings(max_examples=200, deadline=None)
@given(citizens, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_change_is_caught(number: str, place: int, char: str) -> None:
    changed = number[:place] + char + number[place + 1 :]
    if changed == number:
        assert read_id(number).value == number
        return
    with pytest.raises(Bad) as bad:
        read_id(changed)
    assert not any(part in str(bad.value.facts) for part in (number[:6], number[6:14], number[14:]))


@settings(max_examples=200, deadline=None)
@given(citizens)
def test_generated_numbers_are_read_unchanged(number: str) -> None:
    assert read_id(number).value == number
    facts = id_facts(number)
    assert facts is not None
    assert f"{facts.birth:%Y%m%d}" == number[6:14]
    assert facts.birth <= today()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789X -", max_size=40))
def test_the_mask_never_shows_more_than_ten_characters_or_a_third(text: str) -> None:
    masked = mask_id(text)
    shown = len(masked) - masked.count("*")
    assert len(masked) == len(text)
    assert shown <= 10 if len(text) >= 18 else shown <= len(text) / 3
    assert mask_id(masked) == masked


def test_the_one_mask() -> None:
    assert mask_id("35021219491231001X") == "350212********001X"
    assert mask_id("E12345678") == "E*******8"
    assert mask_id("12") == "**"
    assert mask_id("") == ""

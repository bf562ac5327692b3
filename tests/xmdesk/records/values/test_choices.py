"""Closed lists."""

import pytest

from xmdesk.records.codes import Education, FacilityKind, FundSource, Hazard, HelperSource, Post
from xmdesk.records.values.choices import read_choice, read_choices
from xmdesk.records.values.reading import Bad


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("党群服务中心", "01"),
        ("01", "01"),
        ("1", "01"),
        (1, "01"),
        (1.0, "01"),
        ("01 党群服务中心", "01"),
        ("01、党群服务中心", "01"),
        ("党群 服务中心", "01"),
        ("农家书屋", "19"),
        ("妇女之家", "14"),
        ("Ｅ政务自助终端", "25"),
        ("", ""),
        ("无", ""),
        (None, ""),
    ],
)
def test_a_facility_kind_is_found_by_code_label_or_synonym(raw: object, value: str) -> None:
    assert read_choice(raw, FacilityKind.table()).value == value


def test_short_lists_match_without_regard_to_width_and_case() -> None:
    assert read_choice("ａ角", Post.table()).value == "A"
    assert read_choice("初中及以下", Education.table()).value == "70"


def test_every_label_and_value_is_read_as_itself() -> None:
    for value, label, _ in FacilityKind.table():
        assert read_choice(label, FacilityKind.table()).value == value
        assert read_choice(value, FacilityKind.table()).value == value


def test_an_unknown_word_is_answered_with_a_suggestion() -> None:
    with pytest.raises(Bad) as bad:
        read_choice("党群中心站", FacilityKind.table())
    assert bad.value.code == "V-CHOICE-NEAR"
    assert "党群服务中心" in bad.value.facts["suggestions"]
    with pytest.raises(Bad) as bad:
        read_choice("xyz", Post.table())
    assert (bad.value.code, bad.value.facts["examples"]) == ("V-CHOICE", "A角、B角、其他")


def test_a_code_that_contradicts_its_name_waits() -> None:
    with pytest.raises(Bad, match="V-CHOICE-CONFLICT"):
        read_choice("01 便民服务站", FacilityKind.table())


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ("人民调解员、党员", ("人民调解员", "党员")),
        ("党员/人民调解员", ("人民调解员", "党员")),
        ("党员 人民调解员", ("人民调解员", "党员")),
        ("党员，党员", ("党员",)),
        (["党员"], ("党员",)),
        ("无", ()),
        ("", ()),
    ],
)
def test_several_choices_come_in_the_order_of_the_list(raw: object, values: tuple[str, ...]) -> None:
    assert read_choices(raw, HelperSource.table()).value == values


def test_money_sources_are_joined_by_plus() -> None:
    assert read_choices("镇财政+村集体", FundSource.table()).value == ("镇财政", "村集体")
    assert read_choices("财政(区)；村集体", FundSource.table()).value == ("区财政", "村集体")


def test_one_unknown_part_is_named() -> None:
    with pytest.raises(Bad) as bad:
        read_choices("台风、外星人", Hazard.table())
    assert bad.value.facts["text"] == "外星人"

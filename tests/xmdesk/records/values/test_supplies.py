"""Stores of a shelter written into one cell."""

import pytest

from xmdesk.records.lines import Supply
from xmdesk.records.values.reading import Bad
from xmdesk.records.values.supplies import read_supplies, show_supplies

LEDGER = "棉被30床、应急灯6个、方便面20箱(2027.3到期)、手电10把"


def _line(item: str, quantity: str | None, unit: str, expires: str = "", place: str = "") -> dict[str, str | None]:
    return {"item": item, "quantity": quantity, "unit": unit, "expires": expires, "place": place}


def test_the_villages_own_line_is_read() -> None:
    assert read_supplies(LEDGER).value == [
        _line("棉被", "30", "床"),
        _line("应急灯", "6", "个"),
        _line("方便面", "20", "箱", "2027-03"),
        _line("手电", "10", "把"),
    ]


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("5号电池20节", _line("5号电池", "20", "节")),
        ("30床棉被", _line("棉被", "30", "床")),
        ("棉被×30床", _line("棉被", "30", "床")),
        ("棉被：30 床", _line("棉被", "30", "床")),
        ("大米1,200公斤", _line("大米", "1200", "公斤")),
        ("大米12.5公斤【村部】", _line("大米", "12.5", "公斤", "", "村部")),
        ("水50箱（有效期至2027-03，存放于仓库）", _line("水", "50", "箱", "2027-03", "仓库")),
    ],
)
def test_other_ways_of_writing_one_store(raw: str, line: dict[str, str | None]) -> None:
    assert read_supplies(raw).value == [line]


def test_stores_without_a_quantity_are_kept_with_a_warning() -> None:
    found = read_supplies("药箱、棉被若干")
    assert [line["item"] for line in found.value] == ["药箱", "棉被"]
    assert (found.notes[0].code, found.notes[0].facts) == ("V-SUPPLY-UNCOUNTED", {"items": "药箱、棉被"})


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("棉被三十床", "V-SUPPLY-WORDS"),
        ("123", "V-SUPPLY"),
        ("面20箱(2027.13到期)", "V-DATE-MONTH"),
        ("同上", "V-DITTO"),
        ([1], "V-KIND"),
    ],
)
def test_unclear_stores_wait(raw: object, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_supplies(raw)
    assert bad.value.code == code


def test_nothing_stored_is_an_empty_list() -> None:
    assert read_supplies("无").value == read_supplies(None).value == []


def test_what_is_shown_reads_back_also_as_the_record_shows_it() -> None:
    lines = read_supplies(f"{LEDGER}、大米12.5公斤[村部仓库]、药箱").value
    assert read_supplies(show_supplies(lines)).value == lines
    shown = "、".join(Supply.model_validate(line).show() for line in lines)
    assert read_supplies(shown).value == lines
    assert [Supply.model_validate(line).as_json() for line in lines] == lines

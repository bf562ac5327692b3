"""Every kind of field has a widget that gives back what it was given, reads what people type, and says what it cannot."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.typing import commit, type_into
from ui.shared.fields.field import Field
from ui.shared.fields.lines import LineField
from ui.shared.fields.pick_line import letters_of, name_of
from ui.shared.fields.picks import ChoiceField, ReferenceField, ReferencesField
from ui.shared.fields.registry import field_for
from ui.shared.fields.rules import rule_of
from ui.shared.fields.ticks import SegmentField, TicksField
from ui.shared.reading_order import stops
from xmdesk.records.base import Asked, Need, Record, fields_of
from xmdesk.records.codes import FacilityKind, Hazard, Post, Sex
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.shelter import Shelter
from xmdesk.records.values.reading import Bad

KNOWN = {"u-1": "郑小满", "u-2": "郑建新"}


class People:
    """Two persons and a list of those that were added."""

    def __init__(self) -> None:
        self.added: list[str] = []

    def search(self, register: str, text: str) -> list[tuple[str, str]]:
        return [(uid, name) for uid, name in KNOWN.items() if text in name]

    def title(self, register: str, uid: str) -> str:
        return KNOWN.get(uid, f"新人{uid}" if uid else "")

    def add_person(self, name: str) -> str:
        self.added.append(name)
        return "u-9"


def made(qtbot, record: type[Record], name: str, people: People | None = None) -> Any:
    field = field_for(fields_of(record)[name], people or People())
    qtbot.addWidget(field)
    field.fill(record().model_dump().get(name))
    field.show()
    return field


SAMPLES: list[tuple[type[Record], str, Any]] = [
    (Facility, "name", "村卫生室"),
    (Facility, "kind", FacilityKind.CLINIC),
    (Facility, "floor_area", Decimal("45.50")),
    (Facility, "built_year", 2018),
    (Facility, "in_use_on", "2021-03"),
    (Facility, "sign_checked_on", date(2026, 5, 1)),
    (Facility, "has_sign", False),
    (Facility, "hours", {"1": ["08:00-12:00"]}),
    (Facility, "duties", ["u-1", "u-2"]),
    (Facility, "remark", "两行\n文字"),
    (Person, "mobile", "13805920001"),
    (Shelter, "hazards", ["台风", "地震"]),
    (Shelter, "supplies", [{"item": "棉被", "quantity": "30", "unit": "床", "expires": "", "place": ""}]),
    (DisasterOfficer, "person", "u-1"),
    (DisasterOfficer, "post", Post.DEPUTY),
]


@pytest.mark.parametrize(("record", "name", "value"), SAMPLES, ids=[name for _, name, _ in SAMPLES])
def test_a_field_gives_back_what_it_shows(qtbot, record: type[Record], name: str, value: Any) -> None:
    field = made(qtbot, record, name)

    field.fill(value)

    assert field.read() == value


@pytest.mark.parametrize("register", REGISTERS)
def test_every_field_of_a_register_has_a_widget_with_a_spoken_name(qtbot, register: str) -> None:
    for spec in fields_of(REGISTERS[register].record).values():
        field = field_for(spec, People())
        qtbot.addWidget(field)

        control = field.focusProxy()
        assert control is not None
        assert spec.label in control.accessibleName()


@pytest.mark.parametrize(
    ("record", "name", "typed", "value", "shown"),
    [
        (Facility, "in_use_on", "2021.3", "2021-03", "2021年3月"),
        (Facility, "sign_checked_on", "2026/5/1", date(2026, 5, 1), "2026年5月1日"),
        (Facility, "floor_area", "45.5㎡", Decimal("45.5"), "45.5"),
        (Facility, "built_year", "2018年", 2018, "2018"),
    ],
)
def test_what_people_type_is_read_and_tidied(qtbot, record, name: str, typed: str, value: Any, shown: str) -> None:
    field = made(qtbot, record, name)

    type_into(field.line, typed)

    assert field.read() == value
    assert field.line.text() == shown


@pytest.mark.parametrize(("name", "example"), [("lng", "如 118.123456"), ("lat", "如 24.654321")])
def test_a_coordinate_shows_an_example_of_its_own_axis(qtbot, name: str, example: str) -> None:
    made = LineField(fields_of(Facility)[name])
    qtbot.addWidget(made)

    assert made.line.placeholderText() == example


def test_text_that_cannot_be_read_stays_and_says_why(qtbot) -> None:
    field = made(qtbot, Facility, "built_year")

    type_into(field.line, "去年夏天")

    assert field.line.text() == "去年夏天"
    assert field.line.property("tone") == "wrong"
    assert any("一" <= char <= "鿿" for char in field.words)
    with pytest.raises(Bad):
        field.read()


def test_a_needed_field_is_marked_only_while_it_is_empty(qtbot) -> None:
    field = made(qtbot, Facility, "name")
    before = (field._mark.text(), field.line.property("tone"))

    type_into(field.line, "农家书屋")

    assert before == ("必填", "missing")
    assert (field._mark.text(), field.line.property("tone")) == ("", "")


def test_enter_goes_to_the_next_field(qtbot) -> None:
    fired: list[int] = []
    field = made(qtbot, Facility, "name")
    field.focusNextChild = lambda: fired.append(1)

    QTest.keyClick(field.line, Qt.Key.Key_Return)

    assert fired == [1]


def test_a_choice_is_found_by_the_initials_of_its_pinyin(qtbot) -> None:
    field: ChoiceField = made(qtbot, Facility, "kind")
    changes: list[int] = []
    field.edited.connect(lambda: changes.append(1))

    type_into(field.line, "njsw")

    assert field.read() is FacilityKind.LIBRARY
    assert changes


def test_a_choice_that_is_not_in_the_list_waits_with_a_reason(qtbot) -> None:
    field: ChoiceField = made(qtbot, Facility, "kind")

    type_into(field.line, "飞机场")

    assert field.line.text() == "飞机场"
    assert "列表里没有" in field.words


def test_clearing_a_choice_takes_the_answer_back(qtbot) -> None:
    field: ChoiceField = made(qtbot, Facility, "kind")
    field.fill(FacilityKind.CLINIC)

    field.line.selectAll()
    QTest.keyClick(field.line, Qt.Key.Key_Delete)
    QTest.keyClick(field.line, Qt.Key.Key_Return)

    assert field.read() is None


def test_a_reference_is_chosen_by_typing_the_name(qtbot) -> None:
    field: ReferenceField = made(qtbot, DisasterOfficer, "person")

    type_into(field.line, "郑建")

    assert field.read() == "u-2"
    assert field.line.text() == "郑建新"


class Namesakes(People):
    """Two persons of one name."""

    def search(self, register: str, text: str) -> list[tuple[str, str]]:
        found = [("u-1", "林银杏（会计）"), ("u-2", "林银杏（网格员）")]
        return [one for one in found if text in one[1]]


def test_a_name_that_two_have_asks_which_and_makes_no_third(qtbot) -> None:
    field: ReferenceField = made(qtbot, DisasterOfficer, "person", Namesakes())

    type_into(field.line, "林银杏")

    with pytest.raises(Bad) as why:
        field.read()
    assert (why.value.code, why.value.facts["number"]) == ("U-PICK-WHICH", 2)
    assert [title for _, title in field._find("林银杏")] == ["林银杏（会计）", "林银杏（网格员）"]


class Unmarked(Namesakes):
    """Of one of them nothing is known that could stand in brackets."""

    def search(self, register: str, text: str) -> list[tuple[str, str]]:
        return [one for one in [("u-1", "林银杏（会计）"), ("u-2", "林银杏")] if text in one[1]]


def test_a_namesake_with_nothing_in_brackets_is_not_taken_for_the_other(qtbot) -> None:
    field: ReferenceField = made(qtbot, DisasterOfficer, "person", Unmarked())

    type_into(field.line, "林银杏")

    with pytest.raises(Bad) as why:
        field.read()
    assert (why.value.code, why.value.facts["number"]) == ("U-PICK-WHICH", 2)


@pytest.mark.parametrize(("keys", "uid"), [(["Down"], "u-2"), (["Down", "Up"], "u-1")])
def test_tab_takes_the_line_of_the_list_to_which_somebody_walked(qtbot, keys: list[str], uid: str) -> None:
    field: ReferenceField = made(qtbot, DisasterOfficer, "person", Namesakes())
    field.line.setFocus()
    commit(field.line, "林银杏")
    popup = field.line._completer.popup()
    for key in keys:
        QTest.keyClick(popup, Qt.Key[f"Key_{key}"])
    QTest.keyClick(popup, Qt.Key.Key_Tab)

    assert field.read() == uid
    assert not field.line.is_open


def test_the_letters_beside_a_namesake_are_those_that_find_the_name() -> None:
    assert letters_of(name_of("林银杏（会计）")) == "lyx"


def test_one_of_two_namesakes_is_chosen_by_the_whole_line(qtbot) -> None:
    field: ReferenceField = made(qtbot, DisasterOfficer, "person", Namesakes())

    type_into(field.line, "林银杏（网格员）")

    assert field.read() == "u-2"


def test_a_person_who_is_not_there_yet_is_offered_and_made(qtbot) -> None:
    people = People()
    field: ReferenceField = made(qtbot, DisasterOfficer, "person", people)
    offered = field._find("林银杏")

    field.choose(offered[-1])

    assert offered[-1][1] == "新增人员“林银杏”"
    assert people.added == ["林银杏"]
    assert field.read() == "u-9"


def test_a_second_click_takes_yes_back(qtbot) -> None:
    field: SegmentField = made(qtbot, Facility, "has_sign")
    yes = field._buttons[0]

    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    first = field.read()
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)

    assert first is True
    assert field.read() is None


def test_ticks_keep_the_order_of_the_list(qtbot) -> None:
    field: TicksField = made(qtbot, Shelter, "hazards")

    for value in (Hazard.EARTHQUAKE, Hazard.TYPHOON):
        QTest.mouseClick(field._boxes[value.value], Qt.MouseButton.LeftButton)

    assert field.read() == ["台风", "地震"]


def test_every_tick_is_told_by_field_and_words(qtbot) -> None:
    field: TicksField = made(qtbot, Shelter, "hazards")

    assert {one.accessibleName() for one in field._boxes.values()} == {
        f"{field.spec.label}:{one.text()}" for one in field._boxes.values()
    }


def test_an_identity_number_is_masked_until_somebody_works_on_it(qtbot) -> None:
    field = made(qtbot, Person, "id_no")
    number = "110101199003070011"
    field.fill(number)
    masked = field.line.text()

    field.window().activateWindow()
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    working = field.line.text()

    assert "*" in masked
    assert number not in masked
    assert working == number
    assert field.read() == number


def test_a_chip_is_taken_away_by_clicking_it(qtbot) -> None:
    field: ReferencesField = made(qtbot, Facility, "duties")
    field.fill(["u-1", "u-2"])

    field._drop("u-1")

    assert field.read() == ["u-2"]


def test_numbers_that_services_give_are_not_typed(qtbot) -> None:
    field: LineField = made(qtbot, Facility, "facility_no")

    assert field.line.isReadOnly()


def test_an_input_method_commit_counts_as_typing(qtbot) -> None:
    changes: list[int] = []
    field = made(qtbot, Facility, "name")
    field.edited.connect(lambda: changes.append(1))

    commit(field.line, "村委会")

    assert changes == [1]
    assert field.read() == "村委会"


def test_an_unknown_kind_of_note_is_only_text() -> None:
    class Odd(Record):
        word: Annotated[str, Asked("词", need=Need.NO)] = ""

    assert isinstance(field_for(fields_of(Odd)["word"], People()), Field)


def stop(field: Field) -> QWidget:
    """The control at which Tab stops in a field."""
    (found,) = stops(field)
    return found


def test_alternatives_are_one_stop_walked_and_taken_by_keys(qtbot) -> None:
    field: SegmentField = made(qtbot, Person, "sex")
    field.show()

    QTest.keyClicks(stop(field), "n")
    first = field.read()
    QTest.keyClicks(stop(field), "n")
    second = field.read()
    QTest.keyClick(stop(field), Qt.Key.Key_Left)
    QTest.keyClick(stop(field), Qt.Key.Key_Space)

    assert (first, second, field.read()) == (Sex.MALE, Sex.FEMALE, Sex.MALE)


def test_enter_on_ticks_goes_on_and_changes_nothing(qtbot) -> None:
    field: TicksField = made(qtbot, Shelter, "hazards")
    field.show()

    QTest.keyClick(stop(field), Qt.Key.Key_Right)
    QTest.keyClick(stop(field), Qt.Key.Key_Space)
    once = field.read()
    QTest.keyClick(stop(field), Qt.Key.Key_Return)

    assert len(once) == 1
    assert field.read() == once


@pytest.mark.parametrize("register", REGISTERS)
def test_f1_has_something_to_say_about_every_field(register: str) -> None:
    rules = {name: rule_of(spec) for name, spec in fields_of(REGISTERS[register].record).items()}

    assert [name for name, words in rules.items() if words.count("。") < 2] == []


def test_f1_says_help_need_and_way_below_the_label_and_takes_them_away(qtbot) -> None:
    field = made(qtbot, Facility, "in_use_on")

    field.explain()
    told = field.rule_words
    field.explain()

    assert "写到年、月或日都可以" in told
    assert "上报前要填" in told
    assert field.rule_words == ""

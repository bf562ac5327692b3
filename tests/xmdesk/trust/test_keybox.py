import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xmdesk.trust.forging import wide
from xmdesk.errors import Fault, WrongUse, XmError
from xmdesk.trust.argon import FLOOR_COST, Cost
from xmdesk.trust.keybox import MOST_SLOTS, Keybox

SECRET = b"\x01" * 32
PASSWORD = "茶山 落日 17"
OTHER = wide("Tea") + " Hill 29"
LABEL = "350212105201"


@pytest.fixture(scope="module")
def box() -> Keybox:
    return Keybox.create(LABEL, secret=SECRET, password=PASSWORD, who="p1", cost=FLOOR_COST)


def changed(box: Keybox, **parts: Any) -> str:
    return json.dumps(json.loads(box.to_json()) | parts)


def slot_changed(box: Keybox, **parts: Any) -> str:
    content = json.loads(box.to_json())
    content["slots"][0] |= parts
    return json.dumps(content)


def code_of(call: Any) -> str:
    with pytest.raises(XmError) as raised:
        call()
    return raised.value.code


def test_a_box_opens_with_its_password_after_being_written_and_read(box: Keybox) -> None:
    assert Keybox.from_json(box.to_json()) == box
    assert Keybox.from_json(box.to_json()).open(PASSWORD) == SECRET


def test_the_file_shows_neither_secret_nor_password(box: Keybox) -> None:
    text = box.to_json()
    assert "AQEBAQEB" not in text
    assert "茶山" not in text


def test_a_wrong_password_is_refused(box: Keybox) -> None:
    assert code_of(lambda: box.open("茶山 落日 18")) == "T-PASSWORD-WRONG"


def test_full_width_typing_opens_the_same_box(box: Keybox) -> None:
    assert box.open("茶山\u3000落日\u3000" + wide("17")) == SECRET


def test_only_the_slot_of_the_person_asking_is_tried(box: Keybox) -> None:
    assert box.open(PASSWORD, who="p1") == SECRET
    assert code_of(lambda: box.open(PASSWORD, who="p2")) == "T-PASSWORD-WRONG"


def test_a_second_person_gets_an_own_slot_and_the_first_can_go(box: Keybox) -> None:
    both = box.add_slot(PASSWORD, new_password=OTHER, who="p2", cost=FLOOR_COST)
    assert both.open(OTHER, who="p2") == both.open(PASSWORD, who="p1") == SECRET
    left = both.remove_slot("p1")
    assert left.open(OTHER) == SECRET
    assert code_of(lambda: left.open(PASSWORD)) == "T-PASSWORD-WRONG"


def test_the_last_password_cannot_be_removed(box: Keybox) -> None:
    with_code, _ = box.add_recovery(PASSWORD, cost=FLOOR_COST)
    assert code_of(lambda: with_code.remove_slot("p1")) == "T-SLOT-LAST"
    assert code_of(lambda: box.remove_slot("p9")) == "T-SLOT-UNKNOWN"


def test_a_person_has_at_most_one_password(box: Keybox) -> None:
    assert code_of(lambda: box.add_slot(PASSWORD, new_password=OTHER, who="p1")) == "T-SLOT-TAKEN"


def test_a_box_has_room_for_so_many_people_only(box: Keybox) -> None:
    full = Keybox(LABEL, box.slots * MOST_SLOTS, box.nonce, box.sealed)
    assert code_of(lambda: full.add_slot(PASSWORD, new_password=OTHER, who="p2", cost=FLOOR_COST)) == "T-SLOT-FULL"


def test_changing_the_password_keeps_person_and_secret(box: Keybox) -> None:
    renewed = box.change_password(PASSWORD, new_password=OTHER, cost=FLOOR_COST)
    assert renewed.open(OTHER, who="p1") == SECRET
    assert len(renewed.slots) == 1
    assert code_of(lambda: renewed.open(PASSWORD)) == "T-PASSWORD-WRONG"


def test_a_weak_new_password_is_refused_before_anything_is_opened(box: Keybox) -> None:
    for act in (
        lambda: box.change_password("wrong wrong", new_password="12345678"),
        lambda: box.add_slot("wrong wrong", new_password="kurz", who="p2"),
        lambda: Keybox.create(LABEL, secret=SECRET, password="password"),
        lambda: box.reset_password("x", new_password="88888888"),
    ):
        with pytest.raises(WrongUse):
            act()


def test_the_recovery_code_opens_the_box_and_sets_a_new_password(box: Keybox) -> None:
    with_code, code = box.add_recovery(PASSWORD, cost=FLOOR_COST)
    assert with_code.open_with_recovery(code.lower().replace("-", " ")) == SECRET
    reset = with_code.reset_password(code, new_password=OTHER, who="p1", cost=FLOOR_COST)
    assert reset.open(OTHER) == SECRET
    assert code_of(lambda: reset.open(PASSWORD)) == "T-PASSWORD-WRONG"


def test_a_new_recovery_code_replaces_the_old_one(box: Keybox) -> None:
    first, old = box.add_recovery(PASSWORD, cost=FLOOR_COST)
    second, new = first.add_recovery(PASSWORD, cost=FLOOR_COST)
    assert second.open_with_recovery(new) == SECRET
    assert code_of(lambda: second.open_with_recovery(old)) == "T-RECOVERY-WRONG"


def test_a_box_without_recovery_slot_says_the_code_is_wrong(box: Keybox) -> None:
    _, code = box.add_recovery(PASSWORD, cost=FLOOR_COST)
    assert code_of(lambda: box.open_with_recovery(code)) == "T-RECOVERY-WRONG"


def test_a_box_relabelled_to_another_village_does_not_open(box: Keybox) -> None:
    moved = Keybox.from_json(changed(box, label="350212105202"))
    assert code_of(lambda: moved.open(PASSWORD)) == "T-PASSWORD-WRONG"


@pytest.mark.parametrize("parts", [{"m": 20 * 1024}, {"t": 3}, {"p": 2}, {"who": "p2"}, {"kind": "recovery"}])
def test_changed_slot_parameters_do_not_open(box: Keybox, parts: dict[str, Any]) -> None:
    moved = Keybox.from_json(slot_changed(box, **parts))
    assert code_of(lambda: moved.open(PASSWORD)) == "T-PASSWORD-WRONG"


@pytest.mark.parametrize(
    "parts", [{"m": 64 * 1024 * 1024}, {"m": 1024}, {"t": 0}, {"t": 1}, {"t": 11}, {"p": 0}, {"p": 5}]
)
def test_unreasonable_cost_is_refused_before_computing(box: Keybox, parts: dict[str, int]) -> None:
    assert code_of(lambda: Keybox.from_json(slot_changed(box, **parts))) == "T-KEYBOX-COST"


def test_creating_below_the_floor_is_refused() -> None:
    assert (
        code_of(lambda: Keybox.create(LABEL, secret=SECRET, password=PASSWORD, cost=Cost(1024, 1))) == "T-KEYBOX-COST"
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"v": 0}, {"v": "1"}, {"v": None}, {"slots": []}, {"slots": {}}, {"slots": [1]}, {"slots": [{}]}, {"extra": 1},
        {"n": "AA=="}, {"n": 1}, {"n": "?"}, {"ct": ""}, {"ct": "AAAA"}, {"label": 3}, {"label": "x" * 65},
    ],
)  # fmt: skip
def test_a_damaged_file_is_said_to_be_damaged(box: Keybox, parts: dict[str, Any]) -> None:
    assert code_of(lambda: Keybox.from_json(changed(box, **parts))) == "T-KEYBOX-DAMAGED"


@pytest.mark.parametrize(
    "parts", [{"kdf": "md5"}, {"kind": "door"}, {"salt": "AA=="}, {"m": True}, {"m": "1"}, {"ct": "AAAA"}, {"x": 1}]
)
def test_a_damaged_slot_is_said_to_be_damaged(box: Keybox, parts: dict[str, Any]) -> None:
    assert code_of(lambda: Keybox.from_json(slot_changed(box, **parts))) == "T-KEYBOX-DAMAGED"


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "null", "{}", "[" * 100_000, " " * 70_000])
def test_what_is_no_box_is_said_to_be_damaged(text: str) -> None:
    assert code_of(lambda: Keybox.from_json(text)) == "T-KEYBOX-DAMAGED"


def test_a_newer_box_names_both_versions(box: Keybox) -> None:
    with pytest.raises(Fault) as refused:
        Keybox.from_json(changed(box, v=2))
    assert refused.value.code == "T-KEYBOX-NEWER"
    assert "2" in refused.value.happened
    assert "1" in refused.value.happened


def test_a_changed_secret_is_damage_not_a_wrong_password(box: Keybox) -> None:
    hurt = Keybox(LABEL, box.slots, box.nonce, bytes([box.sealed[0] ^ 1]) + box.sealed[1:])
    assert code_of(lambda: hurt.open(PASSWORD)) == "T-KEYBOX-DAMAGED"


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
@settings(max_examples=200)
def test_arbitrary_text_never_raises_anything_but_our_errors(text: str) -> None:
    with pytest.raises(XmError):
        Keybox.from_json(text)

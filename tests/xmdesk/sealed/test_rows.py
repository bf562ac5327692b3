from typing import Any

import pytest

from tests.xmdesk.sealed.return_sample import CLASSES, filled
from xmdesk.errors import Refused
from xmdesk.records.base import new_uid
from xmdesk.records.people import Person
from xmdesk.sealed.canonical import canonical, parse_canonical
from xmdesk.sealed.payload import NEVER_SENT, row_of
from xmdesk.sealed.rows import record_from_row

UIDS = {name: new_uid() for name in CLASSES}


def travelled(name: str) -> dict[str, Any]:
    return parse_canonical(canonical({"row": row_of(filled(name, UIDS))}))["row"]


@pytest.mark.parametrize("name", CLASSES)
def test_a_row_comes_back_as_the_record_that_was_sent(name: str) -> None:
    sent, back = filled(name, UIDS), record_from_row(CLASSES[name], travelled(name))
    kept_home = {field: getattr(type(sent)(), field) for field in NEVER_SENT if field in type(sent).model_fields}
    expected = sent.changed(**kept_home)
    if isinstance(expected, Person):
        expected = expected.changed(id_no="110105********002X")
    assert back.model_dump() == expected.model_dump()


@pytest.mark.parametrize(
    "odd",
    [
        {"more": 1},
        {"floor_area": "3.60"},
        {"floor_area": "许多"},
        {"kind": "村部"},
        {"built_year": "2020"},
        {"uid": 5},
    ],
)
def test_a_row_that_sending_again_would_write_differently_is_refused(odd: dict[str, Any]) -> None:
    with pytest.raises(Refused) as why:
        record_from_row(CLASSES["facilities"], travelled("facilities") | odd)
    assert why.value.code == "R-SCHEMA"


def test_a_row_with_a_member_missing_is_refused() -> None:
    row = travelled("duties")
    del row["keeper"]
    with pytest.raises(Refused):
        record_from_row(CLASSES["duties"], row)

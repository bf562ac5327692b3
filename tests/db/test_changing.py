"""A change in hand: many records, and a person who does not want to wait for them."""

import pytest

from db.changing import CHUNK
from db.store import SqlStore
from tests.db.test_store import facility
from xmdesk.jobs import Cancelled, stopped_by
from xmdesk.records.facility import Facility


def test_a_person_may_stop_in_the_middle_of_many_and_nothing_is_left(store: SqlStore) -> None:
    asked = iter([False, True])
    with pytest.raises(Cancelled), stopped_by(lambda: next(asked)), store.change("导入设施") as change:
        change.save_many([facility(f"设施{number}") for number in range(CHUNK + 1)])

    assert store.count(Facility) == 0
    assert store.undoable() is None
    assert next(asked, "no more was asked") == "no more was asked"

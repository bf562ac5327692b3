"""What the rows of a register are found by, beside what lies in their fields."""

import pytest

from db.store import SqlStore
from xmdesk.records.people import Person


def found(store: SqlStore, query: str) -> list[str]:
    return [one.name for one in store.many(Person, store.uids(Person, search=query))]


@pytest.fixture(params=["cold", "warm"])
def people(request: pytest.FixtureRequest, store: SqlStore) -> SqlStore:
    """A few people, sought in the book and in memory."""
    with store.change("x") as change:
        change.save_many(
            [Person(name="阿依古丽·买买提", mobile="13805920003"), Person(name="李明", mobile="13805930004")]
        )
    if request.param == "warm":
        store.warm(Person)
    return store


@pytest.mark.parametrize("query", ["ayglmmt", "ayiguli", "mmt", "ayigulimaimaiti", "阿依古丽买买提", "阿依古丽·买买提"])
def test_the_dot_in_a_name_stops_no_search(people: SqlStore, query: str) -> None:
    assert found(people, query) == ["阿依古丽·买买提"]


def test_a_masked_number_finds_by_the_digits_that_are_seen(people: SqlStore) -> None:
    assert found(people, "138****0003") == ["阿依古丽·买买提"]
    assert found(people, "139****0003") == []

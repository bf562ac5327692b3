"""Drafts: several for each place, over which undo passes, and what a draft of a record changes."""

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import woman
from xmdesk.records.people import Person
from xmdesk.services.drafts import BegunRecord, Draft, Drafts
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.registers import Registers

FIRST, SECOND = Draft("1", {"words": "一"}), Draft("2", {"words": "二"})


@pytest.fixture
def drafts(store: SqlStore) -> Drafts:
    return Drafts(store)


@pytest.fixture
def person(store: SqlStore) -> Person:
    made = Registers(store).save(woman())
    assert isinstance(made, Person)
    return made


def test_a_place_holds_several_drafts_and_loses_only_the_one_that_is_dropped(drafts: Drafts) -> None:
    drafts.keep("persons", FIRST)
    drafts.keep("persons", SECOND)
    drafts.keep("rounds", FIRST)
    drafts.drop("persons", "1")

    assert drafts.left_behind("persons") == [SECOND]
    assert drafts.left_behind("rounds") == [FIRST]


def test_a_draft_that_is_kept_again_takes_the_place_of_what_it_was(drafts: Drafts) -> None:
    drafts.keep("persons", FIRST)
    drafts.keep("persons", Draft("1", {"words": "一二"}))

    assert drafts.left_behind("persons") == [Draft("1", {"words": "一二"})]


def test_nothing_is_written_when_nothing_changed_or_nothing_is_there(store: SqlStore, drafts: Drafts) -> None:
    drafts.keep("persons", FIRST)
    before = store.steps(limit=1)[0].number
    drafts.keep("persons", FIRST)
    drafts.drop("persons", "2")

    assert store.steps(limit=1)[0].number == before


def test_undo_passes_over_drafts(store: SqlStore, drafts: Drafts, person: Person) -> None:
    before = store.undoable()
    drafts.keep("persons", FIRST)
    drafts.drop("persons", "1")

    assert person
    assert store.undoable() == before


def test_only_what_a_draft_changed_is_put_into_the_record_as_it_is_now(person: Person) -> None:
    begun = BegunRecord(person.changed(post="护林员"), {"mobile": "不详"})
    content = begun.content(person)
    meanwhile = person.changed(education=None, remark="已核对")

    again = BegunRecord.from_content(Person, content, meanwhile)

    assert again.record == meanwhile.changed(post="护林员")
    assert again.texts == {"mobile": "不详"}
    assert again.is_news(meanwhile)


def test_a_record_that_is_not_in_the_book_is_made_of_all_that_the_draft_holds(person: Person) -> None:
    content = BegunRecord(person).content(None)

    again = BegunRecord.from_content(Person, content, None)

    assert again.record == person
    assert again.is_news(None)
    assert not BegunRecord.from_content(Person, content, person).is_news(person)


def test_a_draft_of_an_earlier_version_is_still_found(store: SqlStore, drafts: Drafts, person: Person) -> None:
    held = BegunRecord(person.changed(post="护林员")).content(None)["fields"]
    OfficeDesk(store).set_setting("draft:persons", {"uid": person.uid, "fields": held})

    (found,) = drafts.left_behind("persons")

    assert BegunRecord.from_content(Person, found.content, person).record == person.changed(post="护林员")
    drafts.drop("persons", found.uid)
    assert drafts.left_behind("persons") == []

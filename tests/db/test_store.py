"""Saving, reading, sorting, searching."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from db.store import SqlStore
from xmdesk import clock
from xmdesk.errors import Fault
from xmdesk.ports import Change, ReceivedRow, Step, StepKind, Store
from xmdesk.records.codes import FacilityKind, FacilityState
from xmdesk.records.doings import Attachment
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import OfficeSetting
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.records.registers import RECORDS
from xmdesk.records.submission import ReceivedFile


def facility(name: str = "军营村老人活动中心", **values: object) -> Facility:
    return Facility.model_validate({"name": name, **values})


def save(store: Store, *records: Facility | Person | OfficeSetting | DisasterOfficer, label: str = "修改设施") -> None:
    with store.change(label) as change:
        for record in records:
            change.save(record)


def test_the_store_keeps_the_whole_protocol(store: SqlStore) -> None:
    promised: Store = store

    assert promised.undoable() is None
    assert promised.redoable() is None
    assert promised.steps() == []


def test_a_saved_record_comes_back_equal(store: SqlStore) -> None:
    one = facility(
        kind=list(FacilityKind)[3],
        floor_area=Decimal("120.5"),
        lng=Decimal("118.123456"),
        sign_checked_on=date(2026, 11, 3),
        hours={"2": ["08:00-12:00"], "1": ["08:00-12:00", "14:30-17:30"]},
        duties=["b", "a"],
        has_sign=False,
        seats=0,
    )

    save(store, one)

    assert store.get(Facility, one.uid) == one
    assert store.all(Facility) == [one]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_class_can_be_kept_empty(store: SqlStore, record: type) -> None:
    one = record()

    with store.change("新增") as change:
        change.save(one)

    assert store.get(record, one.uid) == one
    assert store.count(record) == 1


@pytest.mark.parametrize("value", [None, "clerk", 3, True, ["a", {"b": 1}], {"一": None}, ""])
def test_settings_hold_any_json(store: SqlStore, value: object) -> None:
    one = OfficeSetting(name="desk", value=value)

    save(store, one)

    assert store.find(OfficeSetting, name="desk") == [one]
    assert store.find(OfficeSetting, name="desk", value=value) == [one]


def test_a_missing_record_is_none(store: SqlStore) -> None:
    assert store.get(Facility, "nobody") is None


def test_more_decimals_than_a_field_has_are_refused_and_nothing_is_written(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="more than 2 decimals"):
        save(store, facility(), facility(floor_area=Decimal("1.005")))

    assert store.all(Facility) == []
    assert store.steps() == []


def test_an_exception_inside_a_change_leaves_nothing(store: SqlStore) -> None:
    def half(change: Change) -> None:
        change.save(facility())
        change.keep_blob(b"photo")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.change("新增") as change:
        half(change)

    assert store.count(Facility) == 0
    assert store.audit_head() == (0, "0" * 64)


def test_a_change_sees_what_it_wrote(store: SqlStore) -> None:
    one = facility()

    with store.change("新增") as change:
        change.save(one)
        assert store.get(Facility, one.uid) == one
        assert change.number == 1


def test_a_change_used_after_its_end_is_our_bug(store: SqlStore) -> None:
    with store.change("新增") as change:
        pass

    with pytest.raises(RuntimeError):
        change.save(facility())
    with pytest.raises(RuntimeError):
        change.keep_blob(b"")


def test_a_change_inside_a_change_is_our_bug(store: SqlStore) -> None:
    with store.change("外"), pytest.raises(RuntimeError), store.change("内"):
        pass


def test_saving_the_same_again_writes_nothing(store: SqlStore) -> None:
    one = facility(floor_area=Decimal("3.60"))
    save(store, one)
    before = store.audit_head()

    save(store, one.changed(floor_area=Decimal("3.6")))

    assert store.audit_head() == before
    assert len(store.steps()) == 1


def test_find_matches_codes_numbers_days_and_none(store: SqlStore) -> None:
    one = facility(floor_area=Decimal("3.5"), sign_checked_on=date(2026, 1, 2), condition=FacilityState.NORMAL)
    other = facility(condition=None, has_sign=True)
    save(store, one, other)

    assert store.find(Facility, floor_area=Decimal("3.50")) == [one]
    assert store.find(Facility, sign_checked_on=date(2026, 1, 2)) == [one]
    assert store.find(Facility, condition=FacilityState.NORMAL) == [one]
    assert store.find(Facility, condition=None) == [other]
    assert store.count(Facility, has_sign=True, condition=None) == 1


def test_many_keeps_the_given_order_and_leaves_out_strangers(store: SqlStore) -> None:
    one, two = facility("甲"), facility("乙")
    save(store, one, two)

    assert store.many(Facility, [two.uid, "nobody", one.uid]) == [two, one]


def names(store: SqlStore, **how: object) -> list[str]:
    return [one.name for one in store.many(Facility, store.uids(Facility, **how))]  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["军营", "junying", "jyc", "JYC", "Jun", "村老 军营", "军ying", "军y村"])
def test_a_list_is_searched_by_characters_readings_and_initials(store: SqlStore, query: str) -> None:
    save(store, facility("军营村老人活动中心"), facility("白云小学"))

    assert names(store, search=query) == ["军营村老人活动中心"]


@pytest.mark.parametrize("query", ["xiamen", "shamen", "xm"])
def test_characters_of_several_readings_are_found_by_each(store: SqlStore, query: str) -> None:
    save(store, facility("厦门书屋"), facility("白云小学"))

    assert names(store, search=query) == ["厦门书屋"]


def test_surnames_are_read_as_surnames(store: SqlStore) -> None:
    save(store, Person(name="仇小单"))

    assert len(store.uids(Person, search="qiux")) == 1


@pytest.mark.parametrize("query", ["%", "_", "'; drop table facilities", "\\", '"'])
def test_signs_in_a_query_are_only_signs(store: SqlStore, query: str) -> None:
    save(store, facility("甲"))

    assert names(store, search=query) == []


def test_text_sorts_by_reading_and_numbers_in_it_by_size(store: SqlStore) -> None:
    save(store, *(facility(name) for name in ("张厝10组", "张厝2组", "白云", "", "陈坑")))

    assert names(store, order_by="name") == ["白云", "陈坑", "张厝2组", "张厝10组", ""]
    assert names(store, order_by="name", descending=True) == ["张厝10组", "张厝2组", "陈坑", "白云", ""]


def test_numbers_sort_by_size_and_equal_ones_by_uid(store: SqlStore) -> None:
    areas = {"甲": "9.5", "乙": "10", "丙": "-1.25", "丁": None, "戊": "10.00"}
    save(store, *(facility(name, floor_area=area) for name, area in areas.items()))

    tens = [one.name for one in store.find(Facility, floor_area=Decimal(10))]
    assert names(store, order_by="floor_area") == ["丙", "甲", *tens, "丁"]
    assert names(store, order_by="floor_area", descending=True) == [*tens, "甲", "丙", "丁"]


def test_codes_sort_in_the_order_of_their_list(store: SqlStore) -> None:
    kinds = list(FacilityKind)
    save(store, facility("后", kind=kinds[5]), facility("先", kind=kinds[1]))

    assert names(store, order_by="kind") == ["先", "后"]


def test_references_sort_by_the_name_they_stand_for(store: SqlStore) -> None:
    late, early = Person(name="赵一"), Person(name="白二")
    posts = [DisasterOfficer(person=late.uid), DisasterOfficer(person=early.uid), DisasterOfficer()]
    save(store, late, early, *posts)

    assert store.uids(DisasterOfficer, order_by="person") == [posts[1].uid, posts[0].uid, posts[2].uid]


def test_without_an_order_the_oldest_comes_first(store: SqlStore) -> None:
    made = [facility("乙"), facility("甲")]
    save(store, *made)

    assert store.uids(Facility) == sorted(one.uid for one in made)
    assert store.uids(Facility, descending=True) == sorted((one.uid for one in made), reverse=True)


def test_blobs_are_kept_once_and_verified(store: SqlStore) -> None:
    with store.change("添加照片") as change:
        first, again = change.keep_blob(b"photo"), change.keep_blob(b"photo")

    assert first == again
    assert store.blob(first) == b"photo"


def test_a_missing_blob_is_a_fault(store: SqlStore) -> None:
    with pytest.raises(Fault) as caught:
        store.blob("ab" * 32)

    assert caught.value.code == "DB-BLOB-MISSING"


def test_a_damaged_blob_is_a_fault(store: SqlStore) -> None:
    with store.change("添加照片") as change:
        sha = change.keep_blob(b"photo")
    store.connections.raw_writer.execute("UPDATE blob SET content = x'00'")

    with pytest.raises(Fault) as caught:
        store.blob(sha)

    assert caught.value.code == "DB-BLOB-DAMAGED"


def test_bytes_that_nobody_names_can_go(store: SqlStore) -> None:
    with store.change("添加照片") as change:
        sha = change.keep_blob(b"photo")
    with store.change("清理") as change:
        gone = change.drop_blob(sha)

    assert gone
    with pytest.raises(Fault):
        store.blob(sha)


def test_bytes_that_a_record_names_stay(store: SqlStore) -> None:
    with store.change("接收", kind=StepKind.SYSTEM) as change:
        sha = change.keep_blob(b"file")
        change.save(ReceivedFile(file_sha256=sha))
    with store.change("清理", kind=StepKind.SYSTEM) as change:
        gone = change.drop_blob(sha)

    assert not gone
    assert store.blob(sha) == b"file"


def test_bytes_go_in_the_step_in_which_the_last_record_that_names_them_goes(store: SqlStore) -> None:
    with store.change("接收", kind=StepKind.SYSTEM) as change:
        records = [ReceivedFile(file_sha256=change.keep_blob(b"file")) for _ in range(2)]
        change.save_many(records)
    dropped: list[bool] = []
    for one in records:
        with store.change("清理", kind=StepKind.SYSTEM) as change:
            change.remove(one)
            dropped.append(change.drop_blob(one.file_sha256))

    assert dropped == [False, True]


def test_bytes_of_a_photo_that_undo_could_bring_back_stay(store: SqlStore) -> None:
    with store.change("添加照片") as change:
        photo = Attachment(sha256=change.keep_blob(b"photo"))
        change.save(photo)
    with store.change("删除照片") as change:
        change.remove(photo)
        gone = change.drop_blob(photo.sha256)

    store.undo()

    assert not gone
    assert store.all(Attachment) == [photo]
    assert store.blob(photo.sha256) == b"photo"


def test_received_rows_come_back_by_submission_and_register_and_leave_no_step(store: SqlStore) -> None:
    rows = [ReceivedRow("s1", "350212105201", register, str(at), "{}") for register in "ab" for at in range(3)]
    with store.change("接收") as change:
        assert change.put_received(rows) == 6
        assert change.put_received([ReceivedRow("s2", "350212105202", "a", "9", "{}")]) == 1

    assert list(store.received(["s1"])) == rows
    assert [one.uid for one in store.received(["s2", "s1"], "a")] == ["9", "0", "1", "2"]
    assert store.steps() == []

    with store.change("删除") as change:
        change.drop_received("s1")
    assert list(store.received(["s1"])) == []


def test_bookkeeping_counts_versions_and_keeps_the_first_moment(store: SqlStore) -> None:
    one = facility()
    with clock.frozen(datetime(2026, 1, 1, tzinfo=UTC)), store.change("新增", by="p1") as change:
        change.save(one)
    with clock.frozen(datetime(2026, 2, 1, tzinfo=UTC)), store.change("修改", by="p2") as change:
        change.save(one.changed(remark="已修缮"))

    kept = store.connections.raw_writer.execute(
        "SELECT row_version, created_at, updated_at, updated_by FROM facilities"
    ).fetchone()
    assert tuple(kept) == (2, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "p2")


def test_a_past_state_is_rebuilt(store: SqlStore) -> None:
    one, two = facility("甲"), facility("乙")
    with clock.frozen(datetime(2026, 1, 1, tzinfo=UTC)):
        save(store, one, two)
    with clock.frozen(datetime(2026, 2, 1, tzinfo=UTC)):
        save(store, one.changed(name="甲二"))
        with store.change("删除") as change:
            change.remove(two)

    assert store.all(Facility, as_of=datetime(2025, 12, 31, tzinfo=UTC)) == []
    assert store.all(Facility, as_of=datetime(2026, 1, 15, tzinfo=UTC)) == [one, two]
    assert [one.name for one in store.all(Facility, as_of=datetime(2026, 2, 1, tzinfo=UTC))] == ["甲二"]
    assert store.get(Facility, two.uid, as_of=datetime(2026, 1, 1, tzinfo=UTC)) == two


def test_steps_and_entries_tell_who_did_what(store: SqlStore) -> None:
    one = facility("甲")
    save(store, one)
    with store.change("改名", by="p1") as change:
        change.save(one.changed(name="乙"))

    newest, oldest = store.steps()
    assert isinstance(newest, Step)
    assert (newest.number, newest.label, newest.by, newest.keys) == (2, "改名", "p1", frozenset({"facilities"}))
    made, renamed = store.entries(key="facilities", uid=one.uid)
    assert made.before is None
    assert made.step == oldest
    assert renamed.before is not None
    assert renamed.after is not None
    assert (renamed.before["name"], renamed.after["name"]) == ("甲", "乙")
    assert store.entries(step=2) == [renamed]


def test_a_record_saved_twice_in_one_step_has_one_entry(store: SqlStore) -> None:
    one = facility("甲")
    with store.change("新增") as change:
        change.save(one)
        change.save(one.changed(name="乙"))

    (entry,) = store.entries()
    assert entry.before is None
    assert entry.after is not None
    assert entry.after["name"] == "乙"


def test_a_record_made_and_removed_in_one_step_leaves_no_step(store: SqlStore) -> None:
    with store.change("新增") as change:
        one = facility()
        change.save(one)
        change.remove(one)

    assert store.entries() == []
    assert store.steps() == []


def test_the_past_is_a_store_of_its_own_that_refuses_to_be_written(store: SqlStore) -> None:
    one = facility("农家书屋")
    with clock.frozen(datetime(2026, 11, 1, tzinfo=UTC)):
        save(store, one)
    with clock.frozen(datetime(2026, 11, 3, tzinfo=UTC)):
        save(store, one.changed(name="新书屋"), facility("后来的"))

    then = store.then(datetime(2026, 11, 2, tzinfo=UTC), [Facility])

    assert then.all(Facility) == [one]
    assert then.uids(Facility, search="njsw") == [one.uid]
    assert then.all(Person) == []
    with pytest.raises(Fault, match="DB-READONLY"):
        save(then, facility("偷偷加的"))
    then.close()

from collections.abc import Callable
from typing import Any

import pytest

from tests.xmdesk.sealed.return_sample import (
    CLASSES,
    VILLAGE,
    collection_task,
    correction_slip,
    filled,
    receipt,
    whole_return,
)
from xmdesk.errors import Refused
from xmdesk.records.base import fields_of, new_uid
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.sealed.canonical import canonical, parse_canonical
from xmdesk.sealed.conforming import compiled
from xmdesk.sealed.payload import NEVER_SENT, SCHEMA, row_of
from xmdesk.sealed.schema import (
    MOST_ROWS,
    SCHEMA_KINDS,
    check_payload,
    file_name,
    freeze,
    frozen,
    row_schema,
    told,
    written,
)
from xmdesk.trust.profiles import DocumentKind

Change = Callable[[dict[str, Any]], Any]


def refused(payload: dict[str, Any]) -> str:
    with pytest.raises(Refused) as why:
        check_payload(payload)
    assert why.value.code == "R-SCHEMA"
    return why.value.facts["part"]


def changed(register: str, **values: Any) -> dict[str, Any]:
    payload = whole_return()
    payload["registers"][register][0] |= values
    return payload


NOBODY = "01a209b0-4446-7138-9f2e-48483c3eaf6d"


@pytest.mark.parametrize("kind", SCHEMA_KINDS)
def test_the_frozen_schema_is_what_the_classes_give_or_the_number_has_moved(kind: DocumentKind) -> None:
    """Changing what travels needs a new ``SCHEMA`` number, a new frozen file and an upgrade step."""
    assert written(kind) == (frozen_text(file_name(kind, SCHEMA)))


def frozen_text(name: str) -> str:
    from xmdesk.paths import resource

    return resource("schemas", name).read_text("utf-8")


def test_freezing_writes_one_file_for_every_kind(tmp_path) -> None:
    assert sorted(one.name for one in freeze(tmp_path)) == sorted(f"{kind}-v{SCHEMA}.json" for kind in SCHEMA_KINDS)
    assert (tmp_path / "receipt-v1.json").read_text("utf-8") == frozen_text("receipt-v1.json")


@pytest.mark.parametrize("make", [whole_return, receipt, correction_slip, collection_task])
def test_a_document_with_every_field_filled_in_is_as_agreed(make: Callable[[], dict[str, Any]]) -> None:
    check_payload(make())


@pytest.mark.parametrize("name", CLASSES)
def test_an_empty_row_is_as_agreed_too(name: str) -> None:
    check = compiled(row_schema(CLASSES[name]), frozen)
    assert check(parse_canonical(canonical({"row": row_of(CLASSES[name]())}))["row"]) is None


@pytest.mark.parametrize("name", CLASSES)
def test_every_field_that_travels_refuses_what_is_not_of_its_kind(name: str) -> None:
    check = compiled(row_schema(CLASSES[name]), frozen)
    row = parse_canonical(canonical({"row": row_of(filled(name, {one: new_uid() for one in CLASSES}))}))["row"]
    for field in row:
        for odd in (1.5, -1, "长" * 100_000, {"a": {}}, [None]):
            assert str(check({**row, field: odd})).startswith(f"{field}/"), (field, odd)


def test_what_stays_at_home_is_not_in_the_schema() -> None:
    sent = {name for record in CLASSES.values() for name in row_schema(record)["properties"]}
    assert not sent & NEVER_SENT
    assert {"address", "photo"} <= fields_of(CLASSES["persons"]).keys()


@pytest.mark.parametrize(
    ("register", "values", "part"),
    [
        ("facilities", {"floor_area": "1E3"}, "台账·公共服务设施台账·第1行·建筑面积(㎡)"),
        ("facilities", {"floor_area": "3.60"}, "台账·公共服务设施台账·第1行·建筑面积(㎡)"),
        ("facilities", {"floor_area": "-1"}, "台账·公共服务设施台账·第1行·建筑面积(㎡)"),
        ("facilities", {"floor_area": 12}, "台账·公共服务设施台账·第1行·建筑面积(㎡)"),
        ("facilities", {"kind": "村部"}, "台账·公共服务设施台账·第1行·设施类型"),
        ("facilities", {"staff_count": True}, "台账·公共服务设施台账·第1行·工作人员数"),
        ("facilities", {"name": "村\u0000部"}, "台账·公共服务设施台账·第1行·设施名称"),
        ("facilities", {"hours": {"8": []}}, "台账·公共服务设施台账·第1行·开放时间·第8项"),
        ("facilities", {"hours": {"1": ["25:00-26:00"]}}, "台账·公共服务设施台账·第1行·开放时间·第1项·第1项"),
        ("duties", {"funding": ["村集体", "村集体"]}, "台账·管护责任清单·第1行·经费来源"),
        ("duties", {"frequency": {"unit": "世纪", "times": 1}}, "台账·管护责任清单·第1行·管护频次"),
        ("duties", {"confirmed_on": "2026-02-30"}, "台账·管护责任清单·第1行·确认日期"),
        ("inspections", {"at": "2026-10-08T24:30"}, "台账·巡查报修记录·第1行·巡查时间"),
        ("persons", {"born_on": "1949-13"}, "台账·人员名册·第1行·出生日期"),
        ("persons", {"id_no": "11010519491231002X"}, "台账·人员名册·第1行·公民身份号码"),
        ("persons", {"address": "村口1号"}, "台账·人员名册·第1行·住址"),
        ("trainings", {"attendees": [{"person": ""}]}, "台账·培训记录·第1行·参训人员·第1项"),
        ("office", {"name": "别的村"}, "单位"),
        ("duties", {"uid": "1"}, "台账·管护责任清单·第1行"),
    ],
)
def test_a_wrong_value_is_refused_and_its_place_named_in_chinese(
    register: str, values: dict[str, Any], part: str
) -> None:
    assert refused(changed(register, **values)) == part


@pytest.mark.parametrize(
    ("register", "field", "value"),
    [
        ("facilities", "parent", NOBODY),
        ("facilities", "duties", [NOBODY]),
        ("inspections", "duty", NOBODY),
        ("office", "secretary", NOBODY),
        ("legal_helpers", "person", NOBODY),
        ("trainings", "attendees", [{"person": NOBODY, "result": None}]),
    ],
)
def test_a_reference_to_a_row_that_is_not_there_is_refused(register: str, field: str, value: Any) -> None:
    assert refused(changed(register, **{field: value})).startswith("台账·" + told(register))


def _second_uid(payload: dict[str, Any]) -> None:
    rows = payload["registers"]["facilities"]
    rows.append(dict(rows[0]))


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda one: one.pop("private"), "文件头"),
        (lambda one: one.update(more=1), "文件头"),
        (lambda one: one.update(period="2026Q5"), "报告期"),
        (lambda one: one.update(as_of="2026-02-29"), "数据截止日"),
        (lambda one: one.update(version=2), "文件头"),
        (lambda one: one.update(version=1.0), "文件头"),
        (lambda one: one.update(replaces="0" * 64), "文件头"),
        (lambda one: one.update(sequence=2), "文件头"),
        (lambda one: one.update(private="不是"), "文件头"),
        (lambda one: one["nil"].update(shelters=True), "零报告·避灾点一览表"),
        (lambda one: one["nil"].update(roads=False), "零报告"),
        (lambda one: one["nil"].pop("shelters"), "零报告"),
        (lambda one: one["registers"]["shelters"].clear(), "零报告·避灾点一览表"),
        (lambda one: one["registers"].update(roads=[]), "台账"),
        (lambda one: one["registers"].pop("persons"), "台账·人员名册"),
        (lambda one: one["registers"]["office"].clear(), "单位"),
        (_second_uid, "台账·公共服务设施台账"),
        (lambda one: one["changes"]["added"][0].update(uid=new_uid()), "变动情况·第1行"),
        (lambda one: one["changes"].update(unchanged=-1), "变动情况"),
        (lambda one: one["explanations"][0].update(uid=new_uid()), "出错说明·第1行"),
        (lambda one: one["explanations"][0].update(text="长" * 2001), "出错说明·第1行"),
        (lambda one: one["approval"].update(at="昨天"), "填表人和负责人"),
        (lambda one: one.update(kind="forwarding_slip"), "文件种类"),
        (lambda one: one.update(kind=["submission"]), "文件种类"),
    ],
)
def test_members_that_do_not_agree_are_refused(change: Change, part: str) -> None:
    payload = whole_return()
    change(payload)
    assert refused(payload) == part


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["submission"]["registers"]["duties"][0].update(subject="改过"),
        lambda one: one.update(submission_code="0000-0000"),
        lambda one: one.update(version=2),
        lambda one: one["to"].update(code="350212105202"),
        lambda one: one["forms"].pop("duties"),
        lambda one: one["submission"].pop("nil"),
    ],
)
def test_a_receipt_must_hold_the_very_return_that_it_answers(change: Change) -> None:
    letter = receipt()
    change(letter)
    assert refused(letter).startswith("所附上报表") or refused(letter) == "文件头"


def test_a_slip_with_another_returns_short_code_is_refused() -> None:
    assert refused(correction_slip() | {"submission_code": "0000-0000"}) == "所附上报表"


@pytest.mark.parametrize("change", [{"due_on": "年底"}, {"forms": ["roads"]}, {"marks": {"A b": "1"}}, {"crl": 5}])
def test_a_task_with_odd_members_is_refused(change: dict[str, Any]) -> None:
    refused(collection_task() | change)


def many_rows(count: int) -> dict[str, Any]:
    payload = whole_return()
    row = payload["registers"]["facilities"][0]
    payload["registers"]["facilities"] += [{**row, "uid": new_uid()} for _ in range(count - 1)]
    return payload


def test_the_last_of_a_thousand_rows_is_looked_at_like_the_first() -> None:
    payload = many_rows(1000)
    check_payload(payload)
    payload["registers"]["facilities"][-1] |= {"floor_area": 12}
    refused(payload)


def test_more_rows_than_any_office_has_are_refused_before_they_are_looked_at() -> None:
    payload = whole_return()
    payload["registers"]["facilities"] = [None] * (MOST_ROWS + 1)
    assert refused(payload) == "台账·公共服务设施台账"


def test_a_task_for_some_forms_only_leaves_the_other_registers_out() -> None:
    payload = whole_return()
    asked = ("duties",)
    for form in set(FORMS) - set(asked):
        del payload["registers"][form], payload["nil"][form]
    payload["changes"]["changed"] = []
    check_payload(payload)


def test_the_heading_of_the_sample_names_the_office() -> None:
    assert whole_return()["office"]["code"] == VILLAGE
    assert told(f"registers/{next(iter(REGISTERS))}/2") == "台账·公共服务设施台账·第2行"

import pytest

from tests.xmdesk.documents.reading import page_texts, squeezed
from tests.xmdesk.services.stories import ID_NO, QUARTER, VILLAGE, Offices, hall, keep, nil_the_rest, one_of
from xmdesk.errors import Fault, WrongUse
from xmdesk.records.facility import Facility
from xmdesk.records.submission import NilAnswer, Submission, SubmissionState
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.sealed.payload import row_of
from xmdesk.services.approving import Approving
from xmdesk.services.submitting import OpenErrors


def test_open_errors_refuse_sealing_and_are_listed(offices: Offices) -> None:
    keep(offices.village, hall(name=""))
    nil_the_rest(offices.village)
    submitting = offices.village.submitting
    with pytest.raises(OpenErrors) as why:
        submitting.seal(submitting.draft(QUARTER), offices.folder)
    assert "C-EMPTY" in {one.code for one in why.value.problems}
    assert (why.value.exit_code, offices.village.store.all(Submission)) == (1, [])


def test_a_form_without_rows_and_without_an_answer_refuses_sealing(offices: Offices) -> None:
    submitting = offices.village.submitting
    with pytest.raises(Fault) as why:
        submitting.seal(submitting.draft(QUARTER), offices.folder)
    assert (why.value.code, why.value.exit_code) == ("SEAL-UNANSWERED", 1)
    assert "避灾点一览表" in why.value.facts["forms"]


def test_a_nil_answer_is_recorded_and_can_be_taken_back(offices: Offices) -> None:
    submitting, store = offices.village.submitting, offices.village.store
    submitting.answer_nil(QUARTER, ["shelters"], is_nil=True, by="林阿土")
    step = store.undoable()
    assert step is not None
    assert step.label == "零报告：避灾点一览表"
    assert {one.name: one.is_answered for one in submitting.forms(QUARTER, [])} | {"duties": True} == {
        "facilities": True,
        "duties": True,
        "inspections": False,
        "disaster_officers": False,
        "shelters": True,
        "legal_helpers": False,
        "trainings": False,
        "activities": False,
    }
    submitting.answer_nil(QUARTER, ["shelters"], is_nil=False)
    assert [(one.form, one.is_nil) for one in store.all(NilAnswer)] == [("shelters", False)]


def empty_forms(offices: Offices) -> list[str]:
    draft = offices.village.submitting.draft(QUARTER)
    return [form for form in draft.forms if not draft.rows[form]]


def test_nil_answers_given_with_sealing_are_recorded_with_the_submission(offices: Offices) -> None:
    submitting, forms = offices.village.submitting, empty_forms(offices)
    sealed = submitting.seal(submitting.draft(QUARTER), offices.folder, nil=forms, prepared_by="林阿土")
    answers = offices.village.store.all(NilAnswer)
    assert {(one.form, one.is_nil, one.answered_by) for one in answers} == {(form, True, "林阿土") for form in forms}
    assert [form for form, is_nil in sealed.submission.nil.items() if is_nil] == forms


@pytest.mark.parametrize("trouble", ["open errors", "form left out", "file taken"])
def test_nil_answers_given_with_a_sealing_that_fails_are_not_recorded(offices: Offices, trouble: str) -> None:
    submitting, forms, out = offices.village.submitting, empty_forms(offices), offices.folder / "满"
    if trouble == "open errors":
        keep(offices.village, hall(name=""))
    if trouble == "file taken":
        out.write_bytes(b"")
    nil = forms[1:] if trouble == "form left out" else forms
    with pytest.raises(Fault):
        submitting.seal(submitting.draft(QUARTER), out, nil=nil)
    assert offices.village.store.all(NilAnswer) == []
    assert offices.village.store.all(Submission) == []


def test_a_form_that_was_nil_and_holds_something_now_is_refused_as_nil(offices: Offices) -> None:
    submitting = offices.village.submitting
    submitting.answer_nil(QUARTER, ["duties"], is_nil=True, by="林阿土")
    with pytest.raises(WrongUse) as why:
        submitting.seal(submitting.draft(QUARTER), offices.folder, nil=["duties"])
    assert why.value.code == "SEAL-NIL-FILLED"


@pytest.mark.parametrize(
    ("form", "code"), [("nope", "SEAL-NIL-UNKNOWN"), ("persons", "SEAL-NIL-UNKNOWN"), ("duties", "SEAL-NIL-FILLED")]
)
def test_a_nil_answer_that_cannot_be_meant_refuses_sealing(offices: Offices, form: str, code: str) -> None:
    submitting = offices.village.submitting
    with pytest.raises(WrongUse) as why:
        submitting.seal(submitting.draft(QUARTER), offices.folder, nil=[*empty_forms(offices), form])
    assert why.value.code == code
    assert offices.village.store.all(NilAnswer) == []


def test_a_sealed_return_says_what_the_books_say(offices: Offices) -> None:
    sealed = offices.seal()
    payload = parse_canonical(offices.village.store.blob(sealed.submission.payload_sha256))
    held = {name: len(rows) for name, rows in payload["registers"].items() if rows}
    assert held == {"office": 1, "facilities": 2, "duties": 1, "persons": 1, "duty_lists": 1}
    assert payload["nil"]["shelters"] is True
    assert payload["nil"]["duties"] is False
    assert payload["approval"] == {
        "prepared_by": "林阿土",
        "reviewed_by": "",
        "signed_off_by": "陈水木",
        "phone": "",
        "at": "2026-11-23T04:00:00Z",
    }
    assert payload["as_of"] == "2026-11-23"
    assert sealed.path.read_bytes() == offices.village.store.blob(sealed.submission.file_sha256)
    assert sealed.as_json()["version"] == 1
    assert ID_NO.encode() not in offices.village.store.blob(sealed.submission.payload_sha256)


def test_a_second_version_replaces_the_first(offices: Offices) -> None:
    first = offices.seal().submission
    building = one_of(offices.village, Facility, parent="")
    keep(offices.village, building.changed(name="新党群服务中心"))
    second = offices.seal().submission
    assert (second.version, second.replaces, second.sequence) == (2, first.payload_sha256, 2)
    assert second.previous_sha256 == first.payload_sha256
    states = {one.version: one.state for one in offices.village.store.all(Submission)}
    assert states == {1: SubmissionState.REPLACED, 2: SubmissionState.SEALED}


def test_nothing_is_recorded_when_the_file_cannot_be_written(offices: Offices) -> None:
    nil_the_rest(offices.village)
    submitting = offices.village.submitting
    with pytest.raises(Fault):
        submitting.seal(submitting.draft(QUARTER), offices.folder / "missing")
    assert offices.village.store.all(Submission) == []


def test_what_a_receiver_would_refuse_is_not_sealed(offices: Offices) -> None:
    odd = row_of(one_of(offices.village, Facility, parent="")) | {"location": "长" * 500}
    payload = offices.village.submitting.draft(QUARTER)
    with pytest.raises(Fault) as why:
        offices.sealed_anyhow(registers={"facilities": [odd]})
    assert (why.value.code, payload.period) == ("SEAL-SCHEMA", QUARTER)


def test_the_preview_is_drawn_whatever_is_still_open(offices: Offices) -> None:
    keep(offices.village, hall(name=""))
    submitting = offices.village.submitting
    assert submitting.preview(submitting.draft(QUARTER)).startswith(b"%PDF-1.7")


def test_the_preview_shows_no_code_that_sealing_would_change(offices: Offices) -> None:
    nil_the_rest(offices.village)
    submitting = offices.village.submitting
    draft = submitting.draft(QUARTER)
    shown = page_texts(submitting.preview(draft))
    Approving(offices.village.store).approve(draft, "陈水木")
    agreed = page_texts(submitting.preview(draft, submitting.approval(signed_off_by="陈水木")))
    sealed = offices.seal()
    pages = page_texts(sealed.path.read_bytes())
    code = sealed.submission.short_code

    assert len(shown) == len(pages)
    assert "负责人审定时间—" in squeezed(shown[0])
    assert "负责人审定时间2026" in squeezed(agreed[0])
    assert all(code in page for page in pages)
    assert all("密封后才有" in page and "SHA-256" not in page for page in shown)


def test_the_file_is_named_after_office_period_and_version(offices: Offices) -> None:
    sealed = offices.seal()
    assert sealed.path.name == f"上报_{VILLAGE}_2026Q4_第1版_{sealed.submission.payload_sha256[:8]}.pdf"

"""A village loses its computer: a new book, a new certificate, and the registers come back from what was sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.stations import QUARTER, enrol, hold, new_desk, new_district, send
from tests.journeys.terminal import LEDGERS, PASSWORD, SHEETS, Terminal, on
from xmdesk.errors import Refused, WrongUse
from xmdesk.records.base import fields_of
from xmdesk.records.keeping import FieldNote
from xmdesk.records.office import Office
from xmdesk.records.registers import REGISTERS
from xmdesk.records.submission import Explanation, NilAnswer
from xmdesk.sealed.payload import NEVER_SENT
from xmdesk.services.comparing import compared
from xmdesk.services.desk import Desk
from xmdesk.services.drafting import own_submissions, payload_rows, rows_of
from xmdesk.services.field_notes import FieldNotes
from xmdesk.services.opening import open_any
from xmdesk.services.rebuilding import Rebuilding

CODE, NAME = "350212105206", "榕下村村民委员会"
REASON = "上级还没有发放"
FORMS = tuple(name for name, one in REGISTERS.items() if one.is_form)


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Desk]]:
    """The folder of what was carried, and the district; the village's book is gone, only its rows are remembered."""
    folder = tmp_path_factory.mktemp("lost")
    with on("2026-11-23"):
        district = new_district(folder / "区")
        village = new_desk(folder / "村", CODE, NAME)
        enrol(village, district, folder)
        _fill(village)
        sent = send(village, folder / "上报")
        found = district.inbox.receive([sent], compare=False, processes=1)[0]
        assert found.verdict == "accept", found
        district.reviewing.accept(district.reviewing.find(found.submission), folder / "回执.pdf")
        village.upkeep.close()
        yield folder, district
        district.upkeep.close()


def _fill(desk: Desk) -> None:
    for name, (file, _, _) in SHEETS.items():
        desk.importing.write(desk.importing.preview(LEDGERS / file, name))
    hold(desk, "普法进榕树下")
    gap = next(one for one in desk.checking.all(QUARTER) if one.severity == "warning" and one.where.uid)
    desk.checking.explain(gap, REASON)


@pytest.fixture
def fresh(lost: tuple[Path, Desk], tmp_path: Path) -> Iterator[Desk]:
    """A new book on a new computer, enrolled again."""
    _, district = lost
    desk = new_desk(tmp_path / "新册", CODE, NAME)
    district.enrolling.revoke(CODE, reason="电脑丢失")
    enrol(desk, district, tmp_path)
    yield desk
    desk.upkeep.close()


def test_everything_that_travelled_comes_back_from_the_receipt(lost, fresh):
    folder, _ = lost
    sent = open_any(folder / "回执.pdf", fresh.enrolling.trust_store(expected_code=CODE)).payload["submission"]

    made = Rebuilding(fresh).rebuild(folder / "回执.pdf")

    assert made.kept == 0
    assert made.added == {name: len(rows) for name, rows in sent["registers"].items() if rows and name != "office"}
    rows = rows_of(fresh.store, QUARTER, FORMS)
    again = payload_rows(rows)
    for name in (*FORMS, "persons"):
        assert _without_numbers(again[name]) == _without_numbers(sent["registers"][name]), name


def test_nil_answers_and_reasons_come_back_together(lost, fresh):
    folder, _ = lost
    sent = open_any(folder / "回执.pdf", fresh.enrolling.trust_store(expected_code=CODE)).payload["submission"]
    Rebuilding(fresh).rebuild(folder / "回执.pdf")

    assert [one.text for one in fresh.store.all(Explanation)] == [REASON]
    nil = {form for form, is_nil in sent["nil"].items() if is_nil}
    assert {one.form for one in fresh.store.all(NilAnswer)} == nil
    assert nil


def _without_numbers(rows):
    return sorted(({**row, "id_no": ""} for row in rows), key=lambda row: row["uid"])


def test_what_cannot_come_back_is_said(lost, fresh):
    made = Rebuilding(fresh).rebuild(lost[0] / "回执.pdf")
    people = fresh.store.all(REGISTERS["persons"].record)
    assert [one.code for one in made.problems] == ["REBUILD-NUMBERS", "REBUILD-NO-FILE"]
    assert str(len(people)) in made.problems[0].text
    gone = [name for name in fields_of(type(people[0])) if name in {*NEVER_SENT, "id_no"}]
    assert {getattr(one, name) for one in people for name in gone} == {""}


def test_the_file_after_its_receipt_differs_in_nothing_that_can_come_back(lost, fresh):
    folder, _ = lost
    Rebuilding(fresh).rebuild(folder / "回执.pdf")

    made = Rebuilding(fresh).rebuild(next((folder / "上报").glob("*.pdf")))

    assert [one.code for one in made.problems] == ["REBUILD-FILE"]


def test_the_next_return_continues_the_old_sequence(lost, fresh, tmp_path):
    folder, district = lost
    Rebuilding(fresh).rebuild(folder / "回执.pdf")
    before = own_submissions(fresh.store)[-1]
    hold(fresh, "重阳敬老", 52)

    found = district.inbox.receive([send(fresh, tmp_path)], compare=False, processes=1)[0]

    after = own_submissions(fresh.store)[-1]
    assert (after.version, after.replaces, after.sequence) == (2, before.payload_sha256, 2)
    assert (found.verdict, found.code) == ("hold", "INBOX-AFTER-ACCEPTED")


def test_what_came_back_is_the_same_as_what_was_sent(lost, fresh):
    own = fresh.office.office()
    FieldNotes(fresh.store).write("office", own.uid, "households", "以年报为准")
    Rebuilding(fresh).rebuild(lost[0] / "回执.pdf")

    found = compared(fresh.store, fresh.submitting.draft(QUARTER))
    assert [one for one in found.lines if one.register == "office"] == []
    (office,) = fresh.store.all(Office)
    assert [one.record_uid for one in fresh.store.all(FieldNote)] == [office.uid]
    fresh.office.save_office(own.changed(households=300))  # a form that was open meanwhile
    assert [(one.uid, one.households) for one in fresh.store.all(Office)] == [(office.uid, 300)]


def test_what_was_undone_comes_back_as_the_same_office(lost, fresh):
    Rebuilding(fresh).rebuild(lost[0] / "回执.pdf")
    step = fresh.store.undoable()
    fresh.store.undo()
    lacking = Rebuilding(fresh).lacking(lost[0] / "回执.pdf")
    made = Rebuilding(fresh).rebuild(lost[0] / "回执.pdf")

    assert step.label == f"由上报件找回台账 {QUARTER.words}"
    assert lacking == sum(made.added.values()) > 0
    assert Rebuilding(fresh).lacking(lost[0] / "回执.pdf") == 0
    found = compared(fresh.store, fresh.submitting.draft(QUARTER))
    assert [one for one in found.lines if one.register == "office"] == []


def test_rebuilding_twice_adds_nothing_and_keeps_what_was_changed(lost, fresh):
    first = Rebuilding(fresh).rebuild(lost[0] / "回执.pdf")
    facility = fresh.store.all(REGISTERS["facilities"].record)[0]
    fresh.registers.save(facility.changed(remark="找回后改的"))
    second = Rebuilding(fresh).rebuild(lost[0] / "回执.pdf")
    assert (second.added, second.kept) == ({}, sum(first.added.values()))
    assert fresh.store.get(type(facility), facility.uid).remark == "找回后改的"
    assert len(own_submissions(fresh.store)) == 1


def test_a_return_sealed_by_the_stopped_computer_is_refused_the_receipt_is_not(lost, fresh):
    with pytest.raises(Refused) as refused:
        Rebuilding(fresh).rebuild(next((lost[0] / "上报").glob("*.pdf")))
    assert refused.value.code == "REBUILD-STOPPED"
    assert "回执" in refused.value.to_do
    assert Rebuilding(fresh).rebuild(lost[0] / "回执.pdf").added


def test_a_return_sealed_by_the_stopped_computer_comes_back_for_whoever_knows_it_again(lost, fresh, tmp_path):
    sent = next((lost[0] / "上报").glob("*.pdf"))
    altered = tmp_path / "改过.pdf"
    altered.write_bytes(sent.read_bytes() + b" ")
    with pytest.raises(Refused) as refused:
        Rebuilding(fresh).rebuild(altered, knows_it=True)

    made = Rebuilding(fresh).rebuild(sent, knows_it=True)

    assert refused.value.code not in ("REBUILD-STOPPED", "R-REVOKED")
    assert made.problems[0].code == "REBUILD-KNOWN"
    assert made.kept == 0
    assert Rebuilding(fresh).lacking(lost[0] / "回执.pdf") == 0


def test_what_the_receipt_vouches_for_is_believed_of_the_stopped_computer_as_well(lost, fresh):
    Rebuilding(fresh).rebuild(lost[0] / "回执.pdf")

    made = Rebuilding(fresh).rebuild(next((lost[0] / "上报").glob("*.pdf")))

    codes = [one.code for one in made.problems]
    assert codes[-1] == "REBUILD-FILE"
    assert "REBUILD-KNOWN" not in codes


def test_only_papers_of_this_office_can_rebuild_it(lost, fresh, tmp_path):
    folder, district = lost
    other = new_desk(tmp_path / "邻村", "350212105207", "邻村村民委员会")
    enrol(other, district, tmp_path)
    with pytest.raises(Refused):
        Rebuilding(other).rebuild(folder / "回执.pdf")
    with pytest.raises(WrongUse) as refused:
        Rebuilding(fresh).rebuild(next(tmp_path.glob(f"证书_{CODE}.pdf")))
    assert refused.value.code == "REBUILD-KIND"
    assert other.store.count(REGISTERS["facilities"].record) == 0
    other.upkeep.close()


def test_the_command_line_rebuilds_and_tells(lost, fresh, shared_cache, tmp_path):
    fresh.upkeep.close()
    run = Terminal(tmp_path, shared_cache, password=PASSWORD)
    told = run("return", "rebuild", tmp_path / "新册", lost[0] / "回执.pdf").json
    assert (told["period"], told["version"], told["kept"]) == ("2026Q4", 1, 0)
    assert told["added"]["facilities"] == 18
    assert told["problems"][0]["severity"] == "notice"

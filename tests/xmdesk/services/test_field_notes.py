"""Notes on fields: written, undone, found, remembered, and never carried out of the house."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.conftest import NOON
from tests.xmdesk.services.stories import QUARTER, Offices, hall, nil_the_rest, one_of, saved
from xmdesk.clock import frozen
from xmdesk.errors import WrongUse
from xmdesk.ports import Store
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import FieldNote
from xmdesk.records.registers import REGISTERS
from xmdesk.services.exporting import Exporting
from xmdesk.services.field_notes import LONGEST, FieldNotes, NotedField, NoteTold
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.past import Past, PastMoment
from xmdesk.services.printing import Printing
from xmdesk.services.registers import Registers

NOTE = "数字待村会计核实"


@pytest.fixture
def facility(store: Store) -> Facility:
    return saved(Registers(store), hall())


def write(store: Store, record: Facility, text: str, field: str = "floor_area") -> None:
    FieldNotes(store).write("facilities", record.uid, field, text)


def test_a_note_is_told_with_who_and_when_from_history(store: Store, facility: Facility, clock: object) -> None:
    office = OfficeDesk(store)
    office.save_office(office.office().changed(prepared_by="林阿土"))

    write(store, facility, f"  {NOTE} \n")

    assert FieldNotes(store).of(facility.uid) == {"floor_area": NoteTold(NOTE, "2026-11-23T04:00:00Z", "林阿土")}
    assert store.undoable().label == "写批注：建筑面积(㎡)"  # type: ignore[union-attr]  # just written


def test_changing_and_taking_away_a_note_are_steps_that_undo_takes_back(store: Store, facility: Facility) -> None:
    notes = FieldNotes(store)
    write(store, facility, NOTE)
    write(store, facility, "已核实")
    write(store, facility, "")
    assert notes.of(facility.uid) == {}

    store.undo()
    changed = notes.texts(facility.uid)
    store.undo()
    first = notes.texts(facility.uid)
    store.undo()

    assert (changed, first, notes.texts(facility.uid)) == ({"floor_area": "已核实"}, {"floor_area": NOTE}, {})
    assert store.get(Facility, facility.uid) == facility


def test_writing_the_same_note_again_is_no_step(store: Store, facility: Facility) -> None:
    write(store, facility, NOTE)
    before = store.audit_head()

    write(store, facility, NOTE)
    write(store, facility, "", field="name")

    assert store.audit_head() == before


def test_a_note_is_short(store: Store, facility: Facility) -> None:
    write(store, facility, "数" * LONGEST)

    with pytest.raises(WrongUse) as why:
        write(store, facility, "数" * (LONGEST + 1))

    assert why.value.code == "NOTE-LONG"


def test_notes_are_listed_with_their_place_in_words(store: Store, facility: Facility) -> None:
    write(store, facility, NOTE)

    assert FieldNotes(store).all() == [
        NotedField("facilities", facility.uid, "floor_area", "建筑面积(㎡)", facility.name, NOTE)
    ]
    assert FieldNotes(store).noted("facilities") == [facility.uid]
    assert FieldNotes(store).noted("persons") == []


def test_a_retired_record_keeps_its_notes_and_one_taken_out_lists_none(store: Store, facility: Facility) -> None:
    write(store, facility, NOTE)
    Registers(store).retire("facilities", facility.uid, on="2026-11-01", reason="拆除")
    retired = FieldNotes(store).all()

    with store.change("删去") as change:
        change.remove(facility)

    assert [one.text for one in retired] == [NOTE]
    assert FieldNotes(store).all() == []
    assert len(store.all(FieldNote)) == 1


def test_the_history_of_a_record_tells_of_its_notes(store: Store, facility: Facility) -> None:
    write(store, facility, NOTE)
    write(store, facility, "")

    found = Past(Registers(store)).of("facilities", facility.uid)

    assert [(one.label, one.changes[0].label, one.changes[0].before, one.changes[0].after) for one in found[:2]] == [
        ("去掉批注：建筑面积(㎡)", "建筑面积(㎡)的批注", NOTE, ""),
        ("写批注：建筑面积(㎡)", "建筑面积(㎡)的批注", "", NOTE),
    ]


def test_the_past_shows_the_notes_of_its_time(store: Store, facility: Facility) -> None:
    with frozen(NOON):
        write(store, facility, NOTE)
    with frozen(NOON + timedelta(days=2)):
        write(store, facility, "")

    then = Past(Registers(store)).at("facilities", PastMoment("昨天", NOON + timedelta(days=1)))

    assert FieldNotes(then.store).texts(facility.uid) == {"floor_area": NOTE}
    then.close()


def test_a_return_is_the_same_with_and_without_notes(offices: Offices) -> None:
    nil_the_rest(offices.village)
    before = _payload(offices)
    _note_everything(offices)

    assert _payload(offices) == before


def test_no_note_is_found_in_anything_that_leaves_the_house(offices: Offices, tmp_path: Path) -> None:
    _note_everything(offices)
    sealed = offices.seal()
    Printing(offices.village).write("facilities", tmp_path / "台账.pdf", period=QUARTER)
    Exporting(offices.village.store).write("facilities", tmp_path / "台账.xlsx", unmasked=True, reason="核对")

    leaving = [*_inside_pdf(sealed.path), *_inside_pdf(tmp_path / "台账.pdf"), *_inside_zip(tmp_path / "台账.xlsx")]

    assert any("军营村党群服务中心".encode() in one for one in leaving)
    assert [
        one for one in leaving if any(NOTE.encode(code) in one for code in ("utf-8", "utf-16-be", "utf-16-le"))
    ] == []


def _payload(offices: Offices) -> dict[str, object]:
    """What would be sealed, but for the hash of the history before it and the numbers encrypted anew each time."""
    submitting = offices.village.submitting
    whole = submitting.checked(submitting.draft(QUARTER), submitting.approval(prepared_by="林阿土")).payload
    return {name: value for name, value in whole.items() if name not in ("audit_head", "private")}


def _note_everything(offices: Offices) -> None:
    """A note on a field of a record in every register of the village, and of the office."""
    notes, desk = FieldNotes(offices.village.store), offices.village
    notes.write("office", desk.office.office().uid, "address", NOTE)
    for name, register in REGISTERS.items():
        for one in desk.store.all(register.record):
            notes.write(name, one.uid, "remark", NOTE)
    assert one_of(desk, Facility, name="图书室").uid in notes.noted("facilities")


def _inside_pdf(path: Path) -> list[bytes]:
    """The text of every page and the content of every stream, embedded files among them."""
    content = path.read_bytes()
    with pypdfium2.PdfDocument(content) as pages:
        found = [pages[place].get_textpage().get_text_bounded().encode() for place in range(len(pages))]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found += [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream) and _is_readable(one)]
    return [content, *found]


def _is_readable(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") != pikepdf.Name.Image


def _inside_zip(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as held:
        return [held.read(name) for name in held.namelist()]

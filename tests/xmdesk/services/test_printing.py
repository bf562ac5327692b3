import pytest

from tests.xmdesk.documents.reading import page_texts, squeezed
from tests.xmdesk.services.stories import ID_NO, QUARTER, Offices, duty, hall, keep, one_of
from xmdesk.errors import Refused, WrongUse
from xmdesk.records.people import LegalHelper, Person
from xmdesk.services.printing import Printing


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page_texts(pdf)))


@pytest.fixture
def printing(offices: Offices) -> Printing:
    return Printing(offices.village)


def test_a_form_shows_its_rows_and_is_for_the_office(printing: Printing) -> None:
    text = text_of(printing.draw("facilities", period=QUARTER))
    assert "军营村党群服务中心" in text
    assert "内部使用" in text


def test_the_public_notice_has_no_identity_numbers_and_masks_phones(offices: Offices, printing: Printing) -> None:
    person = one_of(offices.village, Person)
    keep(offices.village, LegalHelper.model_validate({"person": person.uid, "status": "在册"}))
    text = text_of(printing.draw("legal_helpers", period=QUARTER, public=True))
    assert "林阿土" in text
    assert "公示版" in text
    assert not any(one in text for one in (ID_NO, ID_NO[:6], "13800008117"))
    assert "公民身份号码" not in text


def test_a_phone_is_public_when_its_owner_agreed(offices: Offices, printing: Printing) -> None:
    person = one_of(offices.village, Person)
    keep(offices.village, duty(subject="水池", keeper_person=person.uid, keeper_phone="13800008117"))
    assert "13800008117" not in text_of(printing.draw("duties", period=QUARTER, public=True))
    keep(offices.village, person.changed(agreed_to_notice=True))
    assert "13800008117" in text_of(printing.draw("duties", period=QUARTER, public=True))


def test_a_number_typed_into_a_public_column_stops_the_notice(offices: Offices, printing: Printing) -> None:
    keep(offices.village, hall(name=f"书屋({ID_NO})"))
    with pytest.raises(Refused) as why:
        printing.draw("facilities", period=QUARTER, public=True)
    assert why.value.code == "PUBLIC-LEAK"
    assert ID_NO not in str(why.value.happened)


def test_a_blank_form_has_no_rows_of_ours(printing: Printing) -> None:
    assert "军营村党群服务中心" not in text_of(printing.draw("facilities", period=QUARTER, blank=True))


def test_a_form_is_written_with_its_number_of_pages(offices: Offices, printing: Printing) -> None:
    printed = printing.write("persons", offices.folder / "人员.pdf", period=QUARTER)
    pages = len(page_texts((offices.folder / "人员.pdf").read_bytes()))
    assert printed.as_json() == {"path": str(offices.folder / "人员.pdf"), "pages": pages, "missing_glyphs": []}
    with pytest.raises(WrongUse):
        printing.draw("roads", period=QUARTER)

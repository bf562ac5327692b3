"""Who asks for a certificate, before anybody types digits."""

from dataclasses import fields
from pathlib import Path

import pytest

from tests.xmdesk.services.stories import DISTRICT, OTHER_VILLAGE, VILLAGE, Offices, book
from xmdesk.errors import Refused
from xmdesk.services.applicants import Applicant, read_applicant


def test_an_applicant_is_named_by_the_district_and_by_itself(offices: Offices) -> None:
    request = Path(offices.village.enrolling.request(offices.folder / "again.pdf").path)

    found = read_applicant(offices.district, request)

    assert (found.code, found.installation) == (VILLAGE, 1)
    assert found.name == offices.district.enrolling.issuing.own_name_for(VILLAGE)
    assert found.claimed == "军营村民委员会"


def test_earlier_certificates_of_the_code_are_told(offices: Offices) -> None:
    request = Path(offices.village.enrolling.request(offices.folder / "again.pdf").path)

    found = read_applicant(offices.district, request)

    assert [one.code for one in found.history] == [VILLAGE]


def test_the_digits_are_not_told() -> None:
    assert not {"digits", "fingerprint", "public_key"} & {one.name for one in fields(Applicant)}


def test_reading_grants_nothing(offices: Offices) -> None:
    village = book(offices.folder / "other", OTHER_VILLAGE, "淡溪村民委员会")
    with village.closing():
        request = Path(village.enrolling.request(offices.folder / "other.pdf").path)

    found = read_applicant(offices.district, request)

    assert not found.history
    assert OTHER_VILLAGE not in {one.code for one in offices.district.enrolling.entries()}


def test_an_office_elsewhere_is_refused(offices: Offices) -> None:
    stranger = book(offices.folder / "stranger", "350203001001", "别区的居委会")
    with stranger.closing():
        request = Path(stranger.enrolling.request(offices.folder / "stranger.pdf").path)

    with pytest.raises(Refused) as refused:
        read_applicant(offices.district, request)

    assert refused.value.code == "T-REQUEST-ELSEWHERE"
    assert DISTRICT in refused.value.happened


def test_a_return_is_no_request(offices: Offices) -> None:
    sealed = offices.seal().path

    with pytest.raises(Refused):
        read_applicant(offices.district, sealed)

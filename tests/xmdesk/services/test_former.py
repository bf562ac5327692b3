"""What a district is told of a version: which rows are new, changed or gone since the one before."""

from decimal import Decimal

import pytest

from tests.xmdesk.services.stories import Offices, hall, keep, one_of
from xmdesk.jobs import in_one_go
from xmdesk.periods import Period
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.records.registers import FORMS
from xmdesk.records.submission import Submission
from xmdesk.services.former import Former, former_of
from xmdesk.services.looking_in import Inside


@pytest.fixture
def second(offices: Offices) -> Inside:
    """A second version: the hall has another area and no owner, the reading room is gone, a clinic is new."""
    offices.receive(offices.seal().path)
    correct(offices)
    offices.receive(offices.seal().path)
    return opened(offices, version=2)


def correct(offices: Offices) -> None:
    village = offices.village
    room = one_of(village, Facility, name="图书室")
    building = one_of(village, Facility, name="军营村党群服务中心")
    village.registers.save(building.changed(floor_area=Decimal(640), owner=""))
    village.registers.retire("facilities", room.uid, on="2026-11-20", reason="并入综合楼")
    keep(village, hall(name="军营村卫生室"))


def opened(offices: Offices, *, version: int) -> Inside:
    submission = sent(offices, version)
    payload = offices.district.reviewing.payload(submission)
    return Inside(submission, payload, compared(offices, version))


def sent(offices: Offices, version: int) -> Submission:
    return next(one for one in offices.district.inbox.submissions() if one.version == version)


def compared(offices: Offices, version: int) -> Former | None:
    submission, reviewing = sent(offices, version), offices.district.reviewing
    return former_of(reviewing, submission, reviewing.payload(submission)["registers"])


def fates(inside: Inside) -> dict[str, str]:
    numbers = inside.numbers("facilities")
    return {inside.title("facilities", one): inside.what("facilities", one) for one in numbers}


def test_rows_of_a_second_version_tell_what_became_of_them(second: Inside) -> None:
    assert fates(second) == {"军营村党群服务中心": "修改", "军营村卫生室": "新增", "图书室": "不再上报"}
    form = next(one for one in second.forms if one.register == "facilities")
    assert form.rows == 2
    assert form.moves == {"新增": 1, "修改": 1, "不再上报": 1}


def test_a_changed_row_tells_what_its_fields_showed_before(second: Inside) -> None:
    number = next(one for one in second.numbers("facilities") if second.what("facilities", one) == "修改")
    assert second.was("facilities", number) == {"floor_area": "600", "owner": "军营村民委员会"}


def test_a_row_that_is_gone_is_read_and_found_as_it_was(second: Inside) -> None:
    specs = [one for one in second.fields("facilities") if one.name in ("parent", "floor_area")]
    (shown,) = second.texts("facilities", [-1], specs)
    assert shown == {"parent": "军营村党群服务中心", "floor_area": "60.5"}
    assert in_one_go(second.found("facilities", "图书室")) == [-1]


def test_a_field_that_was_emptied_still_stands_among_those_that_are_answered(offices: Offices) -> None:
    offices.receive(offices.seal().path)
    for one in offices.village.store.find(Facility):
        offices.village.registers.save(one.changed(owner=""))
    offices.receive(offices.seal().path)

    names = [one.name for one in opened(offices, version=2).fields("facilities")]

    assert names.index("owner") < names.index("police_count")


def test_numbers_of_people_stay_masked_beside_what_they_were(offices: Offices) -> None:
    offices.receive(offices.seal().path)
    person = one_of(offices.village, Person, name="林阿土")
    offices.village.registers.save(person.changed(mobile="13900008117"))
    offices.receive(offices.seal().path)

    assert opened(offices, version=2).was("persons", 1) == {"mobile": "138****8117"}


def test_the_first_return_of_an_office_is_compared_with_none(offices: Offices) -> None:
    offices.receive(offices.seal().path)

    inside = opened(offices, version=1)

    assert inside.former is None
    assert set(fates(inside).values()) == {""}
    assert all(not one.moves for one in inside.forms if one.register in FORMS)


def test_a_version_is_compared_with_the_one_it_replaces_and_names_it(second: Inside) -> None:
    assert second.former is not None
    assert second.former.words == "第 1 版"


def test_a_version_whose_former_one_never_came_is_compared_with_none(offices: Offices) -> None:
    offices.seal()
    correct(offices)
    offices.receive(offices.seal().path)

    assert compared(offices, 2) is None


def test_a_first_version_is_compared_with_what_was_accepted_of_an_earlier_period(offices: Offices) -> None:
    offices.receive(offices.seal().path)
    offices.district.reviewing.accept(sent(offices, 1), offices.folder / "receipt.pdf")
    correct(offices)
    village, year = offices.village.submitting, Period("2026")
    village.answer_nil(year, [one.name for one in village.forms(year, []) if not one.count], is_nil=True, by="林阿土")
    sealed = village.seal(village.draft(year), offices.folder / "out", prepared_by="林阿土", signed_off_by="陈水木")
    offices.receive(sealed.path)
    submission = next(one for one in offices.district.inbox.submissions() if one.period == year.text)
    reviewing = offices.district.reviewing

    former = former_of(reviewing, submission, reviewing.payload(submission)["registers"])

    assert former is not None
    assert former.words == "2026年第四季度"
    assert [row["name"] for row in former.gone["facilities"]] == ["图书室"]

"""The district's own certificate and its list of stopped ones are renewed in time, and no office has to do anything."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.invented import district_desk, enrol
from tests.ui.pages import show_page
from tests.ui.said import Said
from ui.certificates.page import CertificatesPage
from ui.certificates.root import RootCard
from ui.notice_bar import NoticeBar
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.errors import Fault
from xmdesk.periods import Period
from xmdesk.services.desk import Desk
from xmdesk.services.opening import NotAccepted

LATER = Period("2028Q4")


@pytest.fixture
def district(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    made = district_desk(tmp_path / "区")
    enrol(desk, made, tmp_path)
    yield made
    made.upkeep.close()


def end_of(district: Desk) -> datetime:
    return datetime.fromisoformat(district.holding.certificate_facts()["not_after"])


@pytest.fixture
def root_card(qtbot, district: Desk, around: Surroundings) -> Callable[[], RootCard]:
    """Opens the page of certificates."""
    pages: list[CertificatesPage] = []

    def opened() -> RootCard:
        pages.append(show_page(qtbot, CertificatesPage(district, around)))
        root = pages[-1].root
        assert root is not None
        return root

    return opened


@contextmanager
def on(moment: datetime, *desks: Desk) -> Iterator[None]:
    """Somebody said on each of these computers that its clock, which went so far on, is right."""
    with frozen(moment):
        for one in desks:
            one.time.confirm("看过了，日期没有错")
        yield


def test_nothing_is_offered_while_there_is_time(district: Desk, root_card) -> None:
    with on(end_of(district) - timedelta(days=450), district):
        assert root_card().renew.isHidden()


def test_in_its_last_months_one_press_renews_it_and_a_village_takes_the_next_letter(
    desk: Desk, district: Desk, root_card, tmp_path: Path
) -> None:
    digits, number = district.holding.root_digits(), district.holding.certificate_facts()["crl_number"]
    end = end_of(district)
    with on(end - timedelta(days=30), district):
        card = root_card()
        assert card.renew.isVisible()
        card.renew.click()

        assert card.renew.isHidden()
        assert card.valid.text().startswith("换发好了")
    with on(end + timedelta(days=5), district, desk):
        assert end_of(district) > end + timedelta(days=600)
        task = district.tasks.issue(LATER, due_on=LATER.last, out=tmp_path / "任务")
        assert desk.reviewing.take(task.path).applied
    assert district.holding.root_digits() == digits
    assert desk.holding.certificate_facts()["crl_number"] == number + 1


def test_no_letter_goes_out_under_a_certificate_that_is_over(district: Desk, tmp_path: Path) -> None:
    with on(end_of(district) + timedelta(days=5), district):
        with pytest.raises(Fault) as caught:
            district.tasks.issue(LATER, due_on=LATER.last, out=tmp_path / "任务")
        district.enrolling.renew()

        assert district.tasks.issue(LATER, due_on=LATER.last, out=tmp_path / "任务").path.exists()
    assert caught.value.code == "DISTRICT-CERTIFICATE-OVER"


def test_a_list_of_stopped_certificates_that_nobody_added_to_is_signed_anew_with_the_letters(
    desk: Desk, district: Desk, tmp_path: Path
) -> None:
    """Were it not, no office could take a letter four hundred days after the authority was founded."""
    begun = district.holding.revocations()
    assert begun is not None
    with on(begun.issued_at + timedelta(days=80), district):
        district.tasks.issue(Period("2027Q1"), due_on=Period("2027Q1").last, out=tmp_path / "任务")
        assert district.holding.revocations() == begun
    with on(begun.issued_at + timedelta(days=450), district, desk):
        task = district.tasks.issue(LATER, due_on=LATER.last, out=tmp_path / "任务")
        taken = desk.reviewing.take(task.path)

    held = desk.holding.revocations()
    assert taken.applied
    assert held is not None
    assert (held.number, held.issued_at > begun.next_update) == (2, True)


def test_a_letter_that_brings_an_old_list_too_waits(desk: Desk, district: Desk, tmp_path: Path) -> None:
    task = district.tasks.issue(LATER, due_on=LATER.last, out=tmp_path / "任务")
    begun = desk.holding.revocations()
    assert begun is not None
    with on(begun.next_update + timedelta(days=5), desk), pytest.raises(NotAccepted) as caught:
        desk.reviewing.take(task.path)

    assert caught.value.code == "H-LIST-STALE"


def test_whoever_opens_the_book_of_the_district_is_told(window: Window, district: Desk, said: Said) -> None:
    with on(end_of(district) - timedelta(days=30), district):
        window.open_desk(district)
        (bar,) = window.findChildren(NoticeBar)
        told = bar.isVisibleTo(window)
        assert window.shell is not None
        window.shell.go("certificates")
        page = window.shell.pages["certificates"]
        assert isinstance(page, CertificatesPage)
        assert page.root is not None
        page.root.renew.click()

    assert (told, bar.isVisibleTo(window)) == (True, False)


def test_a_villages_book_is_not_asked_to_renew_anything(desk: Desk, district: Desk) -> None:
    with on(end_of(district) - timedelta(days=30), district):
        assert not desk.enrolling.is_renewal_due

"""Letters that are only paper: the notice with the digits, the 催报单."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.xmdesk.services.stories import QUARTER, Offices
from xmdesk.errors import Fault
from xmdesk.services.notices import root_notice_pdf, write_chasing, write_root_notice, write_summary


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_notice_prints_the_twenty_digits(offices: Offices) -> None:
    path = write_root_notice(offices.district, offices.folder / "notice.pdf")

    digits = offices.district.holding.root_digits()
    assert digits.replace(" ", "") in "".join(text_of(path).split())


def test_without_a_root_there_is_nothing_to_print(offices: Offices) -> None:
    with offices.district.store.change("去掉根证书") as change:
        change.save(offices.district.office.setting_record("root", ""))

    with pytest.raises(Fault) as fault:
        root_notice_pdf(offices.district)

    assert fault.value.code == "NO-ROOT"


def test_the_chasing_list_names_the_missing_and_the_deadline(offices: Offices) -> None:
    offices.district.tasks.issue(QUARTER, due_on=date(2026, 12, 20), out=offices.folder / "out")
    first = offices.district.rosters.offices()[0]
    with offices.district.store.change("补电话") as change:
        change.save(first.changed(phone="0592-7012345"))
    found = offices.district.consolidating.consolidate(QUARTER)

    text = text_of(write_chasing(offices.district, found, offices.folder / "chasing.pdf"))

    assert first.name in text
    assert "0592-7012345" in text
    assert "2026年12月20日" in text
    assert f"未报{len(found.missing)}" in text


def test_an_office_that_reported_is_not_chased(offices: Offices) -> None:
    offices.receive(offices.seal().path)
    found = offices.district.consolidating.consolidate(QUARTER)

    text = text_of(write_chasing(offices.district, found, offices.folder / "chasing.pdf"))

    assert "军营村" not in text
    assert "应报144/实报1" in text


def test_nothing_is_overwritten_unasked(offices: Offices) -> None:
    found = offices.district.consolidating.consolidate(QUARTER)
    write_summary(offices.district, found, offices.folder / "summary.pdf")

    with pytest.raises(Fault) as fault:
        write_summary(offices.district, found, offices.folder / "summary.pdf")

    assert fault.value.code == "FILE-EXISTS"

"""What is no form to fill in, or a trap, is refused before anything is opened in this process."""

import pytest

from db.store import open_memory
from tests.xmdesk.documents.sheets import hostile
from tests.xmdesk.services.blank_forms import simple_form
from xmdesk.errors import Refused, WrongUse
from xmdesk.services.filling import Filling


@pytest.fixture
def filling():
    store = open_memory()
    yield Filling(store)
    store.close()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (hostile.with_part("xl/vbaProject.bin"), "X-MACRO"),
        (hostile.bomb(64), "X-BOMB"),
        (hostile.workbook("", before=hostile.laughs()), "X-DTD"),
        (hostile.old_xls(), "X-XLS"),
        (hostile.workbook("", after='<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'), "X-BIG"),
        (hostile.with_part("xl/externalLinks/externalLink1.xml", "<a><ddeLink/></a>"), "FORM-LINKS"),
        (b"PK\x03\x04" + b"x" * 99, "X-CUT"),
    ],
)
def test_hostile_blanks_are_refused(filling, tmp_path, content: bytes, code: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)

    with pytest.raises(Refused) as trouble:
        filling.look(path)

    assert trouble.value.code == code


def test_a_text_table_or_a_sheet_without_titles_is_no_form(filling, tmp_path) -> None:
    text = tmp_path / "表.csv"
    text.write_text("姓名,手机号码\n", "utf-8")
    empty = simple_form(tmp_path / "空.xlsx", "一句话")

    for path, code in ((text, "FORM-NOT-WORKBOOK"), (empty, "FORM-NONE")):
        with pytest.raises(WrongUse) as trouble:
            filling.look(path)
        assert trouble.value.code == code

import logging

import pytest

from xmdesk.errors import Fault
from xmdesk.problems import Where, problem
from xmdesk.redaction import Redacting, redacted

ID_NO, PHONE = "11010519491231002X", "13800008117"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"没有{ID_NO}.xlsx", "没有110105********002X.xlsx"),
        ("旧号110105491231002。", "旧号110105*****1002。"),
        (f"电话{PHONE}/0592-7123456", "电话138****8117/0592-7123456"),
        ("代码350212105206，共 18 位", "代码350212105206，共 18 位"),
        ("核对数字 1234 5678 9012 3456 7890", "核对数字 1234 5678 9012 3456 7890"),
        ("摘要" + "12345678901" * 5, "摘要" + "12345678901" * 5),
    ],
)
def test_numbers_of_people_are_masked_and_other_numbers_stay(text: str, shown: str) -> None:
    assert redacted(text) == shown


def test_no_message_and_no_place_holds_a_whole_number() -> None:
    found = problem("INBOX-MISSING", name=f"{ID_NO}.pdf").at(file=f"{ID_NO}.xlsx", column=PHONE, sheet=ID_NO)
    told = str(found.as_json()) + str(Where(title=PHONE).as_json()) + str(Fault("FILE-NOT-FOUND", name=ID_NO).as_json())
    assert ID_NO not in told
    assert PHONE not in told
    assert "110105********002X.xlsx" in told


def test_a_line_of_the_log_is_masked() -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "read %s of %s", (ID_NO, PHONE), None)
    assert Redacting("%(message)s").format(record) == "read 110105********002X of 138****8117"

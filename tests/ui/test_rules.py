"""What F1 says about a field: what belongs there, whether it is needed, how it is written."""

from typing import Any

from PySide6.QtWidgets import QLabel

from tests.ui.test_fields import made
from ui.shared.fields.table import TableField
from xmdesk.records.base import fields_of
from xmdesk.records.facility import Facility
from xmdesk.records.meanings import meaning_of
from xmdesk.records.shelter import Shelter


def test_f1_begins_with_what_belongs_into_the_field(qtbot) -> None:
    field = made(qtbot, Facility, "fund_grant")

    field.explain()

    assert field.rule_words.split("\n")[0] == meaning_of(fields_of(Facility)["fund_grant"])
    assert "可以不填" in field.rule_words


def supplies(qtbot) -> TableField:
    field: Any = made(qtbot, Shelter, "supplies")
    field.model.add()
    field._fit()
    return field


def test_f1_in_a_small_table_says_what_belongs_into_the_column_with_the_cursor(qtbot) -> None:
    field = supplies(qtbot)
    field.view.setCurrentIndex(field.model.index(0, 3))

    field.explain()
    of_expiry = field.rule_words
    field.view.setCurrentIndex(field.model.index(0, 2))

    assert "“有效期”：包装上印的到期日" in of_expiry
    assert "“单位”：论什么数" in field.rule_words
    assert "有效期”" not in field.rule_words


def test_f1_in_an_empty_small_table_speaks_of_the_table(qtbot) -> None:
    field = made(qtbot, Shelter, "supplies")

    field.explain()

    assert "添加一行" in field.rule_words


def test_walking_through_a_small_table_says_nothing_unasked(qtbot) -> None:
    field = supplies(qtbot)

    field.view.setCurrentIndex(field.model.index(0, 3))

    assert field.rule_words == ""


def test_what_f1_says_is_never_cut(qtbot) -> None:
    field = made(qtbot, Shelter, "capacity")
    field.resize(230, 100)

    field.explain()
    field.adjustSize()

    words: QLabel = field._rule
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))

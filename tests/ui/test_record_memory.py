"""A record remembers what happened to it."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.pages import register_page
from tests.ui.typing import type_into
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk
from xmdesk.services.past import Past


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return opened(qtbot, desk, around)


def opened(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return register_page(qtbot, desk, around, "persons")


def line(page: RegisterPage, name: str) -> Any:
    return page.editor.form.fields[name].line  # type: ignore[attr-defined]  # a typed field


def test_history_names_old_and_new_and_masks_numbers(page: RegisterPage, desk: Desk) -> None:
    type_into(line(page, "post"), "护林员")
    type_into(line(page, "mobile"), "13611112222")
    page.act("save")

    page.act("history")

    assert page.sides.history is not None
    texts = [one.text() for one in page.sides.history.findChildren(QLabel)]
    assert "单位及职务：村委会委员 → 护林员" in texts
    assert "手机号码：138****0000 → 136****2222" in texts
    assert any("新增人员" in one for one in texts)
    page.sides.history.back.click()
    assert page.sides.currentWidget() is page.editor


def test_history_says_who_did_it(page: RegisterPage, desk: Desk) -> None:
    who = desk.office.office().prepared_by
    type_into(line(page, "post"), "护林员")
    page.act("save")

    page.act("history")

    assert who
    assert page.sides.history is not None
    heads = [one.text() for one in page.sides.history.findChildren(QLabel) if one.text().endswith("修改人员")]
    assert heads == [f"2026年11月23日 12:00  {who}  修改人员"]


def test_history_follows_references_by_title(desk: Desk) -> None:
    uid = desk.registers.uids("facilities")[0]

    first = Past(desk.registers).of("facilities", uid)[-1]

    assert "郑小满" in [one.after for one in first.changes]


def test_totals_follow_what_is_shown(qtbot, desk: Desk, around: Surroundings) -> None:
    page = RegisterPage("facilities", registers=desk.registers, checking=desk.checking, surroundings=around)
    qtbot.addWidget(page)
    whole = page.strip.words

    page.search.setText("农家书屋")
    page.search.settle()

    assert whole.startswith("合计")
    assert whole != page.strip.words
    assert "60" in page.strip.words

"""A form in which only the place, a number, a role, an example or a hint stands is blank."""

from pathlib import Path
from typing import Any

import pytest

from tests.xmdesk.services.blank_forms import form_of
from xmdesk.services.recognising import recognise

TITLES = ["镇街", "村（社区）", "姓名", "性别", "手机", "角色"]


@pytest.mark.parametrize(
    ("lines", "merged"),
    [
        ([TITLES, ["莲花镇", "榕下村", None, None, None, "A角"], ["莲花镇", "榕下村", None, None, None, "B角"]], ""),
        ([["灾害信息员"], ["序号", "所属村", "姓名", "性别", "手机", "角色"], [1, "榕下村"], [2, "榕下村"]], ""),
        ([["村", "姓名", "性别", "手机", "角色"], ["榕下村"], [], []], "A2:A4"),
        ([["姓名", "性别", "手机", "角色"], ["例：张三", "男", "13800000000", "A角"], [], []], ""),
        ([["姓名", "性别", "身份证号", "手机", "角色"], ["必填", "男/女", "18位", "11位", "A/B角"], []], ""),
        (
            [
                ["一、灾害信息员"],
                ["姓名", "性别", "A/B角", "手机"],
                [],
                [],
                ["二、避灾点"],
                ["名称", "地址", "可容纳人数", "责任人", "电话"],
            ],
            "",
        ),
        ([["村名", "姓名", "性别", "手机", "填报人"], ["榕下村", None, None, None, "郑满"], ["榕下村"]], ""),
    ],
)
def test_rows_of_nobody_make_a_blank_form(tmp_path: Path, lines: list[list[Any]], merged: str) -> None:
    assert recognise(form_of(tmp_path / "表.xlsx", *lines, merged=merged)).kind == "blank_form"


@pytest.mark.parametrize(
    "line",
    [
        ["莲花镇", "榕下村", "郑满", None, None, "A角"],
        ["莲花镇", "榕下村", None, None, "13800000000", "A角"],
    ],
)
def test_one_row_of_somebody_makes_a_ledger(tmp_path: Path, line: list[Any]) -> None:
    path = form_of(tmp_path / "表.xlsx", TITLES, ["莲花镇", "榕下村", None, None, None, "A角"], line)

    assert recognise(path).kind == "ledger"


def test_a_card_is_neither_ledger_nor_form(tmp_path: Path) -> None:
    lines = [
        ["避灾点登记卡"],
        ["名称", None, "地址", None],
        ["可容纳人数", None, "责任人", None],
        ["电话", None, "面积"],
    ]

    found = recognise(form_of(tmp_path / "卡.xlsx", *lines))

    assert found.kind == "stranger"
    assert "登记卡" in found.text

"""Photos on a form: chosen or dropped, shown small, taken away, and what was noticed about them; real files."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.said import Said
from ui.shared.fields.photos import PhotosField
from ui.shared.fields.registry import field_for
from ui.shared.referenced import RegisterReferences
from xmdesk.records.base import fields_of
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.services.desk import Desk

GPS, LATITUDE = 34853, {1: "N", 2: (24.0, 44.0, 6.0), 3: "E", 4: (118.0, 9.0, 0.0)}


@pytest.fixture
def field(qtbot, desk: Desk, around) -> PhotosField:
    return made(qtbot, desk, around, fields_of(Inspection)["photos"])


def made(qtbot, desk: Desk, around: Any, spec: Any) -> PhotosField:
    field = field_for(spec, RegisterReferences(desk.registers, around.changes, around=around))
    assert isinstance(field, PhotosField)
    qtbot.addWidget(field)
    field.fill(None)
    field.show()
    return field


def photo(folder: Path, name: str = "现场.jpg", *, colour: str = "teal", gps: bool = False) -> Path:
    picture, path = Image.new("RGB", (320, 240), colour), folder / name
    exif = Image.Exif()
    if gps:
        exif[GPS] = LATITUDE
    picture.save(path, exif=exif)
    return path


def idle(qtbot, around: Any) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=30_000)


def tiles(field: PhotosField) -> list[QLabel]:
    return [one for one in field._box.findChildren(QLabel) if not one.pixmap().isNull() and not one.parent().isHidden()]  # type: ignore[attr-defined]  # a tile


def test_a_chosen_photo_is_shown_and_kept(qtbot, field: PhotosField, around, said: Said, tmp_path: Path, desk) -> None:
    said.answers = [[photo(tmp_path)]]
    with qtbot.waitSignal(field.edited, timeout=30_000):
        field.add.click()
    idle(qtbot, around)

    uids = field.read()
    assert len(uids) == 1
    qtbot.waitUntil(lambda: len(tiles(field)) == 1)
    again = RegisterReferences(desk.registers, around.changes).picture(uids[0])
    assert again[0] == "现场.jpg"
    assert again[1].startswith(b"\xff\xd8")


def test_the_place_of_a_photo_is_removed_and_said(qtbot, field: PhotosField, around, tmp_path: Path) -> None:
    field.take([photo(tmp_path, gps=True)])
    idle(qtbot, around)

    assert "已从照片里去除" in field.words


def test_what_is_no_photo_is_named_and_the_rest_goes_in(qtbot, field: PhotosField, around, tmp_path: Path) -> None:
    wrong = tmp_path / "合同.jpg"
    wrong.write_text("不是照片")
    field.take([wrong, photo(tmp_path)])
    idle(qtbot, around)

    assert len(field.read()) == 1
    assert "“合同.jpg”不是照片" in field.words


def test_a_photo_is_taken_away(qtbot, field: PhotosField, around, tmp_path: Path) -> None:
    field.take([photo(tmp_path), photo(tmp_path, "另一张.png", colour="navy")])
    idle(qtbot, around)
    first, second = field.read()
    away = next(one for one in field._box.findChildren(QPushButton) if one.accessibleName() == "去掉照片 现场.jpg")
    with qtbot.waitSignal(field.edited):
        away.click()

    assert field.read() == [second]
    assert first != second


def test_dropped_pictures_go_in_and_other_files_do_not(qtbot, field: PhotosField, around, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in (photo(tmp_path), tmp_path / "表.xlsx")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    field.dropEvent(event)
    idle(qtbot, around)

    assert len(field.read()) == 1


def test_a_field_for_one_photo_shows_the_newest(qtbot, desk: Desk, around, tmp_path: Path) -> None:
    field = made(qtbot, desk, around, fields_of(MaintenanceDuty)["notice_photo"])
    field.take([photo(tmp_path)])
    idle(qtbot, around)
    first = field.read()
    field.take([photo(tmp_path, "公示栏.jpg", colour="navy")])
    idle(qtbot, around)

    assert isinstance(first, str)
    assert field.read() not in ("", first)
    qtbot.waitUntil(lambda: len(tiles(field)) == 1)


def test_a_field_for_one_photo_says_what_gave_way_and_what_was_left(qtbot, desk: Desk, around, tmp_path: Path) -> None:
    field = made(qtbot, desk, around, fields_of(MaintenanceDuty)["notice_photo"])
    first, second, third = (photo(tmp_path, name, colour=name[:-4]) for name in ("teal.jpg", "red.jpg", "blue.jpg"))
    field.take([first])
    idle(qtbot, around)
    alone = field.words
    field.take([second, third])
    idle(qtbot, around)

    assert "换下" not in alone
    assert "换下了原来的那一张，要找回按 Ctrl+Z。这里只放一张，另外 1 张没有放。" in field.words


def test_a_photo_that_is_gone_says_so(field: PhotosField) -> None:
    field.fill(["01a209d3-ae98-7351-8624-7336f7b5df7e"])

    assert "照片不在了" in [one.text() for one in field._box.findChildren(QLabel)]
    assert field.read() == ["01a209d3-ae98-7351-8624-7336f7b5df7e"]

"""A photo dropped anywhere on the window goes into the record in front, after a yes."""
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from pathlib import Path

from PIL import Image

from tests.ui.test_dropping import drop, opened, settle
from ui.window import Window
from xmdesk.records.doings import Attachment
from xmdesk.services.desk import Desk


def test_a_photo_goes_into_the_record_in_front(qtbot, window: Window, desk: Desk, tmp_path: Path) -> None:
    shell = opened(window, desk)
    Image.new("RGB", (600, 400), "#7a8").save(tmp_path / "标识牌.jpg")
    drop(qtbot, window, tmp_path / "标识牌.jpg")
    nowhere = (shell.drop.words.text(), shell.drop.go.isVisible())
    shell.go("facilities")
    page = shell.pages["facilities"]
    name = desk.registers.get("facilities", page.editor.uid).name
    drop(qtbot, window, tmp_path / "标识牌.jpg")
    words = shell.drop.words.text()

    shell.drop.go.click()
    settle(qtbot, window)
    page.act("save")

    assert nowhere == ("这是一张照片。先打开要放照片的那一条记录，再把它拖进来。", False)
    assert words == f"这是一张照片。放进“{name}”的“标识照片”，缩小以后收进台账册。"
    assert desk.store.count(Attachment) == 1
    assert desk.registers.get("facilities", page.editor.uid).sign_photo


def test_photos_dropped_together_go_in_together(qtbot, window: Window, desk: Desk, tmp_path: Path) -> None:
    shell = opened(window, desk)
    photos = [tmp_path / f"{colour}.jpg" for colour in ("teal", "red", "navy")]
    for one in photos:
        Image.new("RGB", (600, 400), one.stem).save(one)
    shell.go("activities")
    page = shell.pages["activities"]
    drop(qtbot, window, *photos)
    words = shell.drop.words.text()

    shell.drop.go.click()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: len(page.editor.form.fields["proofs"].read()) == 3)

    assert words.startswith("这是一张照片。连同另外 2 张，放进“")
    assert not shell.drop.isVisible()


def test_a_photo_goes_to_the_trouble_that_is_being_written(qtbot, window: Window, desk: Desk, tmp_path: Path) -> None:
    shell = opened(window, desk)
    shell.go("rounds")
    page = shell.pages["rounds"]
    Image.new("RGB", (600, 400), "#7a8").save(tmp_path / "现场.jpg")
    drop(qtbot, window, tmp_path / "现场.jpg")
    nowhere = shell.drop.go.isVisible()
    keys = [one.line.key for one in page.round._objects]
    for key in keys[:2]:
        page.round.add_trouble(key)
    drop(qtbot, window, tmp_path / "现场.jpg")
    words = shell.drop.words.text()
    shell.drop.go.click()
    settle(qtbot, window)
    rows = [page.round._troubles[key] for key in keys[:2]]
    qtbot.waitUntil(lambda: any(len(row.asking.fields["photos"].read()) == 1 for row in rows))

    assert not nowhere
    assert words.startswith(f"这是一张照片。放进“{rows[1].title}”的“照片”")
    assert [len(row.asking.fields["photos"].read()) for row in rows] == [0, 1]


def test_a_photo_that_is_too_large_is_told_in_the_words_of_photos(
    qtbot, window: Window, desk: Desk, tmp_path: Path
) -> None:
    shell = opened(window, desk)
    (tmp_path / "大.jpg").write_bytes(b"\xff\xd8\xff".ljust(26 * 1024 * 1024, b"\0"))

    drop(qtbot, window, tmp_path / "大.jpg")

    words = shell.drop.words.text()
    assert words == "照片“大.jpg”超过 25 MB，没有读取。请用手机或看图软件缩小，再放进来；也可以重拍一张。"

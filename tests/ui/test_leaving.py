"""Leaving a large book, and half an hour of work in one: backups are made without the window standing still."""

import shutil
from collections.abc import Iterator

import pytest

from tests.ui.said import Said
from ui import compose
from ui.start.unlock import Unlock
from ui.window import Window
from xmdesk.services.desk import Desk


@pytest.fixture
def large(window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window over a book that counts as large, in which something was changed since the last backup."""
    monkeypatch.setattr(compose, "QUICK_BYTES", 0)
    shutil.rmtree(desk.folder / "备份", ignore_errors=True)
    window.open_desk(desk)
    window.show()
    yield window
    window.close_desk()


def backups(desk: Desk) -> list[str]:
    return [one.name for one in (desk.folder / "备份").glob("备份_*.db")]


def settled(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.work.is_busy, timeout=20_000)


def test_locking_shows_the_backup_as_work_and_then_asks_for_the_password(qtbot, large: Window, desk: Desk) -> None:
    titles: list[str] = []
    large.work.started.connect(titles.append)

    large.act("lock")
    busy = large.work.is_busy
    settled(qtbot, large)

    assert (busy, titles) == (True, ["正在备份台账…"])
    assert large.desk is None
    assert large.findChild(Unlock) is not None
    assert len(backups(desk)) == 1


def test_closing_waits_for_the_backup_and_then_closes(qtbot, large: Window, desk: Desk) -> None:
    large.close()
    still_open = large.isVisible()
    settled(qtbot, large)
    qtbot.waitUntil(lambda: not large.isVisible())

    assert still_open
    assert large.desk is None
    assert len(backups(desk)) == 1


def test_a_backup_that_cannot_be_made_is_told_once_and_does_not_keep_anyone(
    qtbot, large: Window, desk: Desk, said: Said
) -> None:
    (desk.folder / "备份").write_text("不是文件夹")

    large.close()
    settled(qtbot, large)
    qtbot.waitUntil(lambda: not large.isVisible())

    in_strip, in_box = said.told
    assert in_strip == in_box
    assert large.desk is None


def test_the_backup_of_every_half_hour_leaves_the_window_free(qtbot, large: Window, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not large.work.is_at_work, timeout=20_000)

    large.leaving.back_up()
    free = not large.work.is_busy
    qtbot.waitUntil(lambda: not large.work.has_asides, timeout=20_000)

    assert free
    assert len(backups(desk)) == 1


def test_a_small_book_is_left_at_once(window: Window, desk: Desk) -> None:
    window.open_desk(desk)

    window.act("lock")

    assert window.desk is None
    assert not window.work.is_busy


def test_what_was_looked_at_is_forgotten_piece_by_piece_after_locking(qtbot, window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    assert shell.check is not None
    with qtbot.waitSignal(shell.check.watch.found):
        shell.check.watch.look()
    lines = shell.check._lines

    window.act("lock")
    before = lines.count()
    qtbot.waitUntil(lambda: not window.work.is_at_work)

    assert before > 0
    assert lines.count() == 0
    assert desk.checking._seen is None

import os
from pathlib import Path

import pytest

from xmdesk.services.gathering import MOST_FILES, gathered


def test_folders_are_walked_links_and_programs_left_alone(tmp_path: Path) -> None:
    inner = tmp_path / "U盘" / "里面"
    inner.mkdir(parents=True)
    for name in ("a.pdf", "b.PDF", "读我.txt", "坏.exe"):
        (inner / name).write_bytes(b"x")
    (inner / "link.pdf").symlink_to(inner / "a.pdf")
    (inner / "folder.lnk").write_bytes(b"x")
    found = gathered([tmp_path])
    assert [one.name for one in found.files] == ["a.pdf", "b.PDF"]
    assert [one.name for one in found.odd] == ["folder.lnk", "坏.exe"]
    assert found.problems == []
    assert [one.name for one in gathered([inner / "读我.txt"]).files] == ["读我.txt"]


def test_files_beyond_the_quota_of_a_stick_are_counted_and_told(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 3):
        (tmp_path / f"{number:04}.pdf").touch()
    found = gathered([tmp_path])
    assert [one.name for one in found.files] == [f"{number:04}.pdf" for number in range(MOST_FILES)]
    assert found.unread == 3
    (told,) = found.problems
    assert (told.code, told.severity) == ("INBOX-TOO-MANY", "warning")
    assert "还有 3 份没有读" in told.text


def test_a_link_to_a_folder_is_walked_when_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "上报件").mkdir()
    (tmp_path / "上报件" / "a.pdf").touch()
    (tmp_path / "link").symlink_to(tmp_path / "上报件")
    (tmp_path / "上报件" / "back").symlink_to(tmp_path)
    assert [one.name for one in gathered([tmp_path / "link"]).files] == ["a.pdf"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_pipes_inside_folders_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    assert gathered([tmp_path]).files == ()

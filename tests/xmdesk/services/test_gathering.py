from pathlib import Path

from xmdesk.services.gathering import MOST_FILES, gathered


def test_folders_are_walked_links_and_programs_left_alone(tmp_path: Path) -> None:
    inner = tmp_path / "U盘" / "里面"
    inner.mkdir(parents=True)
    for name in ("a.pdf", "b.PDF", "读我.txt", "坏.exe"):
        (inner / name).write_bytes(b"x")
    (inner / "link.pdf").symlink_to(inner / "a.pdf")
    (inner / "folder.lnk").write_bytes(b"x")
    files, odd = gathered([tmp_path])
    assert [one.name for one in files] == ["a.pdf", "b.PDF"]
    assert [one.name for one in odd] == ["folder.lnk", "坏.exe"]
    assert [one.name for one in gathered([inner / "读我.txt"])[0]] == ["读我.txt"]
    assert MOST_FILES >= 1000

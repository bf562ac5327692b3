"""Writing whole or not at all, and sorting what goes wrong into sentences a person can act on."""

import errno
import hashlib
import os
import subprocess
import tracemalloc
from pathlib import Path

import pytest

from xmdesk.errors import Fault
from xmdesk.files import (
    atomic_write,
    check_readable,
    copy_hashed,
    lock_file,
    locked_by,
    make_folder,
    path_from_text,
    path_text,
    read_bytes,
    read_start,
    remove_file,
    shown_name,
    shown_path,
)

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting a small disk needs root"
)


def code_of(act, *given, **named):
    with pytest.raises(Fault) as caught:
        act(*given, **named)
    assert caught.value.to_do
    return caught.value.code


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path):
    target = tmp_path / "台账.xlsx"
    assert atomic_write(target, b"whole") == target
    assert target.read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]


def test_an_existing_file_is_replaced_only_by_force(tmp_path):
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    assert code_of(atomic_write, target, b"new") == "FILE-EXISTS"
    assert target.read_bytes() == b"old"
    atomic_write(target, b"new", force=True)
    assert target.read_bytes() == b"new"


def test_a_file_open_in_wps_is_not_replaced(tmp_path):
    target = tmp_path / "台账.xlsx"
    lock_file(target).write_bytes(b"")
    assert code_of(atomic_write, target, b"new", force=True) == "FILE-IN-USE"


def test_a_missing_folder_and_a_missing_file_are_told_apart(tmp_path):
    assert code_of(atomic_write, tmp_path / "无" / "a.xlsx", b"") == "FILE-NO-FOLDER"
    assert code_of(read_bytes, tmp_path / "a.xlsx", 10) == "FILE-NOT-FOUND"


def test_a_name_that_is_too_long_is_told(tmp_path):
    assert code_of(atomic_write, tmp_path / ("长" * 200), b"x") == "FILE-LONG-NAME"


def test_a_folder_is_not_read(tmp_path):
    assert code_of(read_bytes, tmp_path, 10) == "FILE-IS-FOLDER"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_pipes_and_devices_are_refused_and_never_waited_for(tmp_path):
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "管道.pdf")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "管道.pdf")
    for path in (tmp_path / "管道.pdf", tmp_path / "link.pdf", Path("/dev/zero")):
        assert code_of(read_bytes, path, 10) == "FILE-NOT-REGULAR"
        assert code_of(read_start, path, 10) == "FILE-NOT-REGULAR"
        assert code_of(copy_hashed, path, tmp_path / "out", 10) == "FILE-NOT-REGULAR"


def test_what_may_be_a_folder_must_still_be_there(tmp_path):
    check_readable(tmp_path, or_folder=True)
    assert code_of(check_readable, tmp_path) == "FILE-IS-FOLDER"
    assert code_of(check_readable, tmp_path / "无", or_folder=True) == "FILE-NOT-FOUND"
    assert code_of(check_readable, tmp_path / ("长" * 200), or_folder=True) == "FILE-LONG-NAME"


def test_a_file_above_the_limit_is_not_read(tmp_path):
    path = tmp_path / "大.csv"
    path.write_bytes(b"x" * 11)
    assert code_of(read_bytes, path, 10) == "FILE-TOO-LARGE"
    assert read_bytes(path, 11) == b"x" * 11


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "FILE-DISK-FULL"),
        (errno.EACCES, "FILE-NO-WRITING"),
        (errno.EROFS, "FILE-NO-WRITING"),
        (errno.EIO, "FILE-BROKEN-OFF"),
        (errno.EBUSY, "FILE-IN-USE"),
    ],
)
def test_a_failure_while_writing_keeps_the_old_file(number, code, tmp_path, monkeypatch):
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")

    def fail(handle):
        raise OSError(number, "injected")

    monkeypatch.setattr(os, "fsync", fail)
    assert code_of(atomic_write, target, b"new", force=True) == code
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


@needs_root
def test_a_full_stick_keeps_the_old_file_and_leaves_no_rest(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", stick], check=False, capture_output=True
    ).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        atomic_write(stick / "台账.xlsx", b"old")
        assert code_of(atomic_write, stick / "台账.xlsx", b"x" * 400_000, force=True) == "FILE-DISK-FULL"
        assert [path.read_bytes() for path in Path(stick).iterdir()] == [b"old"]
        subprocess.run(["mount", "-o", "remount,ro", stick], check=True)
        assert code_of(atomic_write, stick / "新.xlsx", b"x") == "FILE-NO-WRITING"
    finally:
        subprocess.run(["umount", stick], check=True)


def test_a_folder_to_write_into_is_made_or_its_absence_explained(tmp_path):
    make_folder(tmp_path / "甲" / "乙")
    make_folder(tmp_path / "甲" / "乙")
    (tmp_path / "文件").write_bytes(b"x")
    assert (tmp_path / "甲" / "乙").is_dir()
    assert code_of(make_folder, tmp_path / "文件") == "FILE-NOT-FOLDER"
    assert code_of(make_folder, tmp_path / "文件" / "里面") == "FILE-NO-FOLDER"


def test_only_the_start_of_a_large_file_is_read_when_that_is_wanted(tmp_path):
    path = tmp_path / "大.bin"
    path.write_bytes(b"x" * 1000)
    assert read_start(path, 10) == b"x" * 10
    assert code_of(read_bytes, path, 999) == "FILE-TOO-LARGE"


def test_a_copy_is_named_by_what_it_holds_and_never_whole_in_memory(tmp_path):
    source = tmp_path / "大.pdf"
    source.write_bytes(os.urandom(1024) * 24 * 1024 + b"end")
    tracemalloc.start()
    target, sha = copy_hashed(source, tmp_path, source.stat().st_size)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024
    assert sha == hashlib.sha256(source.read_bytes()).hexdigest()
    assert target == tmp_path / f"{sha}.bin"
    assert target.read_bytes() == source.read_bytes()


def test_a_file_above_the_limit_or_gone_is_not_copied_and_leaves_nothing(tmp_path):
    source, folder = tmp_path / "大.pdf", tmp_path / "隔离"
    source.write_bytes(b"x" * 11)
    folder.mkdir()
    assert code_of(copy_hashed, source, folder, 10) == "FILE-TOO-LARGE"
    assert code_of(copy_hashed, tmp_path / "无.pdf", folder, 10) == "FILE-NOT-FOUND"
    assert code_of(copy_hashed, source, tmp_path / "无", 11) == "FILE-NO-FOLDER"
    assert list(folder.iterdir()) == []


def test_a_copy_can_have_a_name_of_its_own(tmp_path):
    source = tmp_path / "大.pdf"
    source.write_bytes(b"x" * 11)
    (tmp_path / "out").mkdir()
    target, _ = copy_hashed(source, tmp_path / "out", 11, name="退回.pdf")
    assert target == tmp_path / "out" / "退回.pdf"
    assert target.read_bytes() == source.read_bytes()


def test_a_file_is_deleted_and_one_that_is_gone_is_no_trouble(tmp_path):
    path = tmp_path / "无用.bin"
    path.write_bytes(b"x")
    remove_file(path)
    remove_file(path)
    assert not path.exists()
    assert code_of(remove_file, tmp_path) in ("FILE-NO-WRITING", "FILE-BROKEN-OFF")


NAMES = {
    "白云村.pdf": "白云村.pdf",
    os.fsdecode("白云村.pdf".encode("gbk")): "白云村.pdf",
    os.fsdecode("𠮷.pdf".encode("gb18030")): "𠮷.pdf",
    os.fsdecode(b"a\xff.pdf"): "a\ufffd.pdf",
    "a\ud800.pdf": "a\ufffd.pdf",
}


@pytest.mark.skipif(os.name != "posix", reason="other systems keep names as text")
@pytest.mark.parametrize("name", NAMES, ids=NAMES.values())
def test_a_name_is_shown_as_it_was_meant_and_every_text_can_hold_it(name):
    assert shown_name(Path("/media/usb") / name) == NAMES[name]
    assert shown_path(Path("村") / name / "里面") == f"村/{NAMES[name]}/里面"


def test_a_path_without_a_name_is_shown_whole():
    assert shown_name(Path("/")) == "/"


@pytest.mark.parametrize("name", ["~$台账.xlsx", ".~台账.xlsx", ".~lock.台账.xlsx#"])
def test_the_lock_of_an_open_workbook_is_told_with_the_workbook_to_take_instead(tmp_path, name):
    lock = tmp_path / name
    lock.write_bytes(b"\x06admin".ljust(165))

    with pytest.raises(Fault) as caught:
        read_bytes(lock, 10**6)

    assert caught.value.code == "FILE-IS-LOCK"
    assert "“台账.xlsx”" in caught.value.to_do


def test_a_workbook_that_is_only_named_like_a_lock_is_read(tmp_path):
    odd = tmp_path / "~$台账.xlsx"
    odd.write_bytes(b"PK" * 1000)

    assert read_bytes(odd, 10**6) == b"PK" * 1000


@pytest.mark.parametrize("name", ["台账.xlsx", "~台账.xlsx", "~$.xlsx", "~$说明.pdf"])
def test_other_names_are_no_locks(name):
    assert locked_by(Path(name)) == ""


@pytest.mark.parametrize("name", ["设施 台账.xlsx", "100%.csv", os.fsdecode("设施.csv".encode("gb18030"))])
def test_a_path_of_any_bytes_is_kept_as_a_plain_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name

    text = path_text(path)

    assert text.isascii()
    assert path_from_text(text) == path

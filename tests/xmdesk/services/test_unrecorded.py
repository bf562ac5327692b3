"""What the book does not know is moved aside, what it knows stays, and nothing is deleted."""

from pathlib import Path

from tests.xmdesk.services.due_desk import at_noon
from xmdesk.records.submission import SEALED_FOLDER, Submission
from xmdesk.services.unrecorded import ASIDE, set_aside, tell_unrecorded

START = "上报_350212105206_2026Q4_第1版_"


def test_only_files_of_this_version_that_nobody_knows_are_moved(tmp_path: Path) -> None:
    names = ("11111111", "22222222", "33333333")
    for name in names:
        (tmp_path / f"{START}{name}.pdf").write_text(name)
    (tmp_path / "上报_350212105206_2026Q4_第2版_44444444.pdf").write_text("another version")
    (tmp_path / "说明.pdf").write_text("something of the office's own")
    named = Submission(file_name=f"{START}11111111.pdf")
    rebuilt = Submission(payload_sha256="22222222" + "0" * 56)

    moved = set_aside(tmp_path, START, [named, rebuilt])

    assert moved == (f"{START}33333333.pdf",)
    assert (tmp_path / ASIDE / f"{START}33333333.pdf.没有记下").read_text() == "33333333"
    assert len(list(tmp_path.glob("*.pdf"))) == 4


def test_where_nothing_is_unknown_no_folder_is_made(tmp_path: Path) -> None:
    assert set_aside(tmp_path, START, []) == ()
    assert set_aside(tmp_path / "not there", START, []) == ()
    assert list(tmp_path.iterdir()) == []


def test_the_same_file_moved_twice_lies_there_once(tmp_path: Path) -> None:
    for text in ("first", "second"):
        (tmp_path / f"{START}33333333.pdf").write_text(text)
        set_aside(tmp_path, START, [])

    assert [one.read_text() for one in (tmp_path / ASIDE).iterdir()] == ["second"]


def test_whatever_version_lies_unrecorded_is_moved_when_the_book_is_opened_and_all_else_stays(tmp_path: Path) -> None:
    folder = tmp_path / SEALED_FOLDER
    folder.mkdir()
    lost = (
        f"{START}11111111.pdf",
        "上报_350212105206_2026-Q3_第12版_22222222.pdf",
        "练习上报_350212105206_2026Q4_第1版_33333333.pdf",
    )
    stays = (
        f"{START}aaaaaaaa.pdf",
        f"{START}bbbbbbbb.pdf",
        "上报_7Q2M.pdf",
        "上报_350212105206_2026Q4_第1版_扫描.pdf",
        "说明.pdf",
        f"{START}11111111.txt",
    )
    for name in (*lost, *stays):
        (folder / name).write_text(name)

    with at_noon(tmp_path) as desk:
        with desk.store.change("密封") as change:
            change.save(Submission(file_name=stays[0]))
            change.save(Submission(payload_sha256="bbbbbbbb" + "0" * 56))
        tell_unrecorded(desk)
        tell_unrecorded(desk)

    assert sorted(one.name for one in folder.iterdir() if one.is_file()) == sorted(stays)
    assert sorted(one.name for one in (folder / ASIDE).iterdir()) == sorted(f"{name}.没有记下" for name in lost)


def test_a_book_that_sealed_nothing_has_nothing_to_look_for(tmp_path: Path) -> None:
    with at_noon(tmp_path) as desk:
        tell_unrecorded(desk)

    assert not (tmp_path / SEALED_FOLDER).exists()

"""Files of photos before they are opened: how large they may be, and what they are called where something is said of them."""

from pathlib import Path

import pytest

from tests.xmdesk.services.pictures import HEIC, jpeg, lying_png, two_halves
from xmdesk.errors import Fault
from xmdesk.services.desk import Desk
from xmdesk.services.photos import LARGEST_FILE, Photos
from xmdesk.services.recognising import FileKind, recognise


def test_what_is_said_of_a_photo_calls_it_as_the_person_does(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "大门.PNG"
    path.write_bytes(lying_png(30_000, 3_000))

    (problem,) = Photos(desk).take([path]).problems

    assert problem.code == "PHOTO-SIZE"
    assert problem.where.file == "大门.PNG"
    assert problem.text.startswith("“大门.PNG”有")


@pytest.mark.parametrize("head", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", HEIC[:16]], ids=["jpeg", "png", "heic"])
def test_a_photo_that_is_too_large_is_told_as_a_photo(desk: Desk, tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "大.jpg"
    path.write_bytes(head.ljust(LARGEST_FILE + 1, b"\0"))

    (problem,) = Photos(desk).take([path]).problems
    with pytest.raises(Fault) as dropped:
        recognise(path)

    assert (problem.code, dropped.value.code) == ("PHOTO-TOO-LARGE", "PHOTO-TOO-LARGE")
    assert problem.text == dropped.value.happened == "照片“大.jpg”超过 25 MB，没有读取。"
    assert "缩小" in problem.to_do


def test_a_photo_may_be_larger_than_a_document(tmp_path: Path) -> None:
    path = tmp_path / "大.jpg"
    path.write_bytes(jpeg(two_halves()).ljust(LARGEST_FILE, b"\0"))

    assert recognise(path).kind is FileKind.PICTURE

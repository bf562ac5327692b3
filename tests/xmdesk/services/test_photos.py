"""Photos as phones, strangers and accidents make them (trust.md BD1–BD12), through the real capped child."""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from tests.xmdesk.services.due_desk import duty, saved
from tests.xmdesk.services.pictures import (
    HEIC,
    LEFT,
    RIGHT,
    animated,
    black_and_white,
    garbled,
    is_near,
    jpeg,
    lying_png,
    other,
    pixel,
    place,
    png,
    see_through,
    sixteen_bit,
    taken_at,
    two_halves,
)
from xmdesk.documents.photographs import shrink
from xmdesk.errors import Refused
from xmdesk.jobs import Cancelled
from xmdesk.problems import Severity
from xmdesk.records.doings import Attachment
from xmdesk.records.duty import Inspection
from xmdesk.services.desk import Desk
from xmdesk.services.photos import PHOTOS_PER_RECORD, Photos, Taken, display_name


def take(desk: Desk, folder: Path, *contents: bytes, name: str = "照片{}.jpg") -> Taken:
    files = [folder / name.format(number) for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    return Photos(desk).take(files)


def picture_of(desk: Desk, taken: Taken, index: int = 0) -> Image.Image:
    return Image.open(BytesIO(Photos(desk).content(taken.attachments[index])))


def test_a_photo_of_twelve_megapixels_becomes_small(desk: Desk, tmp_path: Path) -> None:
    """BD1."""
    grain = Image.merge("RGB", [Image.effect_noise((4000, 3000), 40)] * 3)
    content = jpeg(Image.blend(two_halves((4000, 3000)), grain, 0.3), quality=92)
    assert len(content) > 2_000_000

    taken = take(desk, tmp_path, content)

    picture = picture_of(desk, taken)
    assert picture.format == "JPEG"
    assert max(picture.size) in (1280, 1600)
    assert taken.attachments[0].size <= 300_000


def test_an_ordinary_photo_keeps_its_shape_at_1600(desk: Desk, tmp_path: Path) -> None:
    """BD1."""
    assert picture_of(desk, take(desk, tmp_path, jpeg(two_halves((3200, 1800))))).size == (1600, 900)
    assert picture_of(desk, take(desk, tmp_path, jpeg(two_halves((640, 480))))).size == (640, 480)


def test_the_place_is_taken_out_and_offered(desk: Desk, tmp_path: Path) -> None:
    """BD2."""
    content = jpeg(two_halves(), place((24.0, 43.0, 51.6), (118.0, 9.0, 30.0)))

    taken = take(desk, tmp_path, content)

    (found,) = taken.places.values()
    assert (found.lat, found.lng) == (Decimal("24.731000"), Decimal("118.158333"))
    assert taken.places.keys() == {taken.attachments[0].uid}
    assert [(one.code, one.severity) for one in taken.problems] == [("PHOTO-PLACE", Severity.NOTICE)]
    assert not picture_of(desk, taken).getexif()
    assert b"Exif" not in Photos(desk).content(taken.attachments[0])


@pytest.mark.parametrize(
    ("exif", "expected"),
    [
        (place((24, 0, 0), (118, 0, 0), "SW"), (-118.0, -24.0)),
        (place((91, 0, 0), (118, 0, 0)), (None, None)),
        (place((0, 0, 0), (0, 0, 0)), (None, None)),
        (place((24, 0), (118, 0)), (None, None)),
        (taken_at("2026:11:05 09:30:00"), (None, None)),
    ],
)
def test_only_a_place_that_can_be_is_offered(exif: Image.Exif, expected: tuple[float | None, ...]) -> None:
    """BD2."""
    told = shrink(jpeg(two_halves(), exif), {})
    assert (told["lng"], told["lat"]) == expected


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_as_the_camera_was_held(desk: Desk, tmp_path: Path, orientation: int) -> None:
    """BD3: what the camera saw at the left ends where its EXIF orientation says."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation

    picture = picture_of(desk, take(desk, tmp_path, jpeg(two_halves(), exif)))

    spots = {1: (0.2, 0.5), 2: (0.8, 0.5), 3: (0.8, 0.5), 4: (0.2, 0.5), 5: (0.5, 0.2), 6: (0.5, 0.2), 7: (0.5, 0.8), 8: (0.5, 0.8)}  # fmt: skip
    assert picture.size == ((480, 640) if orientation > 4 else (640, 480))
    assert is_near(pixel(picture, *spots[orientation]), LEFT)
    assert not picture.getexif()


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (HEIC, "PHOTO-HEIC", "兼容性最佳"),
        (other("WEBP"), "PHOTO-FORMAT", "WebP"),
        (other("BMP"), "PHOTO-FORMAT", "BMP"),
        (other("TIFF"), "PHOTO-FORMAT", "TIFF"),
        (other("GIF"), "PHOTO-FORMAT", "GIF"),
    ],
    ids=["heic", "webp", "bmp", "tiff", "gif"],
)
def test_other_formats_are_refused_by_name(desk: Desk, tmp_path: Path, content: bytes, code: str, word: str) -> None:
    """BD4."""
    taken = take(desk, tmp_path, content)
    assert [one.code for one in taken.problems] == [code]
    assert word in taken.problems[0].text + taken.problems[0].to_do
    assert taken.attachments == ()


@pytest.mark.parametrize(
    "bad",
    [
        jpeg(two_halves())[:2000],
        jpeg(two_halves())[:20],
        png(two_halves())[:300],
        garbled(png(two_halves())),
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
    ],
    ids=["half a jpeg", "head of a jpeg", "half a png", "garbled png", "magic of jpeg", "magic of png"],
)
def test_a_broken_photo_is_named_and_the_others_go_in(desk: Desk, tmp_path: Path, bad: bytes) -> None:
    """BD5."""
    good = [jpeg(two_halves((100 + number, 80))) for number in range(4)]

    taken = take(desk, tmp_path, good[0], bad, *good[1:])

    assert len(taken.attachments) == 4
    assert [(one.code, one.where.file) for one in taken.problems] == [("PHOTO-BROKEN", "照片1.jpg")]
    assert desk.store.count(Attachment) == 4


@pytest.mark.parametrize(("width", "height"), [(30000, 30000), (2**31 - 1, 2**31 - 1), (8000, 5001)])
def test_a_picture_of_absurd_size_is_refused_unopened(desk: Desk, tmp_path: Path, width: int, height: int) -> None:
    """BD6."""
    taken = take(desk, tmp_path, lying_png(width, height))
    assert [one.code for one in taken.problems] == ["PHOTO-SIZE"]


def test_a_head_that_lies_about_the_size_is_a_broken_photo(desk: Desk, tmp_path: Path) -> None:
    """BD6."""
    assert [one.code for one in take(desk, tmp_path, lying_png(5000, 5000)).problems] == ["PHOTO-BROKEN"]


def test_a_text_that_unpacks_without_end_costs_that_photo_only(desk: Desk, tmp_path: Path) -> None:
    """BD6: compressed text chunks are bounded too."""
    about = PngInfo()
    about.add_text("Comment", "0" * 80_000_000, zip=True)
    taken = take(desk, tmp_path, png(two_halves((10, 10)), pnginfo=about), jpeg(two_halves()))
    assert [one.code for one in taken.problems] == ["PHOTO-BROKEN"]
    assert len(taken.attachments) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(500),
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        b"PK\x03\x04" + bytes(200),
        b"%PDF-1.7\n",
        b"",
        b"\x00" * 64,
    ],
    ids=["exe", "html", "svg", "zip", "pdf", "empty", "zeros"],
)
def test_what_only_calls_itself_a_photo_is_none(desk: Desk, tmp_path: Path, content: bytes) -> None:
    """BD7."""
    taken = take(desk, tmp_path, content)
    assert [one.code for one in taken.problems] == ["PHOTO-NOT"]


@pytest.mark.parametrize("make", [jpeg, png], ids=["jpeg", "png"])
def test_what_hides_behind_or_inside_a_photo_does_not_come_along(
    desk: Desk, tmp_path: Path, make: Callable[..., bytes]
) -> None:
    """BD7."""
    about = PngInfo()
    about.add_text("Comment", "SECRET-NOTE")
    said = {"comment": b"SECRET-NOTE"} if make is jpeg else {"pnginfo": about}
    content = make(two_halves(), **said) + b"PK\x03\x04<script>SECRET-TAIL</script>"

    taken = take(desk, tmp_path, content)

    kept = Photos(desk).content(taken.attachments[0])
    assert b"SECRET" not in kept
    assert kept.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("..\\..\\a.jpg", "a.jpg"),
        ("../../etc/b.PNG", "b.jpg"),
        ("CON.jpg", "CON.jpg"),
        ("长" * 300 + ".jpeg", "长" * 60 + ".jpg"),
        ("现场\u202egpj.exe", "现场gpj.jpg"),
        ("公厕\u200b3号.jpg", "公厕3号.jpg"),
        ('a<b>:"c|d?*.jpg', "abcd.jpg"),
        ("\x00\x1f.jpg", "照片.jpg"),
        ("", "照片.jpg"),
        (".jpg", "照片.jpg"),
    ],
)
def test_a_name_is_for_people_only(name: str, expected: str) -> None:
    """BD8."""
    assert display_name(name) == expected


def test_the_bytes_are_kept_under_their_hash(desk: Desk, tmp_path: Path) -> None:
    """BD8."""
    (one,) = take(desk, tmp_path, jpeg(two_halves()), name="CON{}\u202egpj.jpg").attachments
    content = Photos(desk).content(one)
    assert (one.sha256, one.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (one.name, one.media_type) == ("CON0gpj.jpg", "image/jpeg")


def test_a_record_has_room_for_nine(desk: Desk, tmp_path: Path) -> None:
    """BD9."""
    files = [tmp_path / f"{number}.jpg" for number in range(400)]
    for number, file in enumerate(files[:2]):
        file.write_bytes(jpeg(two_halves((60 + number, 40))))

    taken = Photos(desk).take(files, held=PHOTOS_PER_RECORD - 2)

    assert len(taken.attachments) == 2
    assert len([one for one in taken.problems if one.code == "PHOTO-TOO-MANY"]) == 398
    assert Photos(desk).take(files[:1], held=12).attachments == ()


class Impatient:
    """Asks to stop before the third photo."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def step(self, done: int, total: int, text: str) -> None:
        self.steps.append((done, total))
        if done == 2:
            raise Cancelled


def test_cancelled_nothing_was_taken_in(desk: Desk, tmp_path: Path) -> None:
    """BD9."""
    files = [tmp_path / f"{number}.jpg" for number in range(5)]
    for number, file in enumerate(files):
        file.write_bytes(jpeg(two_halves((60 + number, 40))))
    watching = Impatient()

    with pytest.raises(Cancelled):
        Photos(desk).take(files, progress=watching)

    assert watching.steps == [(0, 5), (1, 5), (2, 5)]
    assert desk.store.count(Attachment) == 0


def test_the_same_photo_twice_is_kept_once_and_says_where_it_is(desk: Desk, tmp_path: Path) -> None:
    """BD10."""
    content = jpeg(two_halves())
    (first,) = take(desk, tmp_path, content).attachments
    (item,) = saved(desk, duty("厕所3号"))
    saved(desk, Inspection(duty=item.uid, at="2026-11-20", inspector="郑小满", photos=[first.uid]))

    again = take(desk, tmp_path, content, name="又一张{}.jpg")

    assert again.attachments[0].sha256 == first.sha256
    assert again.attachments[0].uid != first.uid
    assert [(one.code, one.severity) for one in again.problems] == [("PHOTO-TWICE", Severity.NOTICE)]
    assert "厕所3号" in again.problems[0].text


def test_twins_of_one_batch_are_noticed_and_several_photos_are_one_step(desk: Desk, tmp_path: Path) -> None:
    """BD10."""
    taken = take(desk, tmp_path, jpeg(two_halves()), jpeg(two_halves()))
    assert [one.code for one in taken.problems] == ["PHOTO-TWICE"]
    assert desk.store.count(Attachment) == 2
    desk.store.undo()
    assert desk.store.count(Attachment) == 0


@pytest.mark.parametrize(
    ("moment", "codes", "kept"),
    [
        ("2026:11:05 09:30:00", [], "2026-11-05"),
        ("2026:11:24 00:00:00", ["PHOTO-FUTURE"], ""),
        ("2021:03:04 10:00:00", ["PHOTO-OLD"], "2021-03-04"),
        ("0000:00:00 00:00:00", [], ""),
        ("昨天", [], ""),
    ],
)
def test_the_day_a_photo_was_taken_is_kept_and_questioned(
    desk: Desk, tmp_path: Path, moment: str, codes: list[str], kept: str
) -> None:
    """BD11."""
    taken = take(desk, tmp_path, jpeg(two_halves(), taken_at(moment)))
    assert [one.code for one in taken.problems] == codes
    assert taken.attachments[0].taken_on == kept


@pytest.mark.parametrize(
    ("content", "left", "right"),
    [
        (jpeg(two_halves(mode="CMYK")), LEFT, RIGHT),
        (jpeg(two_halves(), progressive=True), LEFT, RIGHT),
        (jpeg(two_halves(mode="L")), (81, 81, 81), (49, 49, 49)),
        (sixteen_bit(), (200, 200, 200), (30, 30, 30)),
        (animated(), LEFT, RIGHT),
        (see_through(), LEFT, (255, 255, 255)),
        (png(two_halves(mode="P")), LEFT, RIGHT),
        (black_and_white(), (255, 255, 255), (0, 0, 0)),
    ],
    ids=["cmyk", "progressive", "grey", "sixteen bits", "animated", "see-through", "palette", "black and white"],
)
def test_unusual_pictures_come_out_as_people_see_them(
    desk: Desk, tmp_path: Path, content: bytes, left: tuple[int, ...], right: tuple[int, ...]
) -> None:
    """BD12."""
    picture = picture_of(desk, take(desk, tmp_path, content))
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert is_near(pixel(picture, 0.2), left)
    assert is_near(pixel(picture, 0.8), right)


def test_a_missing_file_is_named_and_the_others_go_in(desk: Desk, tmp_path: Path) -> None:
    good = tmp_path / "好.jpg"
    good.write_bytes(jpeg(two_halves()))
    taken = Photos(desk).take([tmp_path / "没有.jpg", good])
    assert [one.code for one in taken.problems] == ["FILE-NOT-FOUND"]
    assert len(taken.attachments) == 1


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow warns of broken EXIF data; in the child nobody listens
def test_damage_at_every_place_is_refused_or_drawn_anew_but_never_crashes() -> None:
    whole = jpeg(two_halves((200, 150)), place((24, 0, 0), (118, 0, 0)))
    outcomes: list[str] = []
    for spot in range(3, len(whole), max(1, len(whole) // 150)):
        try:
            made = shrink(whole[:spot] + bytes([whole[spot] ^ 0xFF]) + whole[spot + 1 :], {})
        except Refused as trouble:
            outcomes.append(trouble.code)
        else:
            assert made["content"].startswith(b"\xff\xd8\xff")
            outcomes.append("drawn")
    assert {"drawn", "PHOTO-BROKEN"} <= set(outcomes) <= {"drawn", "PHOTO-BROKEN", "PHOTO-SIZE"}

"""The shipped fonts draw every character of GB 18030-2022, and say so truthfully."""

import lzma
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.xmdesk.documents.papers import LEVEL_THREE, RARE_NAMES
from xmdesk.documents import fonts
from xmdesk.documents.fonts import RARE, SANS, SERIF, Font, missing, outlines, runs, units
from xmdesk.errors import Fault

LEVEL_3_RANGES = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
COMPATIBILITY = (
    0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29,
)  # fmt: skip
FUJIAN_PLACES = "厝埕垵坂墘澳碕嶝渟礐磹硿莿祂筼筜浿塭埔屿"


def test_all_87887_characters_of_level_3_can_be_drawn():
    """GB 18030-2022, implementation level 3, by code point."""
    points = [point for first, last in LEVEL_3_RANGES for point in range(first, last + 1)] + list(COMPATIBILITY)
    assert len(points) == 87_887
    assert missing("".join(map(chr, points))) == []


@pytest.mark.parametrize("face", [SERIF, SANS, RARE])
def test_the_list_of_covered_characters_equals_what_the_font_file_holds(face: str):
    font = outlines(face)
    covered = fonts._shipped()[face].covered
    listed = {point for point, there in enumerate(covered) if there}
    assert listed == set(font.charToGlyph) - ({0xA0} if not covered[0xA0] else set())
    blank = {
        point
        for point in listed
        if font.glyphPos[font.charToGlyph[point]] == font.glyphPos[font.charToGlyph[point] + 1]
    }
    assert {chr(point) for point in blank} <= set(" \u00a0\u2002\u2003\u3000")


def test_characters_of_no_font_are_named_once_in_order_and_line_breaks_are_none():
    assert missing("张☑三\n李😀四☑\U0002a6d7") == ["☑", "😀", "\U0002a6d7"]
    assert missing("陈\u200b亚\t明\U000e0100") == ["\u200b", "\t", "\U000e0100"]
    assert missing(FUJIAN_PLACES + RARE_NAMES + LEVEL_THREE + "①②㎡℃Ⅲ—…《》〔〕×·") == []


def test_each_character_is_drawn_by_the_first_font_that_has_it():
    assert runs("陈䶮abc", SERIF) == ((SERIF, "陈䶮abc"),)
    assert runs("陈𠀀明☑", SANS) == ((SANS, "陈"), (RARE, "𠀀"), (SANS, "明〓"))
    assert runs("", SERIF) == ()


def test_widths_are_those_of_the_font_file():
    table = outlines(SERIF).charWidths
    assert units("合计 1,234", SERIF) == sum(table[ord(character)] for character in "合计 1,234")
    assert units("𠀀", SERIF) == outlines(RARE).charWidths[0x20000]
    assert Font(SANS, 10).width("村委会") == pytest.approx(30)


def test_ordinary_text_does_not_load_the_font_for_rare_characters():
    script = (
        "from xmdesk.documents import fonts\n"
        "fonts.units('灾害信息员 2026', 'Serif'); fonts.missing('𠀀')\n"
        "assert fonts.outlines.cache_info().currsize == 1, fonts.outlines.cache_info()\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(fonts.__file__).parents[2])


def test_a_damaged_file_in_the_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XMDESK_CACHE", str(tmp_path))
    shipped = fonts._shipped()[SANS]
    whole = fonts._unpacked(shipped)
    (kept,) = (tmp_path / "fonts").iterdir()
    kept.write_bytes(whole[:5000] + b"?" + whole[5001:])
    assert fonts._unpacked(shipped) == whole == kept.read_bytes()


def test_several_may_unpack_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XMDESK_CACHE", str(tmp_path))
    shipped = fonts._shipped()[SANS]
    with ThreadPoolExecutor(3) as pool:
        sizes = {len(data) for data in pool.map(fonts._unpacked, [shipped] * 3)}
    assert sizes == {shipped.size}
    assert [path.suffix for path in (tmp_path / "fonts").iterdir()] == [".ttf"]


def test_a_cache_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "fonts").write_text("a file where the folder should be")
    monkeypatch.setenv("XMDESK_CACHE", str(tmp_path))
    assert len(fonts._unpacked(fonts._shipped()[SANS])) == fonts._shipped()[SANS].size


@pytest.mark.parametrize("content", [b"no archive", lzma.compress(b"another file"), None])
def test_a_damaged_shipped_font_is_reported_to_the_person(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if content is not None:
        (tmp_path / "sans.ttf.xz").write_bytes(content)
    shipped = fonts._shipped()[SANS]
    monkeypatch.setenv("XMDESK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(fonts, "resource", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(Fault) as caught:
        fonts._unpacked(shipped)
    assert caught.value.code == "PAPER-FONT"
    assert "sans.ttf.xz" in caught.value.happened

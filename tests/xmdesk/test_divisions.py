import hashlib
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.house.make_divisions import build
from xmdesk.divisions import Division, Divisions, Level, is_code_shape, padded, unpadded
from xmdesk.errors import Fault
from xmdesk.paths import resource
from xmdesk.pinyin import full, initials, matches

SOURCE_SHA256 = "81258fc2c05bb824b561ae8aa55dba8c3cae380e5008a8cb95dd2fc552f33eb1"
"""Of the lines ``code,name`` of the published list, without its heading."""

JUNYING = Division("350212105206", "军营村委会", Level.VILLAGE)


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    found = Divisions()
    found.search("厦门")
    return found


@pytest.fixture(scope="module")
def everything(divisions: Divisions) -> list[Division]:
    found = level = divisions.children()
    while level[0].level is not Level.VILLAGE:
        level = [child for one in level for child in divisions.children(one.code)]
        found = found + level
    return sorted(found, key=lambda one: one.code)


def codes(found: list[Division]) -> list[str]:
    return [one.code for one in found]


def test_all_entries_of_the_published_list_are_there(everything: list[Division]) -> None:
    lines = hashlib.sha256("".join(f"{one.code},{one.name}\n" for one in everything).encode())

    assert len(everything) == 665_276
    assert Counter(one.level for one in everything) == {1: 31, 2: 342, 3: 2978, 4: 41352, 5: 620573}
    assert lines.hexdigest() == SOURCE_SHA256


def test_the_same_list_makes_the_same_file(everything: list[Division]) -> None:
    made = build([(one.code, one.name) for one in everything])

    same = made == resource("divisions", "divisions_2023.bin").read_bytes()
    assert same
    assert len(made) <= 8_000_000


def test_importing_reads_no_resource() -> None:
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import xmdesk.divisions, xmdesk.pinyin\n"
        "xmdesk.divisions.Divisions()\n"
        "print([name for name in opened if 'resources' in name])\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=resource().parent, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[]"


def test_a_village_is_found_by_its_code_without_reading_all_names() -> None:
    assert Divisions().get("350212105206") == JUNYING


@pytest.mark.parametrize("code", ["350212105999", "350212999", "99", "", "3502121", "军营", "35021210520x", "０１"])
def test_an_unknown_code_finds_nothing(divisions: Divisions, code: str) -> None:
    assert divisions.get(code) is None


def test_a_path_leads_from_the_province_down(divisions: Divisions) -> None:
    assert [one.name for one in divisions.path("350212105206")] == [
        "福建省",
        "厦门市",
        "同安区",
        "莲花镇",
        "军营村委会",
    ]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("350212105206", "福建省厦门市同安区莲花镇军营村委会"),
        ("110101001001", "北京市东城区东华门街道多福巷社区居委会"),
        ("441900003", "广东省东莞市东城街道"),
        ("419001001", "河南省济源市沁园街道"),
        ("429004001", "湖北省仙桃市沙嘴街道"),
        ("350527000000", "福建省泉州市金门县"),
        ("350212000000", "福建省厦门市同安区"),
    ],
)
def test_full_names_leave_out_levels_nobody_says(divisions: Divisions, code: str, name: str) -> None:
    assert divisions.full_name(code) == name


def test_children_are_the_next_level(divisions: Divisions) -> None:
    assert codes(divisions.children("3502")) == ["350203", "350205", "350206", "350211", "350212", "350213"]
    assert JUNYING in divisions.children("350212105")
    assert len(divisions.children()) == 31
    assert divisions.children("350212105206") == []
    assert divisions.children("350212999") == []


@pytest.mark.parametrize(
    "query",
    [
        "军营",
        "军营村",
        "军营村委会",
        "junying",
        "junyingcun",
        "jyc",
        "jy",
        "军y",
        "莲花 军营",
        "军营 莲花",
        "lianhua junying",
    ],
)
def test_a_village_is_found_by_characters_readings_and_initials(divisions: Divisions, query: str) -> None:
    assert JUNYING in divisions.search(query, within="3502")


@pytest.mark.parametrize(
    "query", ["同安区莲花镇军营村", "福建省厦门市同安区莲花镇军营村村委会", "3502 jyc", "同安 莲花 军营"]
)
def test_whole_names_and_several_words_find_exactly_the_village(divisions: Divisions, query: str) -> None:
    wanted = JUNYING if "村村" not in query else None
    found = divisions.search(query)

    assert found == ([wanted] if wanted else [])


@pytest.mark.parametrize("query", ["厦门", "xiamen", "shamen", "厦men", "xm"])
def test_a_city_comes_first_whichever_way_its_name_is_read(divisions: Divisions, query: str) -> None:
    assert divisions.search(query)[0].code == "3502"


def test_names_that_begin_with_the_word_come_first_and_higher_levels_before_lower(divisions: Divisions) -> None:
    found = divisions.search("同安")
    ranks = [(not one.name.startswith("同安"), one.level, one.code) for one in found]

    assert found[0].code == "350212"
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("query", ["35", "350212", "3502121", "350212105", "35021210520", "350212105206"])
def test_digits_find_what_begins_with_them(divisions: Divisions, query: str) -> None:
    found = divisions.search(query, limit=500)

    assert all(one.code.startswith(query) for one in found)
    assert [one.level for one in found] == sorted(one.level for one in found)
    assert len(found) == {"35": 500, "35021210520": 9, "350212105206": 1}.get(query, len(found))


def test_search_keeps_to_the_limit_and_to_the_place(divisions: Divisions) -> None:
    assert len(divisions.search("新", limit=7)) == 7
    assert {one.code[:6] for one in divisions.search("s", within="350212", limit=300)} == {"350212"}
    assert codes(divisions.search("军营", within="350212105206")) == ["350212105206"]
    assert divisions.search("军营", within="350213") == []


@pytest.mark.parametrize("query", ["", "   ", "龘龘", "qqqqqq", "。", "[a-z]", "军营(", "ü", "\x01", "莲花 龘"])
def test_queries_that_nothing_answers_find_nothing(divisions: Divisions, query: str) -> None:
    assert divisions.search(query) == []


@pytest.mark.parametrize("query", ["h", "hs", "山", "sh", "xin", "林y", "wu", "dong", "x", "tg", "xilin", "后z"])
def test_search_agrees_with_looking_at_every_name(divisions: Divisions, everything: list[Division], query: str) -> None:
    there = [one for one in everything if one.code.startswith("3502")]
    core = {one.code: strip(one.name) for one in there}
    wanted = {one.code for one in there if matches(query, core[one.code])}
    found = set(codes(divisions.search(query, within="3502", limit=5000)))

    assert wanted <= found
    assert all(matches(query, one.name) for one in there if one.code in found)


def strip(name: str) -> str:
    """The name without the usual endings, which letters alone are not meant to find."""
    for ending in (
        "村民委员会",
        "村委会",
        "社区居民委员会",
        "社区居委会",
        "居民委员会",
        "居委会",
        "社区",
        "街道",
        "村",
        "镇",
        "乡",
    ):
        if name.endswith(ending):
            return name[: -len(ending)]
    return name


def test_entries_are_reached_by_their_own_names(divisions: Divisions, everything: list[Division]) -> None:
    sample = random.Random(2023).sample(everything, 500)
    lost = [one for one in sample if one not in divisions.search(one.name, within=one.code[:6], limit=200)]

    assert lost == []


def test_entries_are_reached_by_their_readings(divisions: Divisions, everything: list[Division]) -> None:
    sample = [one for one in random.Random(7).sample(everything, 300) if one.name.isalpha() and len(one.name) > 2]
    lost = [one for one in sample if one not in divisions.search(full(one.name), within=one.code[:6], limit=500)]
    lost += [one for one in sample if one not in divisions.search(initials(one.name), within=one.code[:6], limit=500)]

    assert lost == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("350212105001", "居委会"),
        ("350212105206", "村委会"),
        ("110101001498", "类似居委会"),
        ("110101001500", "类似村委会"),
        ("350212", ""),
    ],
)
def test_the_last_digits_tell_the_kind_of_office(code: str, kind: str) -> None:
    assert Division(code, "", Level.VILLAGE).office_kind == kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [("350212001", "街道"), ("350212105", "镇"), ("350212200", "乡"), ("350212400", "类似乡级"), ("3502", "")],
)
def test_the_township_digits_tell_its_kind(code: str, kind: str) -> None:
    assert Division(code, "", Level.TOWNSHIP).township_kind == kind


@pytest.mark.parametrize(
    ("full_code", "code"),
    [("350000000000", "35"), ("350200000000", "3502"), ("350212000000", "350212"), ("110106100000", "110106100"),
     ("350212105206", "350212105206"), ("350212105", "350212105")],
)  # fmt: skip
def test_padding_is_taken_off_and_put_on(full_code: str, code: str) -> None:
    assert unpadded(full_code) == code
    assert padded(code) == full_code.ljust(12, "0")


def test_only_five_lengths_of_ascii_digits_are_codes() -> None:
    assert [size for size in range(15) if is_code_shape("3" * size)] == [2, 4, 6, 9, 12]
    assert not is_code_shape("０２")
    assert not is_code_shape("0102")
    assert not is_code_shape("35\n")


@pytest.mark.parametrize("content", [b"", b"XMDIVS01\xff\xff\xff\x7f{", b"PK\x03\x04 something else entirely"])
def test_a_damaged_file_is_said_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "divisions.bin"
    path.write_bytes(content)

    with pytest.raises(Fault) as caught:
        Divisions(path).get("35")

    assert caught.value.code == "divisions_unreadable"


def test_a_file_cut_short_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "divisions.bin"
    path.write_bytes(resource("divisions", "divisions_2023.bin").read_bytes()[:3_000_000])

    with pytest.raises(Fault):
        Divisions(path).search("军营")


def test_a_missing_file_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(Fault):
        Divisions(tmp_path / "none.bin").children()

import subprocess
import sys

import pytest

from xmdesk import pinyin
from xmdesk.paths import resource


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("军营", "军营村委会"),
        ("junyingcun", "军营村"),
        ("jyc", "军营村"),
        ("JYC", "军营村"),
        ("\uff4a\uff59\uff43", "军营村"),
        ("军y", "军营村"),
        ("军ying", "军营村"),
        ("jyingc", "军营村"),
        ("juny", "军营村"),
        ("yingc", "军营村"),
        ("xiamen", "厦门市"),
        ("shamen", "厦门市"),
        ("sm", "厦门市"),
        ("chongqing", "重庆市"),
        ("zhongq", "重庆市"),
        ("xian", "西安市"),
        ("zhch", "中城"),
        ("lv", "吕厝"),
        ("lü", "吕厝"),
        ("lyucuo", "吕厝"),
        ("linyun", "林云"),
        ("shan", "单小军"),
        ("tan", "覃小军"),
        ("moqi", "万俟小军"),
        ("3号", "3号避灾点"),
        ("ａ区", "A区活动室"),
        ("莲花 jy", "莲花镇军营村"),
        ("jy　莲花", "莲花镇军营村"),
        ("ayglmmt", "阿依古丽·买买提"),
        ("ayiguli", "阿依古丽·买买提"),
        ("lmmt", "阿依古丽·买买提"),
        ("阿依古丽买买提", "阿依古丽·买买提"),
        ("古丽·买", "阿依古丽·买买提"),
        ("138****0003", "13805920003"),
        ("138＊＊＊＊0003", "13805920003"),
        ("3502**********0011", "350212199001010011"),
    ],
)
def test_a_query_finds_the_text(query: str, text: str) -> None:
    assert pinyin.matches(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("jyx", "军营村"),
        ("营军", "军营村"),
        ("junyingcunn", "军营村"),
        ("unying", "军营村"),
        ("莲花 白沙", "莲花镇军营村"),
        ("jyc", ""),
        ("。", "军营村"),
        ("138****0003", "13805920004"),
        ("3*4", "314"),
    ],
)
def test_a_query_passes_over_other_texts(query: str, text: str) -> None:
    assert not pinyin.matches(query, text)


def test_an_empty_query_matches_everything() -> None:
    assert pinyin.matches("  ", "军营村")


def test_full_reading_and_initials_use_the_usual_readings() -> None:
    assert pinyin.full("厦门市同安区") == "xiamenshitonganqu"
    assert pinyin.initials("军营村3组A") == "jyc3za"


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单小军", "shanxiaojun"),
        ("曾小军", "zengxiaojun"),
        ("仇小军", "qiuxiaojun"),
        ("查小军", "zhaxiaojun"),
        ("解小军", "xiexiaojun"),
        ("尉迟小军", "yuchixiaojun"),
        ("单于小军", "chanyuxiaojun"),
        ("王单", "wangdan"),
    ],
)
def test_a_surname_is_read_as_a_surname_where_a_name_opens(name: str, reading: str) -> None:
    assert pinyin.full(name, person=True) == reading


def test_a_surname_character_elsewhere_keeps_its_usual_reading() -> None:
    assert pinyin.full("单位") == "danwei"


def test_every_surname_reading_can_be_searched() -> None:
    known = dict(pinyin.SURNAMES)
    known |= {name[place]: sound for name, all_ in pinyin.LONG_SURNAMES.items() for place, sound in enumerate(all_)}

    assert [char for char, reading in known.items() if reading not in pinyin.readings(char)] == []


def test_the_table_is_small() -> None:
    assert resource("pinyin", "readings.txt").stat().st_size <= 200_000


def test_reading_needs_no_pypinyin() -> None:
    program = "import sys, xmdesk.pinyin as p; p.full('军营'); print('pypinyin' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=resource().parent, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "False"


def test_a_long_run_of_letters_is_cut_without_trying_every_way() -> None:
    """Trying every way to cut this run would not end within the life of the machine."""
    assert not pinyin.matches("xianianganganxiananganxianang" * 3, "西安")


def test_long_queries_are_cut_in_few_ways() -> None:
    assert len(pinyin.parse("tianlianhuashiguoyuanxincun")) <= pinyin.MOST_SPLITS

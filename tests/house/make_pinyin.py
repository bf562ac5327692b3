"""Make ``resources/pinyin/readings.txt`` from pypinyin. Run by hand: ``python -m tests.house.make_pinyin``.

A second reading is kept when pypinyin's phrase list uses it at least twice, or when it is listed in ``ALSO`` because
place names or surnames need it: pypinyin's own list of readings is full of archaic ones that would match too much.
The same pypinyin gives the same bytes.
"""

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

TARGET = Path(__file__).resolve().parents[2] / "resources" / "pinyin" / "readings.txt"

VOWEL = re.compile("[aeiouv]")
"""Interjections such as hm and ng have no place in names."""

CHARACTERS = [chr(point) for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF)) for point in range(first, last + 1)]

FIRST = {"厦": "xia", "曾": "zeng", "覃": "qin", "长": "chang", "单": "dan", "圩": "xu", "尾": "wei", "〇": "ling"}
"""Readings that come first here although pypinyin puts another before them."""

ALSO = {
    "厦": "sha", "曾": "ceng", "覃": "tan", "长": "zhang", "单": "shan chan", "重": "chong", "朝": "chao zhao",
    "乐": "yue le", "行": "hang xing", "六": "lu", "台": "tai", "蚌": "beng bang", "仇": "qiu", "查": "zha",
    "朴": "piao pu", "盖": "ge gai", "解": "xie", "尉": "yu wei", "俟": "qi si", "万": "mo", "澹": "tan",
    "区": "ou", "任": "ren", "华": "hua", "宁": "ning", "燕": "yan", "翟": "zhai di", "乜": "nie mie", "缪": "miao miu",
    "佴": "nai er", "令": "ling", "冼": "xian", "种": "chong", "黑": "he", "员": "yun", "召": "shao", "折": "she",
    "繁": "po", "秘": "bi", "逄": "pang", "那": "na", "郗": "xi chi", "臧": "zang", "柏": "bai bo", "卜": "bu bo",
    "车": "che ju", "洗": "xian", "隗": "kui wei", "祭": "zhai", "牟": "mu mou", "晁": "chao", "贾": "jia gu",
    "石": "shi", "埔": "pu bu", "浦": "pu", "堡": "bao bu pu", "铺": "pu", "埕": "cheng", "坂": "ban", "圩": "wei",
    "垵": "an", "墘": "qian", "濠": "hao", "莘": "xin shen", "泊": "bo po", "泌": "mi bi", "泷": "long shuang",
    "浒": "hu xu", "渑": "mian sheng", "番": "pan fan", "莞": "guan", "筠": "jun yun", "蔚": "yu wei", "铅": "yan qian",
    "阿": "e a", "大": "dai da", "都": "du dou", "洞": "tong dong", "儋": "dan", "东": "dong", "柞": "zha zuo",
    "栎": "yue li", "氏": "zhi shi", "牂": "zang", "枞": "zong cong", "歙": "she", "黟": "yi", "亳": "bo", "涡": "guo wo",
    "瓦": "wa", "侯": "hou", "红": "hong", "嵊": "sheng", "丽": "li", "漯": "luo ta", "济": "ji", "并": "bing",
    "巷": "xiang hang", "隆": "long", "弄": "long nong", "厂": "chang", "峒": "dong tong", "崆": "kong", "岙": "ao",
    "垌": "dong tong", "坨": "tuo", "屯": "tun zhun", "畲": "she", "畬": "she yu", "碶": "qi", "砼": "tong", "疃": "tuan",
    "塅": "duan", "塬": "yuan", "垭": "ya", "塝": "bang", "尕": "ga", "磜": "qi ji", "嶝": "deng", "澳": "ao",
    "角": "jiao", "郪": "qi", "洮": "tao", "荥": "xing ying", "嗄": "sha", "尾": "yi", "家": "jia",
    "会": "kuai hui", "地": "di de", "的": "de", "得": "de", "中": "zhong", "还": "huan hai", "降": "jiang xiang",
    "强": "qiang jiang", "藏": "zang cang", "调": "diao tiao", "场": "chang", "塞": "sai se", "宿": "su", "盛": "sheng cheng",
    "绿": "lv lu", "率": "lv shuai", "露": "lu lou", "薄": "bo bao", "白": "bai bo", "百": "bai bo", "北": "bei",
}  # fmt: skip
"""Readings that are kept although the phrase list hardly knows them: place names and surnames."""


def main() -> None:
    """Write the table: one line per reading, ``reading TAB characters first read so TAB characters also read so``."""
    firsts: defaultdict[str, list[str]] = defaultdict(list)
    others: defaultdict[str, list[str]] = defaultdict(list)
    seen = phrase_readings()
    for char in [*CHARACTERS, "〇"]:
        first, *rest = readings_of(char, seen)
        if not first:
            continue
        firsts[first].append(char)
        for reading in rest:
            others[reading].append(char)
    names = sorted({*firsts, *others})
    lines = [f"{name}\t{''.join(sorted(firsts[name]))}\t{''.join(sorted(others[name]))}\n" for name in names]
    TARGET.write_bytes("".join(lines).encode())
    sys.stdout.write(f"{TARGET.name}: {len(lines)} readings, {TARGET.stat().st_size} bytes\n")


def phrase_readings() -> Counter[tuple[str, str]]:
    """How often pypinyin's phrase list reads each character each way."""
    seen: Counter[tuple[str, str]] = Counter()
    for phrase, sounds in phrases_dict.items():
        seen.update((char, plain(sound[0])) for char, sound in zip(phrase, sounds, strict=False))
    return seen


def readings_of(char: str, seen: Counter[tuple[str, str]]) -> list[str]:
    """All kept readings of one character, the usual one first; ``[""]`` when it has none."""
    many = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    known = [sound for sound in map(plain, many[0] if many else []) if VOWEL.search(sound)]
    if not known:
        return [FIRST.get(char, "")]
    alone = plain(pinyin(char, style=Style.NORMAL)[0][0])
    usual = FIRST.get(char) or (alone if alone in known else known[0])
    kept = [reading for reading in known if seen[char, reading] >= 2]
    return list(dict.fromkeys([usual, *kept, *ALSO.get(char, "").split()]))


def plain(sound: str) -> str:
    """Letters a–z only: tones off, ü written v as input methods do, ê written e."""
    text = to_normal(sound).lower().replace("ü", "v").replace("ê", "e")
    return "".join(letter for letter in text if "a" <= letter <= "z")


if __name__ == "__main__":
    main()

"""Headers made comparable: width, spaces, line breaks, punctuation, traditional characters and units in brackets do not matter."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORDS = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
_PER_YEAR = re.compile(r"\s*(?:/|每|一)\s*年$")
_SAID = re.compile(r"单位(?:\s*:\s*)?([^\s()\[\]【】]+)")
_BETWEEN_UNITS = re.compile(r"[、,;/和及]")
_UNITS = {
    "m2": "㎡",
    "平方米": "㎡",
    "平米": "㎡",
    "km": "公里",
    "千米": "公里",
    "m": "米",
    "圆": "元",
    "人民币元": "元",
    "万": "万元",
}
# The traditional characters that stand in titles of columns, each with the one simplified character that it means there.
_SIMPLIFIED = str.maketrans(
    "與專業臨為爲舉書產會體儲員黨養內冊況準開關別辦務動區醫協單佔歷參發變號後啟圓國場備註婦學實對層屬崗佈應異錄徑徵總戶託護擔撥掛換數無時標權條來檔檢歸潔災熱點營狀現"
    "電劃監確礙礎稱積種築簽簡類級緯經線練組細終結統績維綜編網聯繫係職薦範裝補規計認訖訓議記論設證識訴試話詳說説課負財責質費資運達適選鄉鎮鐘長門問間陣險隱難項頒預領頻"
    "題額駐個處態懸廁復複機碼樓歲製農週離驗齡審寫賬帳圖傳匯彙從縣畝萬裏裡",
    "与专业临为为举书产会体储员党养内册况准开关别办务动区医协单占历参发变号后启圆国场备注妇学实对层属岗布应异录径征总户托护担拨挂换数无时标权条来档检归洁灾热点营状现"
    "电划监确碍础称积种筑签简类级纬经线练组细终结统绩维综编网联系系职荐范装补规计认讫训议记论设证识诉试话详说说课负财责质费资运达适选乡镇钟长门问间阵险隐难项颁预领频"
    "题额驻个处态悬厕复复机码楼岁制农周离验龄审写账账图传汇汇从县亩万里里",
)
KNOWN_UNITS = ("元", "万元", "千元", "㎡", "公里", "米", "亩", "人", "个", "处", "户", "张", "学时", "小时", "%", "年")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a header without spaces and punctuation; words in brackets stay."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(_SIMPLIFIED)


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return a header without what stands in brackets."""
    return plain(_BRACKETED.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=8192)
def unit_of(text: str) -> str:
    """Return the unit that a header names in brackets or as its lowest title, in one spelling; empty when none."""
    text = unicodedata.normalize("NFKC", text)
    words = [found.group()[1:-1] for found in _BRACKETED.finditer(text)]
    if "/" in text:
        words.append(text.rpartition("/")[2])
    return next((unit for unit in map(_as_unit, words) if unit), "")


def is_unit(text: str) -> bool:
    """Tell whether a cell holds nothing but a unit: (㎡), 万元, 单位:元."""
    text = unicodedata.normalize("NFKC", text).strip()
    return bool(_as_unit(text.strip("()[]【】")))


def units_said(text: str) -> tuple[str, ...]:
    """Return the units that a line above a table names for all of it: (单位:万元), 金额单位:人民币万元, 单位:公里、万元."""
    text = unicodedata.normalize("NFKC", text)
    words = [one for found in _SAID.finditer(text) for one in _BETWEEN_UNITS.split(found[1])]
    return tuple(unit for one in words if (unit := _as_unit(one.removeprefix("人民币"))))


def _as_unit(word: str) -> str:
    word = _PER_YEAR.sub("", word.strip().removeprefix("单位").strip(": "))
    unit = _UNITS.get(word.lower(), word)
    return unit if unit in KNOWN_UNITS else ""

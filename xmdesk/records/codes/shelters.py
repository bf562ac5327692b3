"""Closed lists about shelters."""

from xmdesk.records.codes.code import Code


class ShelterKind(Code):
    """场所类别: kept apart so that earthquake sites are not counted twice."""

    NATURAL = "自然灾害避灾点", "自然灾害避灾点", "避灾点"
    EARTHQUAKE = "地震应急避难场所"
    COMBINED = "综合"


class ShelterGrade(Code):
    """级别 (GB/T 44013-2024 分级: by administrative tier)."""

    VILLAGE = "村(社区)级", "村(社区)级", "村级", "社区级"
    TOWNSHIP = "镇街级", "镇街级", "镇级", "街道级", "乡镇(街道)级"
    DISTRICT = "区级", "区级", "县级"
    CITY = "市级"
    PROVINCE = "省级"


class LegacyClass(Code):
    """原分类 in Xiamen (its meaning is unconfirmed)."""

    ONE = "Ⅰ", "Ⅰ", "Ⅰ类", "I", "I类", "一类"
    TWO = "Ⅱ", "Ⅱ", "Ⅱ类", "II", "II类", "二类"
    THREE = "Ⅲ", "Ⅲ", "Ⅲ类", "III", "III类", "三类"


class Space(Code):
    """空间类型."""

    INDOOR = "室内"
    OUTDOOR = "室外"
    BOTH = "兼具", "兼具", "室内外兼具"


class Hazard(Code):
    """适用灾种."""

    TYPHOON = "台风"
    FLOOD = "暴雨洪涝", "暴雨洪涝", "洪涝", "暴雨"
    LANDSLIDE = "地质灾害"
    EARTHQUAKE = "地震"
    COLD = "低温"
    OTHER = "其他"


class Room(Code):
    """避灾点用房和条件."""

    DUTY = "值班室"
    MEN = "男宿舍"
    WOMEN = "女宿舍"
    STORE = "仓库"
    TOILET = "厕所"
    WATER = "供水"
    POWER = "供电"


class ShelterCheck(Code):
    """检查结论."""

    PASSED = "合格"
    MENDING = "整改中"
    UNUSABLE = "不可用"


class ShelterState(Code):
    """避灾点状态."""

    USABLE = "可用"
    REPAIR = "维修"
    STOPPED = "停用"

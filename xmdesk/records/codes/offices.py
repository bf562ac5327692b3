"""Closed lists about offices: what kind they are, where they lie, what they were honoured for."""

from xmdesk.records.codes.code import Code


class OfficeKind(Code):
    """单位类型; decides which thresholds hold (plan 厦府办〔2023〕14号, A1-13/28/51)."""

    VILLAGE = "1", "行政村", "村", "村民委员会"
    COMMUNITY = "2", "城市社区", "社区", "居民委员会"
    CONVERTED = "3", "村改居社区", "村改居"
    SIMILAR = "4", "类似村/居单位", "类似单位"
    TOWNSHIP = "5", "镇(街道)", "镇", "街道"
    DISTRICT = "6", "区", "区级"


class UrbanRural(Code):
    """城乡分类代码 (统计用区划代码和城乡划分代码编制规则)."""

    MAIN = "111", "主城区"
    FRINGE = "112", "城乡结合区"
    TOWN = "121", "镇中心区"
    TOWN_FRINGE = "122", "镇乡结合区"
    SPECIAL = "123", "特殊区域"
    TOWNSHIP = "210", "乡中心区"
    VILLAGE = "220", "村庄"


class HonourKind(Code):
    """荣誉."""

    LAW = "民主法治示范", "民主法治示范", "民主法治示范村", "民主法治示范社区"
    DISASTER = "减灾示范", "减灾示范", "综合减灾示范社区"
    GREEN = "绿色社区"
    CHILD = "儿童友好社区"
    PARTY = "近邻党建示范点"
    OTHER = "其他"

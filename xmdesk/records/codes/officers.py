"""Closed lists about disaster information officers."""

from xmdesk.records.codes.code import Code


class Tier(Code):
    """层级."""

    VILLAGE = "村(社区)", "村(社区)", "村", "社区", "村级"
    TOWNSHIP = "镇(街道)", "镇(街道)", "镇", "街道", "镇级"
    DISTRICT = "区", "区", "区级"


class Post(Code):
    """A/B角."""

    FIRST = "A", "A角", "A", "A岗"
    DEPUTY = "B", "B角", "B", "B岗"
    OTHER = "其他"


class Engagement(Code):
    """专兼职."""

    FULL_TIME = "专职", "专职", "专", "是", "√"
    PART_TIME = "兼职", "兼职", "兼", "否", "×"


class OfficerGrade(Code):
    """证书等级."""

    JUNIOR = "初级", "初级", "初级灾害信息员"
    MIDDLE = "中级", "中级", "中级灾害信息员"
    SENIOR = "高级", "高级", "高级灾害信息员"
    MASTER = "信息师", "信息师", "灾害信息师"
    SENIOR_MASTER = "高级信息师", "高级信息师", "高级灾害信息师"

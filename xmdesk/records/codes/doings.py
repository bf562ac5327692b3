"""Closed lists about trainings and activities."""

from xmdesk.records.codes.code import Code


class TrainingKind(Code):
    """培训类别."""

    DISASTER = "灾害信息员培训"
    LEGAL_INITIAL = "法律明白人初任", "法律明白人初任", "法律明白人初任培训"
    LEGAL_YEARLY = "法律明白人年度", "法律明白人年度", "法律明白人年度培训"
    COMMUNITY = "社区工作者", "社区工作者", "社区工作者培训"
    DRILL = "应急演练"
    OTHER = "其他"


class TrainingForm(Code):
    """培训形式."""

    GROUPED = "集中", "集中", "集中培训"
    ONLINE = "线上"
    MEETING = "以会代训"
    PRACTICE = "实操"


class TrainingResult(Code):
    """培训结果."""

    PASSED = "合格"
    FAIL = "不合格"
    NOT_TESTED = "未考"


class ActivityKind(Code):
    """活动类别 (A1-06, A1-14, A1-17, A1-76, A1-66)."""

    PARENT_GUIDANCE = "家教指导", "家教指导", "家庭教育指导"
    PARENT_PRACTICE = "家教实践", "家教实践", "家庭教育实践"
    SCIENCE = "科普"
    CONSULTATION = "协商", "协商", "居民协商", "协商议事"
    LEGAL = "普法", "普法", "普法宣传", "公共法律服务"
    VOLUNTEER = "志愿服务"
    PARTY = "党建联席会议"
    OTHER = "其他"

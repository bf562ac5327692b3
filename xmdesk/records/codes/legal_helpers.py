"""Closed lists about legal helpers."""

from xmdesk.records.codes.code import Code


class HelperSource(Code):
    """来源身份 (《乡村“法律明白人”培养工作规范(试行)》 priority sources)."""

    CADRE = "村干部", "村干部", "两委成员"
    WOMEN = "妇联执委", "妇联执委", "村妇联执委"
    CHILDREN = "儿童主任"
    MEDIATOR = "人民调解员", "人民调解员", "调解员"
    POLICE_AUX = "驻村辅警"
    GRID = "网格员"
    GROUP_HEAD = "村民小组长", "村民小组长", "小组长"
    PARTY = "党员", "党员", "中共党员"
    FIVE_OLD = "五老", "五老", "五老人员", "“五老”人员"
    CAPABLE = "致富能手"
    OTHER = "其他", "其他", "其他热心公益者"


class HelperRoute(Code):
    """推荐方式."""

    SELF = "自荐"
    COMMITTEE = "两委推荐", "两委推荐", "村两委推荐"


class HelperAssessment(Code):
    """年度考核 of a legal helper (grades unconfirmed)."""

    EXCELLENT = "优秀"
    PASSED = "合格"
    FAIL = "不合格"
    NONE = "未考核"


class HelperState(Code):
    """法律明白人状态."""

    CANDIDATE = "候选"
    ACTIVE = "在册", "在册", "在岗", "正常"
    PAUSED = "暂停"
    LEFT = "退出", "退出", "清退"


class HelperExit(Code):
    """退出原因."""

    OFFENCE = "违法违纪"
    NEGLECT = "不履职"
    OWN_WISH = "本人申请"
    MOVED = "迁出"
    DEATH = "死亡"
    OTHER = "其他"


class HelperService(Code):
    """服务类型."""

    PUBLICITY = "普法", "普法", "普法宣传"
    GUIDANCE = "引导", "引导", "引导服务"
    MEDIATION = "调解"
    GOVERNANCE = "治理", "治理", "参与治理"

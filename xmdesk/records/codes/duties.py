"""Closed lists about the duty list: classes, keepers, money, notice, inspection and repair."""

from xmdesk.records.codes.code import Code


class DutyClass(Code):
    """领域: starter catalogue of twelve domains (domain.md B2; the provincial nine-domain catalogue is unconfirmed)."""

    ROAD = "01", "农村道路", "道路", "乡村道路", "通村公路", "农村公路", "公路", "村道", "道路交通", "道路桥梁"
    WATER = "02", "供水", "农村供水", "饮水", "农村饮水", "安全饮水", "农村安全饮水", "供水设施"
    WASTE = "03", "生活垃圾", "垃圾", "垃圾处理", "生活垃圾处理", "垃圾收运", "农村生活垃圾"
    SEWAGE = "04", "生活污水", "污水", "污水处理", "生活污水处理", "农村生活污水"
    TOILET = "05", "公共厕所", "公厕"
    LIGHT = "06", "公共照明", "照明", "路灯", "路灯照明", "村庄照明", "亮化"
    IRRIGATION = "07", "水利与农田", "水利", "农田水利", "农田", "小型水利", "小型水利工程", "农田基础设施", "水利设施"
    CULTURE = "08", "文化体育", "文体", "公共文化", "公共文化设施", "文体设施", "文化体育设施", "体育健身"
    SERVICE = "09", "卫生教育养老等公共服务用房", "公共服务用房", "公共服务", "卫生教育养老"
    SAFETY = "10", "公共安全与应急", "公共安全", "应急", "安全应急", "公共安全设施", "应急设施", "消防"
    ENERGY = "11", "通信能源", "通信", "能源", "电力通信", "通信设施", "电力"
    GREEN = (
        "12",
        "绿化环境与殡葬",
        "绿化",
        "殡葬",
        "绿化环境",
        "环境",
        "农村绿化",
        "绿化美化",
        "农村公墓",
        "公益性公墓",
        "殡葬设施",
    )
    OTHER = "99", "其他"


class DutyUnit(Code):
    """计量单位 of a maintenance object."""

    KILOMETRE = "公里", "公里", "千米", "km"
    METRE = "米", "米", "m"
    SEAT = "座"
    PLACE = "处"
    LAMP = "盏"
    PIECE = "个"
    MACHINE = "台"
    SQUARE_METRE = "㎡", "㎡", "平方米", "m2", "m²", "平方"
    MU = "亩"
    SET = "套"
    STRIP = "条"
    ITEM = "项"
    GROUP = "组"


class KeeperKind(Code):
    """管护主体 by sort."""

    DEPARTMENT = "县级部门", "区级部门", "县级部门", "区建设局"
    TOWNSHIP = "镇街", "镇街", "镇政府", "街道办"
    COLLECTIVE = "村集体", "村集体", "村委会", "居委会", "村民委员会"
    COMPANY = "企业", "企业", "公司"
    COOPERATIVE = "合作社"
    HOUSEHOLD = "农户"
    OTHER = "其他"


class KeepingMode(Code):
    """管护方式."""

    PROFESSIONAL = "专业", "专业", "专业管护"
    MARKET = "市场化", "市场化", "市场化管护"
    OWN = "自行", "自行", "自行管护"
    PURCHASED = "购买服务"
    WELFARE_POST = "公益性岗位"
    ADOPTED = "认养"


class FundSource(Code):
    """经费来源."""

    DISTRICT = "区财政", "区财政", "县级财政", "财政(区)", "财政"
    TOWNSHIP = "镇财政", "镇财政", "镇级财政", "财政(镇)", "街道财政"
    COLLECTIVE = "村集体", "村集体", "村集体经济", "村财"
    USERS = "受益者付费"
    CASE_BY_CASE = "一事一议"
    DONATION = "社会捐助", "社会捐助", "捐助", "捐赠"
    OTHER = "其他"


class Assessment(Code):
    """年度考核结果 of a keeper."""

    EXCELLENT = "优", "优", "优秀"
    GOOD = "良", "良", "良好"
    PASSED = "合格"
    FAIL = "不合格"
    NONE = "未考核"


class RunState(Code):
    """运行状态."""

    NORMAL = "正常", "正常", "良好", "完好", "在用", "正常使用", "正常运行"
    FAULTY = "带病运行"
    STOPPED = "停用"
    TO_SCRAP = "待报废"
    SCRAPPED = "已报废", "已报废", "报废"


class DutyChange(Code):
    """本年变动 (B5: lifecycle of a list entry)."""

    CONTINUED = "延续"
    ADDED = "新增"
    CHANGED = "变更"
    HANDED_OVER = "移交"
    STOPPED = "停用"
    SCRAPPED = "报废"
    RESTORED = "恢复"


class NoticeWay(Code):
    """公示方式."""

    BOARD = "公示栏"
    SIGN = "公示牌"
    BROADCAST = "广播"
    ACCOUNT = "公众号"


class ListState(Code):
    """清单状态."""

    DRAFT = "草稿"
    ON_NOTICE = "公示中"
    FINAL = "已定稿"
    ARCHIVED = "已归档"


class InspectionKind(Code):
    """巡查类型."""

    DAILY = "日常", "日常", "日常巡查"
    REGULAR = "定期", "定期", "定期巡查"
    SPECIAL = "专项", "专项", "汛前", "台风后", "节前", "专项(汛前/台风后/节前)"
    SUPERIOR = "上级检查"
    REPORTED = "群众报修"


class Impact(Code):
    """影响."""

    SAFETY = "安全"
    USE = "使用"
    LOOKS = "外观"


class IssueState(Code):
    """处理状态."""

    OPEN = "待处理"
    WORKING = "处理中"
    REPAIRED = "已修复"
    RECHECKED = "已复核"
    ESCALATED = "无法处理已上报", "无法处理已上报", "无法处理(上报)", "无法处理"

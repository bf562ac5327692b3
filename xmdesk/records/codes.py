"""Closed lists. A member's value is what is stored; where no official code exists the value is the Chinese word itself."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A closed list: each member has a value, a label and accepted synonyms."""

    label: str
    synonyms: tuple[str, ...]

    def __new__(cls, value: str, label: str = "", *synonyms: str) -> Self:
        """Make a member; the label defaults to the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        member.synonyms = synonyms
        return member

    @classmethod
    def table(cls) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return (value, label, synonyms) of every member, in order."""
        return [(one.value, one.label, one.synonyms) for one in cls]


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


class DocumentKind(Code):
    """证件类型."""

    CITIZEN = "1", "居民身份证", "身份证", "二代身份证"
    RESIDENCE = "2", "港澳台居民居住证", "港澳居民居住证", "台湾居民居住证"
    PASSPORT = "3", "护照"
    OTHER = "9", "其他"


class Sex(Code):
    """性别 GB/T 2261.1-2003."""

    UNKNOWN = "0", "未知"
    MALE = "1", "男", "男性"
    FEMALE = "2", "女", "女性"
    UNSTATED = "9", "未说明"


class Political(Code):
    """政治面貌 GB/T 4762-1984."""

    MEMBER = "01", "中共党员", "党员", "中国共产党党员"
    PROBATIONARY = "02", "中共预备党员", "预备党员"
    LEAGUE = "03", "共青团员", "团员"
    REVOLUTIONARY = "04", "民革党员", "民革会员"
    DEMOCRATIC_LEAGUE = "05", "民盟盟员"
    CONSTRUCTION = "06", "民建会员"
    PROMOTING = "07", "民进会员"
    PEASANTS = "08", "农工党党员"
    ZHIGONG = "09", "致公党党员"
    JIUSAN = "10", "九三学社社员"
    TAIWAN = "11", "台盟盟员"
    NONPARTY = "12", "无党派人士", "无党派民主人士", "无党派"
    MASSES = "13", "群众"


class Education(Code):
    """文化程度, groups of GB/T 4658-2006."""

    POSTGRADUATE = "10", "研究生", "硕士", "博士", "硕士研究生", "博士研究生", "研究生及以上"
    BACHELOR = "20", "大学本科", "本科", "大学"
    COLLEGE = "30", "大学专科", "大专", "专科"
    VOCATIONAL = "40", "中等职业", "中专", "职高", "技校", "高中及中专", "中技"
    SENIOR = "60", "普通高中", "高中"
    JUNIOR = "70", "初中", "初中及以下"
    PRIMARY = "80", "小学"
    OTHER = "90", "其他"


class Ethnic(Code):
    """民族 GB/T 3304-1991."""

    HAN = "01", "汉族", "汉"
    MONGOL = "02", "蒙古族", "蒙古"
    HUI = "03", "回族", "回"
    TIBETAN = "04", "藏族", "藏"
    UYGHUR = "05", "维吾尔族", "维吾尔"
    MIAO = "06", "苗族", "苗"
    YI = "07", "彝族", "彝"
    ZHUANG = "08", "壮族", "壮"
    BOUYEI = "09", "布依族", "布依"
    KOREAN = "10", "朝鲜族", "朝鲜"
    MANCHU = "11", "满族", "满"
    DONG = "12", "侗族", "侗"
    YAO = "13", "瑶族", "瑶"
    BAI = "14", "白族", "白"
    TUJIA = "15", "土家族", "土家"
    HANI = "16", "哈尼族", "哈尼"
    KAZAK = "17", "哈萨克族", "哈萨克"
    DAI = "18", "傣族", "傣"
    LI = "19", "黎族", "黎"
    LISU = "20", "傈僳族", "傈僳"
    VA = "21", "佤族", "佤"
    SHE = "22", "畲族", "畲"
    GAOSHAN = "23", "高山族", "高山"
    LAHU = "24", "拉祜族", "拉祜"
    SUI = "25", "水族", "水"
    DONGXIANG = "26", "东乡族", "东乡"
    NAXI = "27", "纳西族", "纳西"
    JINGPO = "28", "景颇族", "景颇"
    KIRGIZ = "29", "柯尔克孜族", "柯尔克孜"
    TU = "30", "土族", "土"
    DAUR = "31", "达斡尔族", "达斡尔"
    MULAO = "32", "仫佬族", "仫佬"
    QIANG = "33", "羌族", "羌"
    BLANG = "34", "布朗族", "布朗"
    SALAR = "35", "撒拉族", "撒拉"
    MAONAN = "36", "毛南族", "毛南"
    GELAO = "37", "仡佬族", "仡佬"
    XIBE = "38", "锡伯族", "锡伯"
    ACHANG = "39", "阿昌族", "阿昌"
    PUMI = "40", "普米族", "普米"
    TAJIK = "41", "塔吉克族", "塔吉克"
    NU = "42", "怒族", "怒"
    UZBEK = "43", "乌孜别克族", "乌孜别克"
    RUSSIAN = "44", "俄罗斯族", "俄罗斯"
    EVENKI = "45", "鄂温克族", "鄂温克"
    DEANG = "46", "德昂族", "德昂"
    BONAN = "47", "保安族", "保安"
    YUGUR = "48", "裕固族", "裕固"
    GIN = "49", "京族", "京"
    TATAR = "50", "塔塔尔族", "塔塔尔"
    DERUNG = "51", "独龙族", "独龙"
    OROQEN = "52", "鄂伦春族", "鄂伦春"
    HEZHEN = "53", "赫哲族", "赫哲"
    MONBA = "54", "门巴族", "门巴"
    LHOBA = "55", "珞巴族", "珞巴"
    JINO = "56", "基诺族", "基诺"
    OTHER = "97", "其他"
    NATURALISED = "98", "外国血统中国籍人士"


class FacilityKind(Code):
    """设施类型 (our own list, domain.md E3)."""

    PARTY_CENTRE = "01", "党群服务中心", "社区党群服务中心", "党群中心"
    VILLAGE_SERVICE = (
        "02",
        "村级综合服务设施/社区综合服务用房",
        "村级综合服务设施",
        "社区综合服务用房",
        "综合服务设施",
        "村部",
    )
    CONVENIENCE = "03", "便民服务站", "便民服务中心"
    SUBSTATION = "04", "综合服务分站(办事点)", "综合服务分站", "办事点"
    CIVILISATION = "05", "新时代文明实践站", "文明实践站"
    POLICE = "06", "村(居)警务室", "警务室", "社区警务室", "村警务室"
    CLINIC = "07", "村卫生室/社区卫生服务站", "村卫生室", "卫生室", "社区卫生服务站", "卫生所"
    PHARMACY = "08", "便民药房", "药房"
    ELDER_CARE = "09", "养老服务设施", "居家养老服务站", "养老服务站", "幸福院"
    ELDER_CANTEEN = "10", "爱心敬老餐厅", "敬老餐厅", "爱心近邻敬老餐厅", "老年食堂"
    DISABLED_CARE = "11", "残疾人照护服务站", "残疾人照护站"
    NURSERY = "12", "托育机构/托班", "托育机构", "托班"
    PARENT_SCHOOL = "13", "家长学校/家庭教育指导站", "家长学校", "家庭教育指导站", "家庭教育指导服务站点"
    WOMEN_HOME = "14", "妇女之家(微家)", "妇女之家", "妇女微家"
    CHILDREN_HOME = "15", "儿童之家/未保站", "儿童之家", "未保站"
    LEGAL_WORKROOM = "16", "公共法律服务工作室", "法律服务工作室"
    LEGAL_BOARD = "17", "公共法律服务公示栏", "法律服务公示栏"
    MEDIATION = "18", "近邻评理室/人民调解室", "近邻评理室", "人民调解室", "评理室", "调解室"
    LIBRARY = "19", "图书室/农家书屋", "图书室", "农家书屋"
    CULTURE_SPORT = "20", "文化体育活动场所", "文化活动室", "文体活动室", "文化活动中心", "老人活动中心"
    HISTORY_HALL = "21", "村史馆/农民文化公园/文化广场", "村史馆", "农民文化公园", "文化广场"
    ELDER_UNIVERSITY = "22", "老年大学教学点", "老年大学"
    SCIENCE = "23", "科普场所/四点钟学校", "科普场所", "四点钟学校", "青少年科学工作室"
    VOLUNTEER = "24", "志愿服务站点", "志愿服务站"
    TERMINAL = (
        "25",
        "e政务/政务通用自助终端",
        "自助服务终端",
        "自助终端",
        "e政务自助终端",
        "e政务终端",
        "政务自助终端",
        "政务通用自助服务一体机",
    )
    CEREMONY = "26", "红白喜事场所", "红白理事会场所", "红白喜事理事堂"
    BURIAL = "27", "公益性安葬设施", "公益性公墓", "骨灰楼", "公益性骨灰楼"
    FITNESS = "28", "体育健身设施", "健身路径", "健身设施"
    BROADCAST = "29", "应急广播点", "应急广播"
    GRID_STATION = "30", "网格党群服务站点", "网格党群服务站"
    OTHER = "99", "其他"


class FacilityState(Code):
    """设施状态."""

    NORMAL = "正常", "正常", "在用", "使用中", "完好"
    REPAIR = "维修中", "维修中", "维修"
    STOPPED = "停用", "停用"
    BUILDING = "在建", "在建"
    PLANNED = "规划", "规划"


class BuildNature(Code):
    """建设性质/方式."""

    NEW = "新建"
    EXTENDED = "改扩建", "改扩建", "改建", "扩建"
    RENTED = "租赁"
    SWAPPED = "置换"
    ALLOCATED = "划拨"
    BORROWED = "借用"
    SHARED = "共建"


class DutyClass(Code):
    """领域: starter catalogue of twelve domains (domain.md B2; the provincial nine-domain catalogue is unconfirmed)."""

    ROAD = "01", "农村道路", "道路", "乡村道路", "通村公路"
    WATER = "02", "供水", "农村供水", "饮水", "农村饮水"
    WASTE = "03", "生活垃圾", "垃圾", "垃圾处理"
    SEWAGE = "04", "生活污水", "污水", "污水处理"
    TOILET = "05", "公共厕所", "公厕"
    LIGHT = "06", "公共照明", "照明", "路灯"
    IRRIGATION = "07", "水利与农田", "水利", "农田水利", "农田", "小型水利"
    CULTURE = "08", "文化体育", "文体", "公共文化"
    SERVICE = "09", "卫生教育养老等公共服务用房", "公共服务用房", "公共服务", "卫生教育养老"
    SAFETY = "10", "公共安全与应急", "公共安全", "应急", "安全应急"
    ENERGY = "11", "通信能源", "通信", "能源"
    GREEN = "12", "绿化环境与殡葬", "绿化", "殡葬", "绿化环境", "环境"
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

    NORMAL = "正常"
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

    FULL_TIME = "专职", "专职", "专"
    PART_TIME = "兼职", "兼职", "兼"


class OfficerGrade(Code):
    """证书等级."""

    JUNIOR = "初级", "初级", "初级灾害信息员"
    MIDDLE = "中级", "中级", "中级灾害信息员"
    SENIOR = "高级", "高级", "高级灾害信息员"
    MASTER = "信息师", "信息师", "灾害信息师"
    SENIOR_MASTER = "高级信息师", "高级信息师", "高级灾害信息师"


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


class HonourKind(Code):
    """荣誉."""

    LAW = "民主法治示范", "民主法治示范", "民主法治示范村", "民主法治示范社区"
    DISASTER = "减灾示范", "减灾示范", "综合减灾示范社区"
    GREEN = "绿色社区"
    CHILD = "儿童友好社区"
    PARTY = "近邻党建示范点"
    OTHER = "其他"


class PersonRole(Code):
    """角色 a person holds; computed from the registers, never typed."""

    OFFICER = "灾害信息员"
    HELPER = "法律明白人"
    KEEPER = "管护责任人"
    SHELTER = "避灾点责任人"
    CONTACT = "设施负责人"
    LEADER = "村(社区)负责人"
    GRID = "网格员"
    WORKER = "社区工作者"

"""Closed lists about persons, by national standard where there is one."""

from xmdesk.records.codes.code import Code


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

"""A dropped file is known by its content, whatever its name says."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from tests.xmdesk.documents.sheets import hostile
from tests.xmdesk.services.blank_forms import officers_form, simple_form
from ui.compose import create_book
from xmdesk.documents.sheets.preflight import OLE
from xmdesk.errors import Fault
from xmdesk.records.registers import REGISTERS
from xmdesk.services.exporting import template
from xmdesk.services.recognising import recognise
from xmdesk.trust.argon import FLOOR_COST

LEDGERS = Path(__file__).parents[2] / "data" / "ledgers"
PASSWORD = "村口榕树下第三块石头"


@pytest.mark.parametrize(
    ("name", "register", "rows"),
    [
        ("法律明白人花名册", "legal_helpers", 4),
        ("灾害信息员和避灾点", "disaster_officers", 2),
        ("管护责任清单", "duties", 15),
        ("设施台账", "facilities", 18),
    ],
)
def test_the_ledgers_of_villages_find_their_registers(name: str, register: str, rows: int) -> None:
    found = recognise(LEDGERS / f"{name}.xlsx")

    assert (found.kind, found.register, found.guesses[0].rows) == ("ledger", register, rows)
    assert REGISTERS[register].title in found.text
    assert found.score > 1


def test_a_second_sheet_is_told_of(tmp_path) -> None:
    found = recognise(LEDGERS / "灾害信息员和避灾点.xlsx")

    assert "避灾点一览表" in found.text
    assert next(one.register for one in found.guesses if one.sheet == "避灾点") == "shelters"


def test_blank_forms_are_told_from_ledgers(tmp_path) -> None:
    known = recognise(officers_form(tmp_path / "附件.xlsx"))
    other = recognise(simple_form(tmp_path / "别的.xlsx", "品种", "亩产", "收购价"))

    assert (known.kind, known.register) == ("blank_form", "disaster_officers")
    assert (other.kind, other.register) == ("blank_form", "")


@pytest.mark.parametrize("name", list(REGISTERS))
def test_our_own_templates_name_their_register(tmp_path, name: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(template(name))

    found = recognise(path)

    assert (found.kind, found.register) == ("blank_form", name)
    assert "空白导入表" in found.text


def zipped(*names: str) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.docx", zipped("[Content_Types].xml", "word/document.xml")),
        ("通知.wps", OLE + bytes(600)),
        ("通知.doc", OLE + bytes(600)),
        ("没有扩展名", OLE + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(100)),
        ("通知.rtf", b"{\\rtf1 x}"),
    ],
)
def test_documents_of_text_are_called_so_and_it_is_said_what_can_be_read(tmp_path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    found = recognise(tmp_path / name)

    assert (found.kind, found.code) == ("stranger", "X-DOC")
    assert "不读文字文档，只读 xlsx、csv 这样的表格" in found.text


def test_an_old_workbook_is_still_to_be_saved_anew(tmp_path) -> None:
    (tmp_path / "老表.et").write_bytes(OLE + bytes(600))

    assert recognise(tmp_path / "老表.et").code == "X-XLS"


def test_sealed_documents_say_what_they_are_before_anything_is_believed(tmp_path) -> None:
    village = create_book(
        tmp_path / "村", code="350212105206", name="榕下村村民委员会", desk="clerk", password=PASSWORD, cost=FLOOR_COST
    ).desk
    district = create_book(tmp_path / "区", code="350212", desk="reviewer", password=PASSWORD, cost=FLOOR_COST).desk
    with village.closing(), district.closing():
        district.enrolling.init()
        asked = village.enrolling.request(tmp_path / "随便.bin")
        district.enrolling.grant(tmp_path / "随便.bin", fingerprint=asked.fingerprint, out=tmp_path / "证.pdf")
        district.rosters.write(tmp_path / "名册.xlsx")

    request, grant = recognise(tmp_path / "随便.bin"), recognise(tmp_path / "证.pdf")
    assert (request.kind, grant.kind) == ("enrolment_request", "enrolment_grant")
    assert request.text.startswith("看样子是“榕下村村民委员会”的开通申请（尚未核验）；")
    assert recognise(tmp_path / "名册.xlsx").kind == "roster"

    changed = (tmp_path / "证.pdf").read_bytes().replace(b"%%EOF", b"%%EOX")
    (tmp_path / "坏.pdf").write_bytes(changed)
    assert recognise(tmp_path / "坏.pdf").kind == "stranger"


def test_pictures_backups_and_strangers(tmp_path) -> None:
    def kind(name: str, content: bytes) -> tuple[str, str]:
        (tmp_path / name).write_bytes(content)
        found = recognise(tmp_path / name)
        assert found.text.endswith("。")
        return str(found.kind), found.code

    assert kind("表.xlsx", b"\xff\xd8\xff\xe0" + b"x" * 50) == ("picture", "")
    assert kind("备份_20261123-141000_m0001_1a2b3c4d.db", hostile.noise(4096)) == ("backup", "")
    assert kind("x.db", hostile.noise(4096)) == ("stranger", "X-BINARY")
    assert kind("x.pdf", b"%PDF-1.7\n%%EOF") == ("stranger", "R-UNSIGNED")
    assert kind("x.xlsx", hostile.with_part("xl/vbaProject.bin")) == ("stranger", "X-MACRO")
    assert kind("y.xlsx", hostile.bomb(64)) == ("stranger", "X-BOMB")
    assert kind("x.xls", hostile.old_xls()) == ("stranger", "X-XLS")
    assert kind("x.txt", "今天下雨。\n".encode()) == ("stranger", "")
    assert kind("x.csv", "姓名,手机号码\n林银杏,13805920001\n".encode())[0] == "ledger"
    assert kind("z", b"") == ("stranger", "X-EMPTY")


@pytest.mark.parametrize("text", ["姓名\n林银杏\n郑小满\n", "姓名,亩产\n林银杏,900\n"])
def test_a_list_of_names_alone_is_offered_with_a_word(tmp_path: Path, text: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(text.encode("gbk"))

    found = recognise(path)

    assert (found.kind, found.register) == ("ledger", "persons")
    assert "只认出姓名" in found.text


def test_a_table_of_nothing_known_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "无关.csv").write_bytes(b"a,b\n1,2\n")
    (tmp_path / "表头.csv").write_bytes("姓名\n".encode("gbk"))
    (tmp_path / "名称.csv").write_bytes("设施名称\n村史馆\n".encode("gbk"))

    for name in ("无关.csv", "表头.csv", "名称.csv"):
        found = recognise(tmp_path / name)
        assert found.kind == "stranger"
        assert "要有一行列名" in found.text
    assert "没有内容" in recognise(simple_form(tmp_path / "空.xlsx")).text


def test_a_file_that_is_not_there_is_a_fault(tmp_path) -> None:
    with pytest.raises(Fault):
        recognise(tmp_path / "没有.xlsx")


def test_a_packed_file_is_to_be_unpacked_first(tmp_path: Path) -> None:
    for name, content in (("包.zip", hostile.zipped({"设施台账.xlsx": b"x"})), ("包.rar", b"Rar!" + b"x" * 50)):
        (tmp_path / name).write_bytes(content)
        found = recognise(tmp_path / name)

        assert (found.kind, found.code) == ("stranger", "X-ARCHIVE")
        assert found.text.endswith("请先解压，再把里面的表格拖进来。")


@pytest.mark.parametrize(
    ("name", "register"), [("gbk", "persons"), ("灾害信息员", "disaster_officers"), ("法律明白人", "legal_helpers")]
)
def test_a_list_of_people_is_of_persons_unless_it_is_named_otherwise(tmp_path: Path, name: str, register: str) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_bytes("姓名,性别,手机号码\n黄一,女,13805920001\n黄二,男,13805920002\n".encode("gbk"))

    assert recognise(path).register == register


@pytest.mark.parametrize(
    ("heads", "row", "register"),
    [
        ("设施名称,建筑面积,开放时间,负责人,联系电话", "老年活动室,100,8:00-17:00,郑小满,13805920000", "facilities"),
        ("设施名称,负责人,联系电话", "老年活动室,郑小满,13805920000", "facilities"),
        ("名称,建筑面积(㎡),开放时间,负责人,联系电话", "老年活动室,100,8:00-17:00,郑小满,13805920000", "facilities"),
        ("管护对象,坐落,管护主体", "村主干道,村口,榕下村村民委员会", "duties"),
        ("名称,地址,可容纳人数,责任人,电话", "榕下小学,村口,100,郑小满,13805920000", "shelters"),
    ],
)
def test_a_table_without_the_kind_is_known_by_what_its_columns_are_called(
    tmp_path: Path, heads: str, row: str, register: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{heads}\n{row}\n", "utf-8-sig")

    assert recognise(path).register == register


@pytest.mark.parametrize("begin", [b"GIF89a", b"BM\0\0\0\0", b"RIFF\0\0\0\0WEBPVP8 ", b"\0\0\0\x18ftypheic", b"II*\0"])
def test_a_picture_of_another_kind_is_told_what_to_become(tmp_path: Path, begin: bytes) -> None:
    path = tmp_path / "IMG_0001.heic"
    path.write_bytes(begin + bytes(64))

    found = recognise(path)

    assert found.kind == "stranger"
    assert "另存为 JPEG" in found.text


def test_a_table_of_which_only_the_column_of_names_is_called_otherwise_is_a_ledger(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(LEDGERS / "法律明白人花名册.xlsx")
    for cell in book.worksheets[0][3]:
        if cell.value == "姓名":
            cell.value = "法律明白人"
    book.save(tmp_path / "名册.xlsx")

    found = recognise(tmp_path / "名册.xlsx")

    assert (found.kind, found.register, found.guesses[0].rows) == ("ledger", "legal_helpers", 4)
    assert "没有认出“姓名”，可能是“法律明白人”这一列" in found.text


def test_a_form_without_rows_of_which_a_column_is_called_otherwise_is_still_a_form(tmp_path: Path) -> None:
    titles = ("法律明白人", "性别", "证件号", "电话", "文化程度", "证书编号")

    assert recognise(simple_form(tmp_path / "空表.xlsx", *titles)).kind == "blank_form"

"""Makes files that nobody sends on purpose: bombs, traps, damaged and disguised ones."""

import io
import random
import warnings
import zipfile
from functools import cache

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)
WORKBOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{MAIN}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr{flags}/>'
    '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>备注</t></is></c></row>'
)
PERSON = '<row r="2"><c r="A2" t="inlineStr"><is><t>许秀兰</t></is></c></row>'


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(sheet: str | bytes, flags: str = "") -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELS.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": WORKBOOK.replace("{flags}", flags),
        "xl/_rels/workbook.xml.rels": RELS.format(kind="worksheet", target="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }


def zipped(members, *, compression=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these (name, content) pairs; names may repeat."""
    target = io.BytesIO()
    pairs = members.items() if isinstance(members, dict) else members
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compression) as archive:
        warnings.simplefilter("ignore")
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return target.getvalue()


def workbook(rows: str, **more) -> bytes:
    return zipped(parts(sheet_xml(HEADER + PERSON + rows, **more)))


def with_part(name: str, content: str | bytes = b"x") -> bytes:
    return zipped([*parts(sheet_xml(HEADER + PERSON)).items(), (name, content)])


@cache
def bomb(megabytes: int) -> bytes:
    """One part of many zero bytes, made without holding it in memory."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts("").items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            block = b" " * 1024 * 1024
            for _ in range(megabytes):
                stream.write(block)
    return target.getvalue()


def lying_header() -> bytes:
    """A part whose header promises 10 bytes and which inflates to 64 MB."""
    data = bytearray(bomb(64))
    small, large = (10).to_bytes(4, "little"), (64 * 1024 * 1024).to_bytes(4, "little")
    return bytes(data.replace(large, small))


def styled_empties(count: int) -> bytes:
    """Empty cells with ever different styles, so that they compress badly."""
    draw = random.Random(7)
    cells = "".join(f'<c r="A3" s="{draw.randrange(10**9)}"/>' for _ in range(3_000))
    return workbook(f'<row r="3">{cells * (count // 3_000)}</row>')


def empty_rows(count: int) -> bytes:
    return workbook("".join(f'<row r="{number}" ht="15"/>' for number in range(3, count + 3)))


def deep_tags(depth: int) -> bytes:
    return workbook(f'<row r="3">{"<a>" * depth}{"</a>" * depth}</row>')


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'


def filled_rows(count: int) -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(3, count + 3))
    return workbook(rows)


def encrypted_ole() -> bytes:
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


def old_xls() -> bytes:
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504 + "Workbook".encode("utf-16-le") + b"\0" * 512


def noise(size: int, seed: int = 3) -> bytes:
    return random.Random(seed).randbytes(size)


def broken_stream() -> bytes:
    data = bytearray(workbook(""))
    middle = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[middle : middle + 20] = noise(20)
    return bytes(data)


def encrypted_zip() -> bytes:
    """A zip whose entries say that they are encrypted (flag bit 0)."""
    data = bytearray(workbook(""))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[at + 8] |= 1
    return bytes(data)

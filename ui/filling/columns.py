"""The columns of a blank form in words: what may stand there, and the names of the ways of writing."""

from ui.shared.column_choices import SEPARATOR, ColumnLine
from xmdesk.documents.sheets.cell_words import CellFormat
from xmdesk.services.form_mapping import FormColumn, FormMap, allowed_formats, form_fields, post_fields, written_format
from xmdesk.services.sheet_columns import sheet_register

HEADS = ("表里的列", "填台账的", "写法", "依据")
FORMATS = {
    CellFormat.TEXT: "照台账写",
    CellFormat.YEAR: "只写年份：2026",
    CellFormat.AGE: "周岁",
    CellFormat.FULL: "完整号码",
    CellFormat.SPACED: "完整号码，分段",
    CellFormat.MASKED: "遮住中间",
    CellFormat.LAST_FOUR: "只写后 4 位",
    CellFormat.LAST_SIX: "只写后 6 位",
    CellFormat.TICK: "√ 或留空",
    CellFormat.NUMBER: "只写数字",
    CellFormat.NUMBER_UNIT: "数字带单位",
    CellFormat.IN_YUAN: "换算成元",
    CellFormat.IN_WAN: "换算成万元",
    CellFormat.LABEL: "写名称",
    CellFormat.CODE: "写代码",
    CellFormat.CODE_LABEL: "代码和名称",
    CellFormat.JOIN_SPACE: "隔一个空格",
    CellFormat.JOIN_BRACKETS: "后一项加括号",
    CellFormat.JOIN_COMMA: "隔一个逗号",
    CellFormat.JOIN_LINES: "分两行",
}


def format_words(form: CellFormat) -> str:
    """Return a way of writing as people say it; dates are their own example."""
    return FORMATS.get(form, str(form))


def options_for(form_map: FormMap) -> list[tuple[str, str]]:
    """Return what a column may be filled with: nothing, a field, the office's own, or several fields in one cell; those of
    the A角 and of the B角 where they stand side by side.
    """
    register = form_map.register
    compounds = sheet_register(register).compounds
    return [
        ("", "（不填）"),
        *(post_fields(register) if form_map.posts else ()),
        *form_fields(register),
        *((SEPARATOR.join(one.fields), one.label) for one in compounds),
    ]


def column_lines(form_map: FormMap, *, unmasked: bool) -> list[ColumnLine]:
    """Return every column of the form with its choice, as it will be written."""
    return [_line(form_map.register, one, unmasked=unmasked) for one in form_map.columns]


def _line(register: str, one: FormColumn, *, unmasked: bool) -> ColumnLine:
    forms = allowed_formats(register, one.fields) if one.fields else ()
    formats = tuple((str(form), format_words(form)) for form in forms)
    shown = written_format(register, one, unmasked=unmasked)
    return ColumnLine(one.header, SEPARATOR.join(one.fields), one.why.replace(";", "；"), formats, str(shown))


def with_choice(form_map: FormMap, header: str, option: str) -> FormMap:
    """Return the map with another option in one column."""
    return form_map.with_column(header, [name for name in option.split(SEPARATOR) if name])


def with_format(form_map: FormMap, header: str, form: str) -> FormMap:
    """Return the map with another way of writing in one column."""
    fields = next(one.fields for one in form_map.columns if one.header == header)
    return form_map.with_column(header, fields, CellFormat(form))


def known_columns(form_map: FormMap) -> int:
    """How many columns a register itself can fill; running numbers and the office's name fit every register."""
    return sum(1 for one in form_map.columns if any(not name.startswith("@") for name in one.fields))

"""What stands in a few fields as a draft holds it: values that can be read, and the texts of those that cannot."""

from collections.abc import Mapping
from typing import Any

from ui.shared.fields.field import Field
from ui.shared.fields.lines import LineField, LongField
from ui.shared.fields.picks import PickField
from ui.shared.fields.table import TableField
from xmdesk.records.values.reading import Bad

TOO_LONG, NOT_READ = "太长", "看不懂"


def written(fields: Mapping[str, Field]) -> dict[str, Any]:
    """Return all that stands in these fields."""
    values: dict[str, Any] = {}
    texts = unread_texts(fields)
    for name, field in fields.items():
        if name not in texts:
            values[name] = field.spec.kind.to_json(field.read())
    return {"fields": values, "texts": texts}


def put_back(fields: Mapping[str, Field], held: Mapping[str, Any]) -> None:
    """Show again what a draft holds of these fields."""
    for name, value in held["fields"].items():
        if name in fields:
            fields[name].fill(fields[name].spec.kind.from_json(value))
    put_texts(fields, held["texts"])


def unread_texts(fields: Mapping[str, Field]) -> dict[str, str]:
    """Return as typed what cannot be read, by the names of the fields."""
    return {name: text_of(field) for name, field in fields.items() if is_bad(field)}


def put_texts(fields: Mapping[str, Field], texts: Mapping[str, str]) -> None:
    """Put texts into fields as if they had just been typed there; no list drops down."""
    for name, text in texts.items():
        field = fields.get(name)
        if isinstance(field, LongField):
            field.box.setPlainText(text)
        elif isinstance(field, TableField):
            field.put_text(text)
        elif isinstance(field, LineField | PickField):
            field.line.setText(text)
            field.is_typed = True
            field.refresh()


def is_bad(field: Field) -> bool:
    """Whether what was typed into a field cannot be read."""
    return bool(what_is_wrong(field))


def what_is_wrong(field: Field) -> str:
    """Say in a word why what was typed cannot be taken; nothing where it can."""
    try:
        field.read()
    except Bad as bad:
        return TOO_LONG if bad.code == "V-TEXT-LONG" else NOT_READ
    return ""


def text_of(field: Field) -> str:
    """Return what stands in a typed field, letter by letter; of a small table all its lines."""
    if isinstance(field, TableField):
        return field.text
    if isinstance(field, LongField):
        return field.box.toPlainText()
    return field.line.text() if isinstance(field, LineField | PickField) else ""

"""Two of one name in a book, and a sheet whose rows name one of them."""

import csv
from collections.abc import Sequence
from pathlib import Path

from db.store import SqlStore
from tests.xmdesk.services.stories import saved, woman
from xmdesk.records.people import Person
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.registers import Registers

NAME = "林阿土"
MOBILE, OTHER = "13800008117", "13899990000"
SHELTERS = ("名称", "地址", "责任人", "副责任人")


def two_of_one_name(store: SqlStore) -> tuple[Person, Person]:
    """Two persons, set apart by their posts and mobiles."""
    made = [woman(id_no="", mobile=one, post=post) for one, post in ((MOBILE, "书记"), (OTHER, "电工"))]
    return saved(Registers(store), made[0]), saved(Registers(store), made[1])


def preview_of(
    store: SqlStore, path: Path, heads: Sequence[str], rows: Sequence[Sequence[str]], register: str
) -> ImportPreview:
    """The preview of a text table."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows((heads, *rows))
    return Importing(store).preview(path, register)

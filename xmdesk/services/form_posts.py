"""Forms with one row per village in which A角 and B角 stand side by side: whose field a column asks for, and who shares a row."""

import re
from collections.abc import Collection, Sequence

from xmdesk.documents.sheets.words import plain
from xmdesk.records.base import Kept
from xmdesk.records.codes import Post

OF_POSTS = "disaster_officers"
POSTS = (Post.FIRST, Post.DEPUTY)
_MARK = ":"
_ALONE = re.compile(
    r"(?:村级|村)?(?:灾害信息员|灾信员|信息员|责任人|人员)?([ab])[角岗](?:灾害信息员|灾信员|信息员|责任人|人员)?[主副]?"
)
_BEFORE = re.compile(r"([ab])[角岗](?:灾害信息员|灾信员|信息员|责任人|人员)?的?(.+)")
_BEHIND = re.compile(r"(.+?)([ab])[角岗]")
_WHOSE_NAME = "姓名"


def of_post(post: Post, fields: Sequence[str]) -> tuple[str, ...]:
    """Return the names of fields as those of the officer of one post."""
    return tuple(f"{post.value}{_MARK}{name}" for name in fields)


def without_post(name: str) -> str:
    """Return the name of the field itself."""
    return name.partition(_MARK)[2] if _MARK in name else name


def post_of(name: str) -> Post | None:
    """Return whose field is meant; none for what belongs to the whole row."""
    head, mark, _ = name.partition(_MARK)
    return next((one for one in POSTS if mark and one.value == head), None)


def asked_post(path: tuple[str, ...]) -> tuple[Post, tuple[str, ...]] | None:
    """Return whose field a title asks for, and the title without that: A角/姓名, A角姓名, 姓名（A角） and A角 are all 姓名."""
    for at, part in enumerate(path):
        text = plain(part)
        rest = (*path[:at], *path[at + 1 :])
        if found := _ALONE.fullmatch(text):
            return _named(found[1]), rest or (_WHOSE_NAME,)
        if found := _BEFORE.fullmatch(text):
            return _named(found[1]), (*path[:at], found[2], *path[at + 1 :])
        if found := _BEHIND.fullmatch(text):
            return _named(found[2]), (*path[:at], found[1], *path[at + 1 :])
    return None


def is_post_alone(path: tuple[str, ...]) -> bool:
    """A角 by itself may be a title, and what stands in a row just as well."""
    return len(path) == 1 and bool(_ALONE.fullmatch(plain(path[0])))


def _named(letter: str) -> Post:
    return Post.FIRST if letter == "a" else Post.DEPUTY


def in_rows(records: Sequence[Kept], posts: Collection[Post]) -> list[list[Kept]]:
    """Return the records of each row: one where the form does not name ``posts``, else the next one of each of them."""
    if not posts:
        return [[one] for one in records]
    sides = [[one for one in records if getattr(one, "post", None) == post] for post in posts]
    return [[side[at] for side in sides if at < len(side)] for at in range(max(map(len, sides)))]

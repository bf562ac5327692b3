"""Members of closed lists, matched by value, label, synonym or "01 党群服务中心"."""

import difflib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import cast

from xmdesk.records.values.cells import narrow, open_cell, quote
from xmdesk.records.values.reading import Bad, Note, Read

Option = tuple[str, str, Sequence[str]]
"""Stored value, label, accepted synonyms."""

_Names = dict[str, set[str]]
"""Folded name to the stored values it may mean."""

_IGNORED = re.compile(r"[\s、,，.。;；:：/()（）\[\]【】“”\"'‘’·\-—_]+")
_STRONG = re.compile(r"[、，,;；+＋\n|]+")
_WEAK = re.compile(r"[/／\s]+")
_CODED = re.compile(r"(\d{1,3})\s*[.、:：\-—_]?\s*(\D.*)", re.DOTALL)


def read_choice(raw: object, choices: Sequence[Option]) -> Read[str]:
    """Return the stored value of the one member that is meant, "" for an empty cell; unknown words get suggestions."""
    text, notes = _text(raw, choices)
    if not text:
        return Read("", notes)
    found = _match(text, choices)
    if found is None:
        raise _unknown(text, choices)
    return Read(found, notes)


def read_choices(raw: object, choices: Sequence[Option]) -> Read[tuple[str, ...]]:
    """Return several members, in the order of the list, from text split at ``、，,;；/+`` and spaces."""
    if isinstance(raw, list | tuple | set | frozenset):
        parts = [str(part) for part in cast("Iterable[object]", raw)]
        notes: tuple[Note, ...] = ()
    else:
        text, notes = _text(raw, choices)
        parts = [] if not text else [text] if _match(text, choices) is not None else _STRONG.split(text)
    meant = {one for part in parts if part.strip() for one in _several(part.strip(), choices)}
    return Read(tuple(value for value, _, _ in choices if value in meant), notes)


def _text(raw: object, choices: Sequence[Option]) -> tuple[str, tuple[Note, ...]]:
    if isinstance(raw, str) and raw and _match(raw, choices) is not None:
        return raw, ()
    cell = open_cell(raw)
    return cell.text, cell.notes()


def _several(part: str, choices: Sequence[Option]) -> list[str]:
    whole = _match(part, choices)
    if whole is not None:
        return [whole]
    pieces = [piece for piece in _WEAK.split(part) if piece]
    found = [_match(piece, choices) for piece in pieces]
    if len(pieces) < 2 or None in found:
        wrong = next((piece for piece, one in zip(pieces, found, strict=True) if one is None), part)
        raise _unknown(wrong, choices)
    return [one for one in found if one is not None]


def _match(text: str, choices: Sequence[Option]) -> str | None:
    folded = _fold(text)
    if not folded:
        return None
    exact, parts = _names(tuple((value, label, tuple(synonyms)) for value, label, synonyms in choices))
    for names in (exact, parts):
        meant = names.get(folded, set())
        if len(meant) == 1:
            return next(iter(meant))
    return _match_coded(text, exact, parts)


def _match_coded(text: str, exact: _Names, parts: _Names) -> str | None:
    coded = _CODED.fullmatch(narrow(text).strip())
    if not coded:
        return None
    label = _fold(coded[2])
    by_code = {value for value in exact.get(str(int(coded[1])), set()) if value.isdigit()}
    by_label = exact.get(label, set()) | parts.get(label, set())
    if by_code and by_label and not by_code & by_label:
        raise Bad("V-CHOICE-CONFLICT", number=coded[1], label=quote(coded[2]))
    both = by_code & by_label
    return next(iter(both)) if len(both) == 1 else None


@lru_cache(maxsize=256)
def _names(options: tuple[Option, ...]) -> tuple[_Names, _Names]:
    """Index a list once: a sheet asks the same list thousands of times."""
    exact: _Names = {}
    parts: _Names = {}
    for option in options:
        for name in _exact_names(option):
            exact.setdefault(name, set()).add(option[0])
        for name in _part_names(option):
            parts.setdefault(name, set()).add(option[0])
    return exact, parts


def _exact_names(option: Option) -> set[str]:
    value, label, synonyms = option
    names = {_fold(name) for name in (value, label, *synonyms)}
    if value.isdigit():
        names |= {str(int(value)), f"{int(value):02d}"}
    return names - {""}


def _part_names(option: Option) -> set[str]:
    """Either side of a slash, and the label without its brackets: 图书室/农家书屋, 妇女之家(微家)."""
    label = narrow(option[1])
    return {_fold(part) for part in (*label.split("/"), re.sub(r"\([^)]*\)", "", label))} - {""}


def _fold(text: str) -> str:
    return _IGNORED.sub("", narrow(text)).casefold()


def _unknown(text: str, choices: Sequence[Option]) -> Bad:
    names = {name: label for _, label, synonyms in choices for name in (label, *synonyms)}
    near = difflib.get_close_matches(text[:40], list(names), n=3, cutoff=0.4)
    holding = [name for name in names if len(text) > 1 and (text in name or name in text)]
    labels = list(dict.fromkeys(names[name] for name in (*holding, *near)))[:3]
    if labels:
        return Bad("V-CHOICE-NEAR", text=quote(text), suggestions="、".join(f"“{label}”" for label in labels))
    return Bad("V-CHOICE", text=quote(text), examples="、".join(label for _, label, _ in choices[:8]))

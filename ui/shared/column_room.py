"""How wide the columns of a register want to be: at least, and best, by what they hold."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QFontMetrics

from ui.shared.theme import HEAD_AIR, Theme, head_font
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Choice, Reference

AIR = 26
"""What stands beside the text of a cell, in pixels at 100 %."""
# Cut in half these say something else; the numbers are widths in Chinese characters.
WHOLE = {"day": 8, "partial_day": 8, "phone": 7, "moment": 11}


class ColumnRoom:
    """Remembers the widest values that were shown: columns do not become narrower again while one searches."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def look(self, texts: Mapping[str, Sequence[str]], metrics: QFontMetrics) -> bool:
        """Look at values by column; tells whether one is wider than all before."""
        before = dict(self._seen)
        for path, shown in texts.items():
            self._seen[path] = max((self._seen.get(path, 0), *map(metrics.horizontalAdvance, shown)))
        return self._seen != before

    def wishes(
        self,
        columns: Sequence[tuple[str, FieldSpec]],
        theme: Theme,
        metrics: QFontMetrics,
        given: Mapping[str, int],
    ) -> tuple[list[int], list[int]]:
        """Least and best width of each column in pixels; a width that a person has given is both."""
        one, air = metrics.horizontalAdvance("村"), theme.px(AIR)
        in_heads = QFontMetrics(head_font(theme))
        heads = [in_heads.horizontalAdvance(spec.label) + theme.px(HEAD_AIR) for _, spec in columns]
        least = [max(head, one * _least(spec) + air) for head, (_, spec) in zip(heads, columns, strict=True)]
        least[0] = max(least[0], one * min(columns[0][1].kind.width, 9) + air)
        # As long as nothing was shown: what such values usually need.
        widest = [self._seen.get(path, one * _ideal(spec)) + air for path, spec in columns]
        ideal = [max(low, high) for low, high in zip(least, widest, strict=True)]
        paths = [path for path, _ in columns]
        return (
            [given.get(path, low) for path, low in zip(paths, least, strict=True)],
            [given.get(path, high) for path, high in zip(paths, ideal, strict=True)],
        )


def _least(spec: FieldSpec) -> int:
    """How many characters must stay visible: dates and phones whole, names of people, texts in part."""
    kind = spec.kind
    if kind.name in WHOLE:
        return WHOLE[kind.name]
    if isinstance(kind, Reference):
        return 4 if kind.to == "persons" else 6
    return min(_ideal(spec), 5)


def _ideal(spec: FieldSpec) -> int:
    """How many characters would be good to see: of a closed list, its longest label."""
    if isinstance(spec.kind, Choice):
        return min(max(len(label) for _, label, _ in spec.kind.codes.table()), 9)
    return spec.kind.width

"""Sums over many rows by group, with pandas."""
# pyright: basic
# (pandas ships no type stubs; this module is the only one that touches a frame)

from collections.abc import Mapping, Sequence
from typing import Any, cast


def sums_by(
    rows: Sequence[Mapping[str, Any]], key: str, *, groups: Sequence[str], columns: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Return the sum of every column for every group, 0 where a group has no rows; values are whole numbers."""
    import pandas as pd

    if not rows:
        return {group: dict.fromkeys(columns, 0) for group in groups}
    sums = cast("Any", pd.DataFrame(rows)).fillna(0).groupby(key).sum()
    frame = sums.reindex(index=groups, columns=columns, fill_value=0)
    return {group: {name: int(frame.at[group, name]) for name in columns} for group in groups}

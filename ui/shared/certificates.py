"""What is said of an office's own certificate once it is of no more use: the same words wherever it is shown."""

from collections.abc import Mapping
from typing import Any

from ui.shared.due import said_day

Lines = list[tuple[str, str]]


def of_no_use(facts: Mapping[str, Any], name: str, *, lost: str, aim: str) -> Lines:
    """Return words with their tones where a certificate was stopped or has expired, else nothing.

    ``lost`` is what cannot be done any more, ``aim`` for what another one is asked for.
    """
    if facts.get("stopped_on"):
        told = f"区里已于 {said_day(facts['stopped_on'])} 停用{name}{lost}。"
        return [(told, "wrong"), (f"要继续{aim}，请重新生成开通申请（会换一把新密钥），再办一次开通。", "")]
    if facts.get("expired_on"):
        told = f"{name}到 {said_day(facts['expired_on'])} 已经过期{lost}。"
        return [(told, "wrong"), (f"要继续{aim}，请重新生成开通申请，再办一次开通。", "")]
    return []

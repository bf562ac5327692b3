"""Sentences about trouble, put side by side."""

import pytest

from xmdesk.problems import joined_sentences


@pytest.mark.parametrize(
    ("sentences", "joined"),
    [
        ([], ""),
        (["没有填写。"], "没有填写。"),
        (["没有填写。", "应为 18 位。"], "没有填写；应为 18 位。"),
        (["没有填写。", "", "收到 2 份"], "没有填写；收到 2 份"),
    ],
)
def test_several_sentences_become_one(sentences: list[str], joined: str) -> None:
    assert joined_sentences(sentences) == joined

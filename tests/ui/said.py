"""Stands in for the dialogs: keeps what was said and answers as the test wants. An unexpected question fails."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ui.shared.dialogs import Dialogs
from ui.shared.work import Work


class Said(Dialogs):
    """``told`` lists headings with words, ``suggested`` names for files; ``answers`` are taken in order by questions and choosers."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str]] = []
        self.answers: list[Any] = []
        self.suggested: list[str] = []

    def hear(self, work: Work) -> Work:
        """Keep also what stands at the top of the window."""
        work.told.connect(self.tell)
        return work

    def tell(self, heading: str, happened: str, to_do: str = "") -> None:
        self.told.append((heading, happened, to_do))

    def confirm(self, heading: str, question: str, *, yes: str, no: str = "取消") -> bool:
        self.told.append((heading, question, yes))
        return bool(self._answer(heading))

    def choose_file(self, title: str, pattern: str) -> Path | None:
        return self._answer(title)

    def choose_files(self, title: str, pattern: str) -> list[Path]:
        return self._answer(title)

    def choose_folder(self, title: str) -> Path | None:
        return self._answer(title)

    def save_file(self, title: str, suggested: str, pattern: str) -> Path | None:
        self.suggested.append(suggested)
        return self._answer(title)

    def save_file_as(self, title: str, suggested: str, kinds: Sequence[str]) -> tuple[Path, str] | None:
        answer = self._answer(title)
        return (answer, kinds[0]) if isinstance(answer, Path) else answer

    def print_document(self, title: str, content: bytes) -> bool:
        assert content.startswith(b"%PDF")
        return self._answer(title)

    def _answer(self, question: str) -> Any:
        assert self.answers, f"nobody expected to be asked: {question}"
        return self.answers.pop(0)

"""The draft of what was decided about a file: the file is read again first, from where it was or where the person finds it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject

from ui.shared.drafts import Asking, DraftKeeper
from ui.shared.surroundings import Surroundings
from xmdesk.files import path_from_text, shown_name, shown_path

if TYPE_CHECKING:
    from xmdesk.ports import Store
    from xmdesk.services.drafts import Content

FIND = "选择文件"


class FilePage(Protocol):
    """A page on which a file is open, as its drafts see it. ``path`` stands in every content."""

    def begun_file(self) -> "Content | None":
        """Return what was decided about the file that is open; None when none is, or all of it is written."""
        ...

    def words_of(self, content: "Content") -> str:
        """Say in a few words what was decided, without the name of the file."""
        ...

    def set_aside(self) -> None:
        """Close the file that is open, where nothing was decided about it."""
        ...

    def read_again(self, path: Path, content: "Content", then: Any) -> None:
        """Read the file and put back what still fits; ``then`` gets what :meth:`show_begun` shows."""
        ...

    def show_begun(self, path: Path, found: Any) -> None:
        """Show it where it was."""
        ...

    def ask_for_file(self) -> Path | None:
        """Let the person choose a file."""
        ...


class FileDraft:
    """Until the file was read nothing changes: a person who cancels, or a file that is gone, leaves the draft where it is."""

    def __init__(
        self, place: str, store: "Store", page: FilePage, around: Surroundings, parent: QObject, *, asking: Asking
    ) -> None:
        self._page = page
        self._found: tuple[Content, Path, Any] | None = None
        self.keeper = DraftKeeper(place, store, self, around, parent, asking=asking)

    def written(self) -> "Content | None":
        """Return what was decided so far."""
        return self._page.begun_file()

    def title_of(self, content: "Content") -> str:
        """Name the file, and say what was decided about it."""
        words = self._page.words_of(content)
        return f"“{_name(content)}”{'，' if words else ''}{words}"

    def make_room(self, content: "Content") -> bool:
        """Read the file; the draft may take its place once that is done."""
        if self._found is not None and self._found[0] == content:
            self._page.set_aside()
            return True
        path = path_from_text(content["path"])
        found = path if _is_there(path) else self._find(content)
        if found is not None:
            self._page.read_again(found, content, partial(self._read, content, found))
        return False

    def take_up(self, content: "Content") -> None:
        """Show the file that was read."""
        if self._found is not None:
            self._page.show_begun(*self._found[1:])

    def _read(self, content: "Content", path: Path, found: Any) -> None:
        self._found = (content, path, found)
        self.keeper.take()
        self._found = None

    def _find(self, content: "Content") -> Path | None:
        """Say that the file is gone; asked again, let the person find it."""
        strip = self.keeper.strip
        if strip.yes.text() == FIND:
            return self._page.ask_for_file()
        where = shown_path(path_from_text(content["path"]).parent)
        strip.ask(
            f"找不到“{_name(content)}”，它原来在 {where}。插上 U 盘，或点“{FIND}”找到它：内容没有变的，改过的、选过的都放回来。",
            yes=FIND,
        )
        strip.yes.setFocus()
        return None


def _name(content: "Content") -> str:
    return shown_name(path_from_text(content["path"]))


def _is_there(path: Path) -> bool:
    """A drive that does not answer is as good as gone."""
    try:
        return path.is_file()
    except OSError:
        return False

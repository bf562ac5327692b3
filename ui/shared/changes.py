"""How pages hear of each other without knowing each other: what changed, and where somebody wants to go."""

from PySide6.QtCore import QObject, Signal

HEAD = "/"
"""In the place of a field: the head of the form."""

NEW = "+"
"""In the place of a uid: a record that is to be begun."""


class Changes(QObject):
    """``changed`` carries words for the status line (empty when there is nothing to say)."""

    changed = Signal(str)

    def announce(self, words: str = "") -> None:
        """Say that something was written."""
        self.changed.emit(words)


class Travel(QObject):
    """``wanted`` carries a place of the navigation, and if meant a uid (or ``NEW``) and a field there (of a list perhaps one cell:
    supplies/2/expires); ``told`` why one is sent there,
    ``problem`` the place and key of a line to be shown among all problems, ``listed`` whether all problems stand below the page,
    ``carried`` the place and the path of a file that goes along.
    """

    wanted = Signal(str, str, str)
    told = Signal(str)
    problem = Signal(str, str)
    listed = Signal(bool)
    carried = Signal(str, object)
    has_list = False
    """Whether all problems stand below the page."""

    def to(self, place: str, uid: str = "", field: str = "", *, words: str | None = None) -> None:
        """Ask the window to go somewhere; ``words`` stay in view there, empty ones take away those of before."""
        self.wanted.emit(place, uid, field)
        if words is not None:
            self.told.emit(words)

    def say_listed(self, *, has_list: bool) -> None:
        """Say that all problems stand below the page, or no longer: a form then need not list its own."""
        if has_list != self.has_list:
            self.has_list = has_list
            self.listed.emit(has_list)

"""What the window may ask of any page."""

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page that has nothing to save and no acts of its own; others override."""

    def act(self, name: str) -> bool:
        """Do one of the window's acts; tells whether it means something here."""
        return False

    def leave(self) -> bool:
        """Save what is open; tells whether the person may go."""
        return True

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to a record or a field of this page."""

"""What a form asks about other records, answered by the registers service."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.shared.changes import Changes
from ui.shared.surroundings import Surroundings
from xmdesk.records.doings import Attachment
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.services.photos import Photos, Taken
    from xmdesk.services.registers import Registers

PATTERN = "照片 (*.jpg *.jpeg *.png *.JPG *.JPEG *.PNG)"


class RegisterReferences:
    """Looks up titles; adding a person tells the other pages; photos need ``around`` to be chosen and taken in."""

    def __init__(self, registers: "Registers", changes: Changes, *, around: Surroundings | None = None) -> None:
        self._registers = registers
        self._changes = changes
        self._around = around

    def search(self, register: str, text: str) -> Sequence[tuple[str, str]]:
        """Return (uid, title) of matching records; what has the same title is told apart."""
        return self._registers.choices(register, text) if register in REGISTERS else ()

    def title(self, register: str, uid: str) -> str:
        """Return the title of one record."""
        found = self._registers.get(register, uid) if uid and register in REGISTERS else None
        return self._registers.title_of(found) if found is not None else ""

    def add_person(self, name: str) -> str:
        """Find or make a person."""
        person = self._registers.person_for(name)
        self._changes.announce(f"人员名册里有了 {name}")
        return person.uid

    def aside(self, call: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Read something beside the window, where there is one."""
        if self._around is not None:
            self._around.work.aside(call, then)
        else:
            then(call())

    def choose_photos(self) -> Sequence[Path]:
        """Let the person choose photos."""
        return self._around.dialogs.choose_files("添加照片", PATTERN) if self._around is not None else ()

    def take_photos(self, files: Sequence[Path], held: int, then: Callable[[Sequence[str], str], None]) -> None:
        """Take photos in beside the window; ``then`` gets their uids and what was noticed."""

        def done(taken: "Taken") -> None:
            said = "".join(f"{one.text}{one.to_do}" for one in taken.problems)
            then([one.uid for one in taken.attachments], said)
            self._changes.announce(f"添加了 {len(taken.attachments)} 张照片" if taken.attachments else "")

        if self._around is not None:
            photos = self._photos()
            self._around.work.long("添加照片", lambda progress: photos.take(files, held=held, progress=progress), done)

    def picture(self, uid: str) -> tuple[str, bytes]:
        """Return name and bytes of a photo."""
        found = self._registers.store.get(Attachment, uid)
        return (found.name, self._photos().content(found)) if found is not None else ("", b"")

    def _photos(self) -> "Photos":
        from xmdesk.services.photos import Album, Photos

        return Photos(Album(self._registers.store, self._registers))

"""照片: taken in by the capped child as small JPEG without place, kept once under its hash; optional everywhere (trust.md BD)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xmdesk import child, clock
from xmdesk.errors import Fault, XmError
from xmdesk.files import read_bytes, shown_name
from xmdesk.jobs import Progress, Silent
from xmdesk.problems import Problem, Severity, Where, problem
from xmdesk.records.base import fields_of
from xmdesk.records.doings import Attachment
from xmdesk.records.kinds import Reference, References
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.ports import Store
    from xmdesk.services.desk import Desk
    from xmdesk.services.registers import Registers

PHOTOS_PER_RECORD = 9
LARGEST_FILE = 25 * 1024 * 1024
OLD = timedelta(days=2 * 365)
_NAME, _ENDING = 60, 5
_NOT_SHOWN = re.compile(r'[\\/:*?"<>|]')


@dataclass(frozen=True)
class Place:
    """Where a photo says it was taken: decimal degrees, six places, for the fields 经度 and 纬度 if the person wants."""

    lng: Decimal
    lat: Decimal


@dataclass(frozen=True)
class Photo:
    """A photo as it will be kept: display name, JPEG bytes, where and when it was taken, and what should be looked at."""

    name: str
    content: bytes
    place: Place | None = None
    taken_on: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Taken:
    """What came of taking photos in: attachments in the order of the files, places by attachment, and what was noticed."""

    attachments: tuple[Attachment, ...]
    places: dict[str, Place]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Album:
    """The part of a desk that photos are taken into, for forms that know no more of it."""

    store: "Store"
    registers: "Registers"


class Photos:
    """Takes photos in and gives them back."""

    def __init__(self, desk: "Desk | Album") -> None:
        self.desk = desk
        self.store = desk.store

    def take(self, files: Sequence[Path], *, held: int = 0, progress: Progress | None = None) -> Taken:
        """Take photos in for a record that holds some already; what cannot be used is named and the rest goes in.

        One step of history for all; cancelled, nothing was taken in. The caller puts the uids into the record's field.
        """
        room = max(0, PHOTOS_PER_RECORD - held)
        watching = progress or Silent()
        photos: list[Photo] = []
        problems = [_problem("PHOTO-TOO-MANY", shown_name(file), limit=PHOTOS_PER_RECORD) for file in files[room:]]
        for number, file in enumerate(files[:room]):
            watching.step(number, len(files[:room]), f"正在处理第{number + 1}张照片")
            found = self._looked_at(file)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                photos.append(found)
        kept = self._keep(photos)
        noticed = [one for photo in photos for one in photo.problems]
        places = {one.uid: photo.place for one, photo in zip(kept, photos, strict=True) if photo.place}
        return Taken(tuple(kept), places, (*problems, *noticed))

    def content(self, attachment: Attachment) -> bytes:
        """Return the picture, checked against its hash."""
        return self.store.blob(attachment.sha256)

    def _looked_at(self, file: Path) -> Photo | Problem:
        name = told_name(shown_name(file))
        try:
            told = child.run("photo", read_photo(file), name=name)
        except XmError as trouble:
            return Problem(trouble.code, Severity.ERROR, Where(file=name), trouble.happened, trouble.to_do)
        return self._photo(name, told)

    def _photo(self, name: str, told: dict[str, Any]) -> Photo:
        """What is said is said of the file as the person knows it; what is kept is a JPEG and called so."""
        lng, lat, taken = told["lng"], told["lat"], _day(told["taken"])
        place = None if lng is None else Place(Decimal(f"{lng:.6f}"), Decimal(f"{lat:.6f}"))
        problems = [_problem("PHOTO-PLACE", name)] if place else []
        if taken and taken > clock.today():
            problems.append(_problem("PHOTO-FUTURE", name))
            taken = None
        elif taken and taken < clock.today() - OLD:
            problems.append(_problem("PHOTO-OLD", name, year=taken.year))
        return Photo(display_name(name), told["content"], place, taken.isoformat() if taken else "", tuple(problems))

    def _keep(self, photos: list[Photo]) -> list[Attachment]:
        """Keep the bytes once under their hash and one attachment for each; twins are noticed on the photo."""
        if not photos:
            return []
        kept: list[Attachment] = []
        with self.store.change(f"添加照片 {len(photos)}张") as change:
            for number, photo in enumerate(photos):
                sha256 = change.keep_blob(photo.content)
                twins = [*self.store.find(Attachment, sha256=sha256), *(one for one in kept if one.sha256 == sha256)]
                if twins:
                    said = _problem("PHOTO-TWICE", photo.name, title=self._used_in(twins[0]))
                    photos[number] = replace(photo, problems=(*photo.problems, said))
                facts: dict[str, Any] = {"name": photo.name, "size": len(photo.content), "taken_on": photo.taken_on}
                kept.append(Attachment(sha256=sha256, media_type="image/jpeg", **facts))
            change.save_many(kept)
        return kept

    def _used_in(self, attachment: Attachment) -> str:
        """Return the title of the record that shows a photo, or the photo's own name when none does."""
        for register in REGISTERS.values():
            names = [name for name, spec in fields_of(register.record).items() if _is_photo(spec.kind)]
            for record in self.store.all(register.record) if names else ():
                if any(attachment.uid in (getattr(record, name) or ()) for name in names):
                    return self._title(record) or register.noun
        return attachment.name

    def _title(self, record: Any) -> str:
        duty = getattr(record, "duty", "")
        named = self.desk.registers.get("duties", duty) if duty else record
        return self.desk.registers.title_of(named or record)


def read_photo(file: Path) -> bytes:
    """Read the file of a photo, which may be larger than tables and documents; raises ``Fault``."""
    try:
        return read_bytes(file, LARGEST_FILE)
    except Fault as trouble:
        if trouble.code != "FILE-TOO-LARGE":
            raise
        raise Fault("PHOTO-TOO-LARGE", **trouble.facts) from None


def display_name(name: str) -> str:
    """Return the name under which a photo is kept: as :func:`told_name`, always .jpg.

    It is never used as a path; the bytes are kept under their hash.
    """
    stem, dot, _ = told_name(name).rpartition(".")
    return f"{stem if dot else told_name(name)}.jpg"


def told_name(name: str) -> str:
    """Return the name that people read: no folders, no invisible or direction marks, at most 60 characters and an ending."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(char for char in last if char.isprintable() and unicodedata.category(char) not in ("Cf", "Co"))
    stem, dot, ending = seen.rpartition(".")
    stem, ending = (_NOT_SHOWN.sub("", part).strip(" .") for part in ((stem, ending) if dot else (seen, "")))
    return f"{stem[:_NAME] or '照片'}{f'.{ending[:_ENDING]}' if ending else ''}"


def _is_photo(kind: object) -> bool:
    return isinstance(kind, Reference | References) and kind.to == "attachments"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _problem(code: str, name: str, **facts: Any) -> Problem:
    return problem(code, Where(file=name), name=name, **facts)

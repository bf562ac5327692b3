"""What was begun when the program ended without saving, or the book was locked: kept in it, as encrypted as the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self, cast

from xmdesk.ports import Store
from xmdesk.records.base import Record, fields_of
from xmdesk.services.offices import OfficeDesk

Content = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """One thing that was begun at a place (a register, a page); ``content`` is what that place made of it, as JSON."""

    uid: str
    content: Content


class Drafts:
    """Several drafts for each place, the oldest first. Keeping and dropping are system steps: undo passes over them."""

    def __init__(self, store: Store) -> None:
        self._settings = OfficeDesk(store)

    def keep(self, place: str, draft: Draft) -> None:
        """Keep a draft as it stands now."""
        before = self.left_behind(place)
        if draft not in before:
            self._write(place, [*(one for one in before if one.uid != draft.uid), draft], "保存草稿")

    def drop(self, place: str, uid: str) -> None:
        """Forget a draft: what it held is saved, or nobody wants it."""
        before = self.left_behind(place)
        if any(one.uid == uid for one in before):
            self._write(place, [one for one in before if one.uid != uid], "清除草稿")

    def left_behind(self, place: str) -> list[Draft]:
        """Return what was begun at a place and not finished."""
        held: Any = self._settings.setting(_setting(place))
        if isinstance(held, dict):  # the only draft of a register, as kept before 2026-11-29
            only = cast("dict[str, Any]", held)
            held = [{"uid": only["uid"], "content": {"record": only["uid"], "fields": only["fields"]}}]
        return [Draft(one["uid"], one["content"]) for one in cast("list[dict[str, Any]]", held or [])]

    def _write(self, place: str, drafts: list[Draft], label: str) -> None:
        held = [{"uid": one.uid, "content": one.content} for one in drafts]
        self._settings.set_setting(_setting(place), held or None, label=label)


@dataclass(frozen=True)
class BegunRecord:
    """A record as it stands in its form; ``texts`` are what was typed into fields that cannot be read."""

    record: Record
    texts: Mapping[str, str] = field(default_factory=dict[str, str])

    def content(self, stored: Record | None) -> Content:
        """Return it as a draft holds it; ``stored`` is the record as the book has it."""
        specs = fields_of(type(self.record))
        held = {name: spec.kind.to_json(getattr(self.record, name)) for name, spec in specs.items()}
        changed = [name for name in specs if stored is None or getattr(self.record, name) != getattr(stored, name)]
        return {"record": self.record.uid, "fields": held, "changed": changed, "texts": dict(self.texts)}

    @classmethod
    def from_content(cls, record: type[Record], content: Content, stored: Record | None) -> Self:
        """Put what a draft changed into the record as the book has it now; one that is not there is made of all."""
        specs = fields_of(record)
        names = content.get("changed", content["fields"]) if stored is not None else content["fields"]
        known = {name: specs[name].kind.from_json(content["fields"][name]) for name in names if name in specs}
        base = stored or record(uid=content["record"])
        texts = {name: text for name, text in content.get("texts", {}).items() if name in specs}
        return cls(base.changed(**known), texts)

    def is_news(self, stored: Record | None) -> bool:
        """Whether it holds anything that the book does not."""
        return bool(self.texts) or self.record != stored


def _setting(place: str) -> str:
    return f"draft:{place}"

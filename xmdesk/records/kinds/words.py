"""Kinds of words: free text, names, and whose right something is."""

from dataclasses import dataclass
from typing import Any, ClassVar

from xmdesk.records.kinds.kind import LINES, ONE_LINE, Kind
from xmdesk.records.values.reading import Read


@dataclass(frozen=True)
class Text(Kind):
    """Free text of at most ``limit`` characters."""

    limit: int = 60
    multiline: bool = False
    name: ClassVar[str] = "text"
    width: ClassVar[int] = 12

    def read(self, raw: object) -> Read[str]:
        """Tidy the text (NFC, no invisible characters); too long is ``Bad``."""
        from xmdesk.records.values.texts import clean_text

        return clean_text(raw, self.limit, multiline=self.multiline)

    def schema(self) -> dict[str, Any]:
        """Text within its limit, on one line unless many are meant."""
        return {"type": "string", "maxLength": self.limit, "pattern": LINES if self.multiline else ONE_LINE}


@dataclass(frozen=True)
class RightHolder(Text):
    """Whose right it is; here 无 is an answer (domain.md: "无" / "同所有权人" allowed, blank not)."""

    def read(self, raw: object) -> Read[str]:
        """Keep 无 as typed."""
        if isinstance(raw, str) and raw.strip() == "无":
            return Read("无")
        return super().read(raw)


@dataclass(frozen=True)
class PersonName(Kind):
    """A person's name, any Unicode character."""

    name: ClassVar[str] = "person_name"
    width: ClassVar[int] = 5

    def read(self, raw: object) -> Read[str]:
        """Tidy a name; digits, emoji and bare punctuation are ``Bad``."""
        from xmdesk.records.values.texts import read_name

        return read_name(raw)

    def schema(self) -> dict[str, Any]:
        """Text on one line, as long as a name may be."""
        from xmdesk.records.values.texts import NAME_LIMIT

        return {"type": "string", "maxLength": NAME_LIMIT, "pattern": ONE_LINE}

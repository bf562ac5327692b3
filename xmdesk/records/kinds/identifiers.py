"""Kinds of numbers that name somebody or something: identity, phone, credit and division numbers."""

from dataclasses import dataclass
from typing import Any, ClassVar

from xmdesk.records.kinds.kind import Kind
from xmdesk.records.values.reading import Read


@dataclass(frozen=True)
class PersonId(Kind):
    """Citizen identity number (GB 11643-1999) or another document's number, depending on the document type."""

    name: ClassVar[str] = "person_id"
    width: ClassVar[int] = 11
    sensitive: ClassVar[bool] = True

    def read(self, raw: object) -> Read[str]:
        """Read a number of any document, told by its shape."""
        from xmdesk.records.values.identity import read_any_id

        return read_any_id(raw)

    def read_as(self, raw: object, document: str) -> Read[str]:
        """Read a number beside which its document type was chosen; a number of 证件类型 其他 has no shape of its own."""
        from xmdesk.records.values.identity import OTHER, PASSPORT, read_id

        return read_id(raw, doc_type=document) if document in (OTHER, PASSPORT) else self.read(raw)

    def mask(self, value: Any) -> str:
        """First six and last four characters."""
        from xmdesk.records.values.identity import mask_id

        return mask_id(value or "")

    def schema(self) -> dict[str, Any]:
        """Masked: at most six characters at either side of the stars; a whole number never travels."""
        return {"type": "string", "maxLength": 40, "pattern": "^(|[^*]{0,6}[*]+[^*]{0,6})$"}


@dataclass(frozen=True)
class Phone(Kind):
    """Mobile, landline or hotline number."""

    name: ClassVar[str] = "phone"
    width: ClassVar[int] = 7
    sensitive: ClassVar[bool] = True

    def read(self, raw: object) -> Read[str]:
        """Read the first number of the text."""
        from xmdesk.records.values.phones import read_phone

        return read_phone(raw)

    def mask(self, value: Any) -> str:
        """First three and last four digits."""
        from xmdesk.records.values.phones import mask_phone

        return mask_phone(value or "")

    def schema(self) -> dict[str, Any]:
        """Digits and hyphens."""
        return {"type": "string", "maxLength": 30, "pattern": "^[0-9-]*$"}


@dataclass(frozen=True)
class CreditCode(Kind):
    """Unified social credit code (GB 32100-2015)."""

    name: ClassVar[str] = "credit_code"
    width: ClassVar[int] = 11

    def read(self, raw: object) -> Read[str]:
        """Read and check 18 characters."""
        from xmdesk.records.values.credit_code import read_credit_code

        return read_credit_code(raw)

    def schema(self) -> dict[str, Any]:
        """Eighteen digits and capital letters, or nothing."""
        return {"type": "string", "pattern": "^(|[0-9A-Z]{18})$"}


@dataclass(frozen=True)
class DivisionCode(Kind):
    """Statistical division code: 12 digits, and for those above a village 9 or 6; the checks know which fits an office."""

    name: ClassVar[str] = "division"
    width: ClassVar[int] = 8

    def read(self, raw: object) -> Read[str]:
        """Read 12, 9 or 6 digits as text."""
        from xmdesk.records.values.texts import read_division_code

        return read_division_code(raw, takes_upper=True)

    def schema(self) -> dict[str, Any]:
        """Twelve digits for an office, nine for a township, six for a district."""
        return {"type": "string", "pattern": "^(|[0-9]{6}|[0-9]{9}|[0-9]{12})$"}

"""The one file embedded in a sealed document, ``return.json``."""

from xmdesk.sealed.structure import LARGEST_PAYLOAD, Inventory, inflate, survey
from xmdesk.sealed.syntax import Pdf, Ref
from xmdesk.sealed.unfit import Unfit, need

PAYLOAD_NAME = "return.json"


def payload_of(found: Inventory) -> bytes:
    """Bytes of the embedded payload; exactly one file, listed once by name and once as associated file."""
    pdf = found.pdf
    root = pdf.dictionary(pdf.trailer.get("Root"))
    listed = pdf.value(pdf.dictionary(pdf.dictionary(root.get("Names")).get("EmbeddedFiles")).get("Names"))
    name = PAYLOAD_NAME.encode("ascii")
    need(isinstance(listed, list) and len(listed) == 2 and listed[0] == name, "R-ATTACHMENT")
    specs, payloads = found.numbers("filespec"), found.numbers("payload")
    need(len(specs) == 1 and len(payloads) == 1, "R-ATTACHMENT")
    need(pdf.value(root.get("AF")) == [Ref(specs[0])] and _last(listed) == specs[0], "R-ATTACHMENT")
    spec = pdf.dictionary(Ref(specs[0]))
    need(_text(spec.get("F")) == PAYLOAD_NAME and _text(spec.get("UF")) == PAYLOAD_NAME, "R-ATTACHMENT")
    return inflate(pdf, payloads[0], limit=LARGEST_PAYLOAD)


def open_unverified(data: bytes) -> bytes:
    """Payload of a sealed document **before** anything is believed: to show whose request or which root it carries.

    Raises :class:`~xmdesk.sealed.unfit.Unfit`.
    """
    from xmdesk.sealed.update import split

    return payload_of(survey(Pdf.of(split(data).base)))


def _last(listed: object) -> object:
    return listed[1] if isinstance(listed, list) else None  # pyright: ignore[reportUnknownVariableType]


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        raise Unfit("R-ATTACHMENT")
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    return value.decode("latin-1")

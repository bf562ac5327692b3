"""The one file embedded in a sealed document, ``return.json``."""

from xmdesk.errors import Refused
from xmdesk.sealed.structure import LARGEST_PAYLOAD, Inventory, inflate, survey
from xmdesk.sealed.syntax import Ref
from xmdesk.sealed.unfit import Unfit, need
from xmdesk.sealed.update import split

PAYLOAD_NAME = "return.json"
_SPELLINGS = (PAYLOAD_NAME.encode("ascii"), b"\xfe\xff" + PAYLOAD_NAME.encode("utf-16-be"))


def payload_of(found: Inventory) -> bytes:
    """Bytes of the embedded payload; exactly one file, listed once by name and once as associated file."""
    pdf = found.pdf
    specs, payloads = found.numbers("filespec"), found.numbers("payload")
    need(len(specs) == 1 and len(payloads) == 1, "R-ATTACHMENT")
    (spec,) = map(Ref, specs)
    root = pdf.dictionary(pdf.trailer.get("Root"))
    files = pdf.dictionary(pdf.dictionary(root.get("Names")).get("EmbeddedFiles"))
    need(files.get("Names") == [_SPELLINGS[0], spec] and root.get("AF") == [spec], "R-ATTACHMENT")
    names = pdf.dictionary(spec)
    need(names.get("F") in _SPELLINGS and names.get("UF") in _SPELLINGS, "R-ATTACHMENT")
    return inflate(pdf, payloads[0], limit=LARGEST_PAYLOAD)


def open_unverified(data: bytes) -> bytes:
    """Payload of a sealed document **before** anything is believed: to show whose request or which root it carries.

    ``Refused`` with the sentence of verification if the file is not as our exporter writes it.
    """
    try:
        return payload_of(survey(split(data).pdf))
    except Unfit as unfit:
        raise Refused(unfit.code, **unfit.facts) from None

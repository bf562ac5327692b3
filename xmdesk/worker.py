"""The child process that reads files from outside: ``python -m xmdesk.worker``, or ``--worker`` of the frozen program.

Frames on stdin: two big-endian 32-bit lengths, a msgpack head ``{task, options}``, the bytes of the file. Frames on
stdout: one length and a msgpack answer ``{ok: …}`` or ``{code, facts}``. Anything unforeseen ends the process.
"""

import gc
import os
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO, cast

import msgspec

from xmdesk.capping import cap_this_process
from xmdesk.errors import XmError

REQUEST = struct.Struct(">II")
ANSWER = struct.Struct(">I")

COLLECTIONS = (100_000, 20, 100)
"""A file is read into trees without cycles: looking for cycles all the time costs a tenth of the work."""

Task = Callable[[bytes, dict[str, Any]], Any]

# The only things a child can be asked to do. Named by text: this module is root ground and must not import the layers.
TASKS: dict[str, str] = {
    "read_workbook": "xmdesk.documents.sheets.workbook_reading:read_workbook",
    "read_form": "xmdesk.documents.sheets.blank_forms:read_area",
    "fill_form": "xmdesk.documents.sheets.filling:fill_form",
    "peek": "xmdesk.services.recognising:peek",
    "photo": "xmdesk.documents.photographs:shrink",
    "verify": "xmdesk.services.verifying:verify_in_child",
}


class Head(msgspec.Struct):
    """What to do with the bytes that follow."""

    task: str
    options: dict[str, Any] = {}


class Answer(msgspec.Struct, omit_defaults=True):
    """The outcome: a value, or the code and facts of a refusal."""

    ok: Any = None
    code: str = ""
    facts: dict[str, Any] = {}


def perform(task: str, data: bytes, options: dict[str, Any]) -> Answer:
    """Run one registered task; refusals become an answer, anything else is left to end the process."""
    module, _, name = TASKS[task].partition(":")
    function = cast(Task, getattr(import_module(module), name))
    try:
        return Answer(ok=function(data, options))
    except XmError as trouble:
        return Answer(code=trouble.code, facts=trouble.facts)
    except MemoryError:
        return Answer(code="X-CHILD")


def main() -> None:
    """Serve requests until stdin closes; whatever a library prints goes to stderr, not into the answers."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    cap_this_process()
    gc.set_threshold(*COLLECTIONS)
    with os.fdopen(0, "rb", closefd=False) as requests, answers:
        is_serving = _serve_one(requests, answers)
        gc.freeze()  # what the first file made us load stays
        while is_serving:
            is_serving = _serve_one(requests, answers)


def _serve_one(requests: BinaryIO, answers: BinaryIO) -> bool:
    lengths = requests.read(REQUEST.size)
    if len(lengths) < REQUEST.size:
        return False
    head_length, data_length = REQUEST.unpack(lengths)
    head = msgspec.msgpack.decode(requests.read(head_length), type=Head)
    answer = msgspec.msgpack.encode(perform(head.task, requests.read(data_length), head.options))
    answers.write(ANSWER.pack(len(answer)) + answer)
    answers.flush()
    return True


if __name__ == "__main__":
    sys.exit(main())

"""What a programmer may know about a mistake of ours, for both faces: the log file and a diagnosis without anything typed.

The diagnosis names places in the program and never what was typed: messages of unknown exceptions may hold names.
"""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import TracebackType

from xmdesk import __version__, clock, paths
from xmdesk.redaction import Redacting

log = logging.getLogger(__name__)


def start_log() -> None:
    """Write what happens to a rotating file in the user's folder; once, though asked again."""
    from logging.handlers import RotatingFileHandler

    if any(isinstance(one, RotatingFileHandler) for one in logging.getLogger().handlers):
        return
    folder = paths.user_data() / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "xmdesk.log", maxBytes=500_000, backupCount=3, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


def diagnosis(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what a programmer needs and nobody minds showing: versions and places in the code."""
    import platform
    import traceback

    places = [
        f"  {one.filename.rsplit('xmdesk', 1)[-1]}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)
    ]
    head = [f"xmdesk {__version__}", f"Python {platform.python_version()}", platform.platform(), clock.stamp()]
    return "\n".join([*head, kind.__name__, *places]) + "\n"


@contextmanager
def reporting(tell: Callable[[str], None], *, code: int) -> Generator[None]:
    """Log an exception nobody caught, hand its diagnosis to ``tell``, and end the program with an exit code."""
    try:
        yield
    except Exception as error:
        text = diagnosis(type(error), error.__traceback__)
        start_log()
        log.critical("%s", text)
        tell(text)
        raise SystemExit(code) from None

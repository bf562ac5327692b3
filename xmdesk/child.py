"""Asking the capped child process (``xmdesk.worker``) to read a file: a warm worker that is replaced when it dies."""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from xmdesk.errors import Refused
from xmdesk.worker import ANSWER, REQUEST, Answer, Head

SECONDS = 30.0


def worker_command() -> list[str]:
    """Return the command line of the worker: the same executable, frozen or not."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-m", "xmdesk.worker"]


class Child:
    """One warm worker. Calls are served one after the other; a dead or slow worker costs that one call only."""

    def __init__(self, command: Sequence[str] = (), *, seconds: float = SECONDS) -> None:
        self._command = list(command) or worker_command()
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        """Start lazily, with the first call."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the worker."""
        self.close()

    def run(self, task: str, data: bytes, **options: Any) -> Any:
        """Return what the task makes of the bytes; raises ``Refused`` with the task's code, or X-CHILD."""
        words = msgspec.msgpack.encode(Head(task, options))
        with self._turn:
            answer = self._exchange(words, data)
        if answer is None:
            raise Refused("X-CHILD")
        if answer.code:
            raise Refused(answer.code, **answer.facts)
        return answer.ok

    def close(self) -> None:
        """End the worker, if there is one."""
        with self._turn:
            self._end()

    def _exchange(self, words: bytes, data: bytes) -> Answer | None:
        process = self._alive()
        answers: list[Answer] = []
        talk = threading.Thread(target=_talk, args=(process, words, data, answers), daemon=True)
        talk.start()
        talk.join(self._seconds)
        if not answers:
            process.kill()
            talk.join()
            self._end()
        return answers[0] if answers else None

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _start(self._command)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close_quietly(pipe)
        process.wait()


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start the worker with nothing of ours but the pipes; it finds the program where we found it."""
    source = str(Path(__file__).resolve().parents[1])
    known = os.environ.get("PYTHONPATH", "")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (source, known)))}
    hidden = 0x08000000 if sys.platform == "win32" else 0
    return subprocess.Popen(  # noqa: S603  # our own executable, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=hidden,
    )


def _talk(process: subprocess.Popen[bytes], words: bytes, data: bytes, answers: list[Answer]) -> None:
    """Send one request and wait for its answer; a worker that dies meanwhile leaves the list empty."""
    if process.stdin is None or process.stdout is None:
        return
    try:
        process.stdin.write(REQUEST.pack(len(words), len(data)) + words)
        process.stdin.write(data)
        process.stdin.flush()
        length = process.stdout.read(ANSWER.size)
        if len(length) == ANSWER.size:
            content = process.stdout.read(ANSWER.unpack(length)[0])
            answers.append(msgspec.msgpack.decode(content, type=Answer))
    except (OSError, ValueError, msgspec.DecodeError):
        return


def _close_quietly(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return


_shared = Child()
atexit.register(_shared.close)


def shared() -> Child:
    """Return the program's shared warm worker; it ends with the program."""
    return _shared


def run(task: str, data: bytes, **options: Any) -> Any:
    """Ask the program's shared warm worker; see :meth:`Child.run`."""
    return _shared.run(task, data, **options)

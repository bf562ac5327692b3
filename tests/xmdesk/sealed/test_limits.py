"""Hostile sizes, each in an own process: at most 300 MB and 5 seconds, and always an answer."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.xmdesk.sealed.hostile import Objects, edit, find, good_objects, seal_anything, stream, write
from tests.xmdesk.sealed.test_structure import ENTRIES, contents, with_payload
from xmdesk.sealed.structure import LARGEST_STREAM

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")

CHILD = """
import json, re, sys, time
from xmdesk.sealed.verify import verify
data = sys.stdin.buffer.read()
start = time.process_time()
result = verify(data, None)
spent = time.process_time() - start
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
print(json.dumps([str(result.verdict), result.leading.code, spent, peak]))
"""


def judged_alone(data: bytes) -> tuple[str, str]:
    """Verdict and code from a process of its own, within the promised memory (MB) and time (s)."""
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=data, capture_output=True, cwd=root, timeout=60, check=True
    )
    verdict, code, spent, peak = json.loads(done.stdout)
    assert spent < 5
    assert peak < 300
    return verdict, code


def many_objects(objects: Objects) -> Objects:
    return objects | {max(objects) + number: b"null" for number in range(1, 40_001)}


def long_array(objects: Objects) -> Objects:
    return edit(objects, b"/Catalog", b"<< ", b"<< /Lang [ " + b"(a) " * 390_000 + b"] ")


def long_numbers(objects: Objects) -> Objects:
    return edit(objects, b"/Catalog", b"<< ", b"<< /Lang [ " + b"1 " * 4_000_000 + b"] ")


def test_a_large_file_of_nothing_is_cheap() -> None:
    assert judged_alone(b"%PDF-1.7\n" + b"startxref\n" * 1_900_000 + b"%%EOF\n") == ("refuse", "R-UNSIGNED")


def test_many_objects_many_tokens_and_long_numbers_are_cheap() -> None:
    assert judged_alone(seal_anything(write(many_objects(good_objects()))))[0] == "refuse"
    assert judged_alone(seal_anything(write(long_array(good_objects()))))[0] == "refuse"
    assert judged_alone(seal_anything(write(long_numbers(good_objects()))))[0] == "refuse"


def test_inflating_streams_stay_bounded() -> None:
    packed = stream(b"", bytes(LARGEST_STREAM))
    assert judged_alone(seal_anything(write(contents(*[packed] * 12)(good_objects())))) == ("refuse", "R-BOMB")
    huge = stream(ENTRIES, bytes(60 * 1024 * 1024))
    assert judged_alone(seal_anything(write(with_payload(huge)(good_objects())))) == ("refuse", "R-BOMB")


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 2_500_000 + b"]" * 2_500_000,
        b'{"a":[' + b"{}," * 1_700_000 + b"0]}",
        b'{"a":[' + b"0," * 2_600_000 + b"0]}",
        b'{"a":"' + b"\\u0001" * 870_000 + b'"}',
    ],
)
def test_hostile_json_stays_bounded(raw: bytes) -> None:
    verdict, code = judged_alone(seal_anything(write(with_payload(stream(ENTRIES, raw))(good_objects()))))
    assert verdict == "refuse"
    assert code in {"R-JSON", "R-HEADING", "R-JSON-SIZE", "R-BOMB"}


def test_the_sample_still_holds_a_payload_to_replace() -> None:
    assert find(good_objects(), b"/EmbeddedFile ")

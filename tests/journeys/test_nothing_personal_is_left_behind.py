"""Canaries (trust.md G19): invented people go the whole way, and nothing of them stays where nobody meant it to be."""

import tempfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.journeys.full_data import identity, mobile
from tests.journeys.terminal import Terminal, cheap_keys, on

CANARIES = [
    (f"鸢{one}", identity(200 + place), mobile(4200 + place))
    for place, one in enumerate("鹤鹭鸬鸥鹃鹂鹊鹎鹛鹟鸫鸲鸻鹬鹡鹨鹀鸮鹞鹗")
]
NAMES, IDS, PHONES = (list(one) for one in zip(*CANARIES, strict=True))
VILLAGE = "350212105206"


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Iterator[Terminal]:
    run = Terminal(tmp_path_factory.mktemp("canaries"), shared_cache)
    temporary = run.at("临时")
    temporary.mkdir()
    with pytest.MonkeyPatch.context() as patch, cheap_keys(), on("2026-11-23"):
        for name in ("TMPDIR", "TEMP", "TMP"):
            patch.setenv(name, str(temporary))
        patch.setattr(tempfile, "tempdir", None)
        _go(run)
        yield run
    tempfile.tempdir = None


def _go(run: Terminal) -> None:
    village, district = run.at("村"), run.at("区")
    run("book", "new", village, "--code", VILLAGE, "--name", "榕下村村民委员会")
    run("book", "new", district, "--code", "350212")
    root = run("trust", "init", district).json["fingerprint"]
    digits = run("trust", "request", village, "--out", run.at("申请.pdf")).json["fingerprint"]
    run("trust", "grant", district, run.at("申请.pdf"), "--fingerprint", digits, "--out", run.at("证书.pdf"))
    run("trust", "accept", village, run.at("证书.pdf"), "--root-digits", root)
    task = ("--period", "2026Q4", "--due", "2026-12-31", "--forms", "legal_helpers")
    run("task", "issue", district, *task, "--out", run.at("任务"))
    run("task", "accept", village, next(run.at("任务").glob("*.pdf")))
    run("register", "import", village, "legal_helpers", _roster(run.at("名册.csv")), expect=1)
    run("register", "import", village, "legal_helpers", run.at("名册.csv"), expect=1, plain=True)
    run("register", "rows", village, "persons")
    run("register", "rows", village, "persons", "--search", NAMES[3])
    run("check", village, "--period", "2026Q4")
    run("return", "seal", village, "--period", "2026Q4", "--out", run.at("上报"))
    sealed = next(run.at("上报").glob("*.pdf"))
    run("verify", sealed, "--book", district)
    spoilt = run.at("改过.pdf")
    spoilt.write_bytes(sealed.read_bytes()[:-400])
    code = run("inbox", "receive", district, sealed, spoilt, expect=1).json["results"][0]["submission"]
    run("review", "accept", district, code, "--out", run.at("回执.pdf"))
    run("receipt", "take", village, run.at("回执.pdf"))
    run("consolidate", district, "--period", "2026Q4", "--out", run.at("汇总.xlsx"), "--pdf", run.at("汇总.pdf"))
    run("register", "export", village, "persons", "--out", run.at("人员.xlsx"))
    run("print", village, "legal_helpers", "--public", "--out", run.at("公示.pdf"))
    run("backup", "make", village)
    run("book", "doctor", village)
    run("book", "show", village, password="不是这个口令", expect=3)


def _roster(path: Path) -> Path:
    """A roster whose last two rows are wrong, so that something is parked and told."""
    lines = ["姓名,公民身份号码,手机号码,状态"]
    lines += [f"{name},{number},{phone},在册" for name, number, phone in CANARIES]
    lines += [f"{NAMES[0]},{IDS[0][:-1]},{PHONES[0]},在册", f"{NAMES[1]},{IDS[1]},{PHONES[1][:-1]},在册"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _bytes_under(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, path.read_bytes()


TELLING = 6
"""Bytes; four of them stand by chance in one of some twenty encrypted files of megabytes."""


def _found_in(content: bytes, words: list[str]) -> list[str]:
    sought = ((one, one.encode(code)) for one in words for code in ("utf-8", "utf-16-le", "gb18030"))
    return [one for one, encoded in sought if len(encoded) >= TELLING and encoded in content]


@pytest.mark.parametrize("place", ["村", "区", "临时", "user-data"])
def test_folders_of_the_program_hold_no_canary(journey, place):
    files = list(_bytes_under(journey.at(place)))
    assert [path for path, content in files if _found_in(content, [*NAMES, *IDS, *PHONES])] == []
    assert [path for path, _ in files if any(one in path.name for one in (*NAMES, *IDS, *PHONES))] == []


def test_the_temporary_folder_is_left_empty(journey):
    assert list(journey.at("临时").rglob("*")) == []


def test_what_is_said_beside_the_answer_names_nobody(journey):
    spoken = "".join(one.err for one in journey.said)
    assert [one for one in (*NAMES, *IDS, *PHONES) if one in spoken] == []


def test_no_answer_holds_a_whole_number(journey):
    spoken = "".join(one.out for one in journey.said)
    assert [one for one in (*IDS, *PHONES) if one in spoken] == []
    assert NAMES[3] in spoken


def test_no_file_that_leaves_the_office_holds_a_whole_identity_number(journey):
    made = [path for path in journey.folder.rglob("*") if path.suffix in (".pdf", ".xlsx")]
    assert len(made) >= 9
    assert [path.name for path in made if _found_in(_opened(path), IDS)] == []
    for path in (journey.at("人员.xlsx"), next(journey.at("上报").glob("*.pdf"))):
        assert set(_found_in(_opened(path), NAMES)) == set(NAMES), "the search itself must see what is there"


def test_file_names_name_nobody(journey):
    names = [path.name for path in journey.folder.rglob("*")]
    assert [name for name in names if any(one in name for one in (*NAMES, *IDS, *PHONES))] == []


def _opened(path: Path) -> bytes:
    """Everything inside a container, uncompressed: streams and attachments of a PDF, parts of a workbook."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    with pikepdf.open(BytesIO(path.read_bytes())) as document:
        return b"".join(one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream))

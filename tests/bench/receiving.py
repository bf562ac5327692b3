"""Receiving what 500 villages bring: checking alone, then the whole inbox into an encrypted book."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import invented
from tests.bench.child import Values, measured, seconds, temporary
from tests.bench.printing import Aim, Row, show

TITLE = "Receiving {files} files of {rows} rows, each from a village of its own"
MOST_SECONDS = 15
MOST_OF_PYHANKO = 0.6
LOOPS = 3


def run(*, quick: bool) -> list[Aim]:
    files, rows = (3, 5) if quick else (500, 50)
    with temporary() as folder:
        made = measured(make, folder, files, rows)
        alone = _alone(folder, 1 if quick else LOOPS)
        inbox = _inbox(folder)
    show(
        TITLE.format(files=files, rows=rows),
        [
            Row(
                "made: enrol and seal them all", made["seconds"], 0, made["peak"], f"{made['size'] / 1000:.0f} kB each"
            ),
            *alone,
            *inbox,
        ],
    )
    ours, theirs = (
        next(one.seconds for one in alone if one.name.startswith(f"{name}, 1 "))
        for name in ("strict check and schema", "pyHanko loop")
    )
    aims = [
        Aim("strict check with typed payload against pyHanko", ours / theirs, MOST_OF_PYHANKO),
        Aim("receive with re-rendering on 2 processes", inbox[-1].seconds, MOST_SECONDS, "s"),
    ]
    return [] if quick else aims


def _alone(folder: str, loops: int) -> list[Row]:
    """Check every file in one process without a book, one act after the other; the first loop is thrown away."""
    acts = {"pyHanko loop": by_pyhanko, "floor: read, hash, one ECDSA verify": by_floor}
    ours = {
        "strict check": by_strict_check,
        "strict check and schema": by_schema,
        "strict check and schema, pages drawn again": by_pages,
    }
    found = {name: measured(act, folder, loops) for name, act in {**acts, **ours}.items()}
    base = found["pyHanko loop"]["median"]
    return [Row(f"{name}, 1 process", one["median"], one["median"] / base, one["peak"]) for name, one in found.items()]


def _inbox(folder: str) -> list[Row]:
    rows: list[Row] = []
    for compare in (False, True):
        for processes in (1, 2):
            found = measured(received, folder, compare, processes)
            name = f"inbox, {'with re-rendering' if compare else 'no re-rendering'}, {processes} process{'es'[: 2 * processes - 2]}"
            memory = f"{found['busy']:.1f} s of processor, this process {found['own']:.0f} MB"
            rows.append(
                Row(
                    name,
                    found["seconds"],
                    found["seconds"] / (rows[0].seconds if rows else found["seconds"]),
                    found["peak"],
                    memory,
                )
            )
    return rows


def make(folder: str, files: int, rows: int) -> Values:
    """Make the district and its files, and note its trust for the checks without a book."""
    from tests.bench.district import found
    from xmdesk.services.verifying import packed

    made: list[Any] = []
    took = seconds(lambda: made.append(found(Path(folder), files=files, rows=rows)))
    district = made[0]
    (Path(folder) / "trust").write_bytes(packed(district.desk.holding.trust_store()))
    district.desk.upkeep.close()
    return {"seconds": took, "size": sum(one.stat().st_size for one in district.files()) / files}


def received(folder: str, compare: bool, processes: int) -> Values:
    """Receive everything into a copy of the district's book; nothing may be refused."""
    import os
    import resource

    from ui.compose import opened

    with temporary() as own:
        book = shutil.copytree(Path(folder) / "district", Path(own) / "district")
        with opened(book, invented.PASSWORD) as desk:
            told: list[Any] = []
            paths = [Path(folder) / "brought"]
            before = sum(os.times()[:4])
            took = seconds(lambda: told.extend(desk.inbox.receive(paths, compare=compare, processes=processes)))
    busy = sum(os.times()[:4]) - before
    _must_be_sound(sorted({f"{one.verdict} {one.code}" for one in told}), ["accept INBOX-ACCEPTED"])
    return {"seconds": took, "busy": busy, "own": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _must_be_sound(found: object, wanted: object) -> None:
    if found != wanted:
        raise SystemExit(f"the files were not received as they should be: {json.dumps(found, ensure_ascii=False)}")


def by_strict_check(folder: str, loops: int) -> Values:
    """Do what pyHanko does and the profile besides: signature, signer, office, every object and stream, payload."""
    from xmdesk.sealed.verify import verify
    from xmdesk.services.verifying import unpacked

    trust = unpacked((Path(folder) / "trust").read_bytes())
    return _looped(folder, loops, lambda data: verify(data, trust).verdict == "accept")


def by_schema(folder: str, loops: int) -> Values:
    return _verified(folder, loops, compare=False)


def by_pages(folder: str, loops: int) -> Values:
    return _verified(folder, loops, compare=True)


def _verified(folder: str, loops: int, *, compare: bool) -> Values:
    from xmdesk.services.verifying import verify_in_child

    options = {"trust": (Path(folder) / "trust").read_bytes(), "compare": compare}
    return _looped(folder, loops, lambda data: verify_in_child(data, options)["verdict"] == "accept")


def _looped(folder: str, loops: int, is_good: Callable[[bytes], bool]) -> Values:
    """Time whole passes over all files after a warm-up on one of them; every file must be found good.

    All acts, pyHanko's too, look for cycles as seldom as the program's worker does.
    """
    import gc
    from statistics import median

    from xmdesk.worker import COLLECTIONS

    gc.set_threshold(*COLLECTIONS)

    paths = sorted((Path(folder) / "brought").glob("*.pdf"))
    _must_be_sound(is_good(paths[0].read_bytes()), True)
    good: list[bool] = []
    took = [seconds(lambda: good.extend(is_good(path.read_bytes()) for path in paths)) for _ in range(loops)]
    _must_be_sound(good.count(False), 0)
    return {"median": median(took)}


def by_floor(folder: str, loops: int) -> Values:
    """Read the file, hash it, and verify one ECDSA P-256 signature over the hash: no check could do less."""
    import hashlib

    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    from xmdesk.trust.keys import new_key

    key, method = new_key(), ec.ECDSA(utils.Prehashed(hashes.SHA256()))
    signature = key.sign(hashlib.sha256(b"").digest(), method)
    public, empty = key.public_key(), hashlib.sha256(b"").digest()

    def is_good(data: bytes) -> bool:
        public.verify(signature, empty, method)
        return len(hashlib.sha256(data).digest()) == 32

    return _looped(folder, loops, is_good)


def by_pyhanko(folder: str, loops: int) -> Values:
    """Let pyHanko validate the one signature against our root and revocation list, difference analysis included."""
    from io import BytesIO

    from asn1crypto import crl, x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    from ui.compose import opened
    from xmdesk.services.holding import REVOCATIONS
    from xmdesk.services.verifying import unpacked

    root = unpacked((Path(folder) / "trust").read_bytes()).root
    with (
        temporary() as own,
        opened(shutil.copytree(Path(folder) / "district", Path(own) / "d"), invented.PASSWORD) as desk,
    ):
        stopped = crl.CertificateList.load(desk.holding.kept(REVOCATIONS))
    trusted = x509.Certificate.load(root.public_bytes(Encoding.DER))

    def is_good(data: bytes) -> bool:
        context = ValidationContext(
            trust_roots=[trusted], crls=[stopped], allow_fetching=False, revocation_mode="require"
        )
        status = validate_pdf_signature(PdfFileReader(BytesIO(data)).embedded_signatures[0], context)
        return status.intact and status.valid and status.trusted

    return _looped(folder, loops, is_good)

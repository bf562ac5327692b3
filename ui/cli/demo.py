"""The main job once through, on real input: ledgers → sealed return → the district receives, verifies, consolidates."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from ui.cli.demo_data import Neighbour, write_sheets
from ui.compose import create_book
from xmdesk.divisions import Divisions
from xmdesk.periods import Period
from xmdesk.problems import Severity, count
from xmdesk.services.desk import Desk
from xmdesk.trust.argon import FLOOR_COST

PASSWORD = "Lianhua-2026"  # noqa: S105 - of throw-away demonstration books, printed for the person who tries them
PERIOD = Period("2026Q4")
DISTRICT = "350212"
TOWNSHIP = "350212105"
VILLAGE = "350212105206"
NEIGHBOURS = 6
LEDGERS = (
    ("facilities", "设施台账.xlsx"),
    ("duties", "管护责任清单.xlsx"),
    ("disaster_officers", "灾害信息员和避灾点.xlsx"),
    ("shelters", "灾害信息员和避灾点.xlsx"),
    ("legal_helpers", "法律明白人花名册.xlsx"),
)


PARTS = ("台账册", "上报件", "区里")


def _cleared(words: Sequence[str]) -> Path:
    """Return the folder to write to; an earlier demonstration there gives way, anything else is left alone."""
    if len(words) > 1 or any(one.startswith("-") for one in words):
        sys.exit("用法：./xm demo [文件夹]，缺省为 demo")
    folder = Path(words[0] if words else "demo").resolve()
    if folder.exists():
        if not folder.is_dir() or not {one.name for one in folder.iterdir()} <= set(PARTS):
            sys.exit(f"“{folder.name}”里有别的东西，没有动它。请换一个空的文件夹。")
        shutil.rmtree(folder)
    return folder


def main() -> None:
    """Run the demonstration into the folder ``demo`` (or the one named) and open the window where there is a display."""
    folder = _cleared(sys.argv[1:])
    for name in PARTS:
        (folder / name).mkdir(parents=True)
    started = time.monotonic()
    with ExitStack() as stack:
        district = stack.enter_context(_book(folder / "台账册" / "同安区", DISTRICT, "厦门市同安区民政局"))
        _say(f"区里：建立签发机构，根证书指纹 {district.enrolling.init().fingerprint}")
        task = district.tasks.issue(PERIOD, due_on=date(2026, 12, 31), out=folder / "区里")
        _say(f"区里：下发{PERIOD.words}采集任务，应报 {task.offices} 个单位")
        village = stack.enter_context(_book(folder / "台账册" / "军营村", VILLAGE, "厦门市同安区莲花镇军营村民委员会"))
        _import_ledgers(village, folder)
        _enrol(village, district, folder)
        village.reviewing.take(task.path)
        _seal(village, folder / "上报件")
        _neighbours(district, task.path, folder)
        _receive(district, folder)
        _answer(district, village, folder)
    _say(f"用时 {time.monotonic() - started:.1f} 秒")
    _show(folder)


@contextmanager
def _book(path: Path, code: str, name: str) -> Generator[Desk]:
    with create_book(path, code=code, name=name, password=PASSWORD, cost=FLOOR_COST).desk.closing() as desk:
        yield desk


def _import_ledgers(village: Desk, folder: Path) -> None:
    ledgers = Path(__file__).resolve().parents[2] / "tests" / "data" / "ledgers"
    for register, name in LEDGERS:
        preview = village.importing.preview(ledgers / name, register)
        village.importing.write(preview)
        counts = preview.counts
        _say(f"军营村：导入{name}（{preview.found.sheet}）：新增 {counts['new']}，待处理 {counts['parked']}")
        for one in [one for one in preview.problems if one.severity is Severity.ERROR][:1]:
            _say(f"        例：{one.text}{one.to_do}")
    corrected = _corrected(ledgers / "管护责任清单.xlsx", folder / "区里" / "..")
    preview = village.importing.preview(corrected, "duties")
    village.importing.write(preview)
    corrected.unlink()
    _say(
        f"军营村：改正后再导入：新增 {preview.counts['new']}，相同 {preview.counts['same']}，待处理 {preview.counts['parked']}"
    )


def _corrected(ledger: Path, folder: Path) -> Path:
    """What the clerk does about the parked rows: write 12000 where 1.2万 stood."""
    from openpyxl import load_workbook

    book = load_workbook(ledger)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "1.2万":
                cell.value = 12000
    path = folder.resolve() / "管护责任清单（改正）.xlsx"
    book.save(path)
    return path


def _enrol(village: Desk, district: Desk, folder: Path) -> None:
    """Request and grant, with the digits that people would type from paper."""
    code = village.office.office().code
    request, grant = folder / f"申请_{code}.pdf", folder / f"证书_{code}.pdf"
    asked = village.enrolling.request(request)
    district.enrolling.grant(request, fingerprint=asked.fingerprint, out=grant)
    village.enrolling.accept(grant, root_digits_typed=district.enrolling.root_digits())
    request.unlink()
    grant.unlink()


def _seal(village: Desk, out: Path) -> None:
    problems = village.checking.all(PERIOD)
    draft = village.submitting.draft(PERIOD)
    empty = [form for form in draft.forms if not draft.rows[form]]
    village.submitting.answer_nil(PERIOD, empty, is_nil=True, by="蔡文彬")
    sealed = village.submitting.seal(
        village.submitting.draft(PERIOD), out, prepared_by="蔡文彬", signed_off_by="叶碧霞"
    )
    one = sealed.submission
    _say(
        f"{one.office_name}：错误 {count(problems, Severity.ERROR)}，提醒 {count(problems, Severity.WARNING)}；"
        f"已密封，短码 {one.short_code}，{one.pages} 页"
    )


def _neighbours(district: Desk, task: Path, folder: Path) -> None:
    divisions = Divisions()
    villages = [one for one in divisions.children(TOWNSHIP) if one.code != VILLAGE][:NEIGHBOURS]
    for seed, division in enumerate(villages):
        short = division.name.removesuffix("村委会").removesuffix("社区居委会")
        name = f"{short}村" if not short.endswith("村") else short
        with _book(folder / "台账册" / name, division.code, f"厦门市同安区莲花镇{division.name}") as desk:
            ledgers = folder / "台账册" / f"{name}的表格"
            for register, path in write_sheets(Neighbour(name, seed).sheets(), ledgers):
                desk.importing.write(desk.importing.preview(path, register))
            _enrol(desk, district, folder)
            desk.reviewing.take(task)
            _seal(desk, folder / "上报件")


def _receive(district: Desk, folder: Path) -> None:
    tampered = _tampered(folder / "上报件")
    results = district.inbox.receive([folder / "上报件"])
    taken = [one for one in results if one.verdict in ("accept", "notice")]
    _say(f"区里：收到 {len(results)} 份，验签通过并导入 {len(taken)} 份（{sum(one.rows for one in taken)} 行）")
    for one in results:
        if one not in taken:
            _say(f"        拒收 {one.file}：{one.text}")
    tampered.unlink()
    found = district.consolidating.consolidate(PERIOD)
    district.consolidating.write(found, folder / "区里" / "汇总.xlsx", folder / "区里" / "汇总.pdf")
    _say(f"区里：汇总（应报{found.expected}/实报{found.included}），核对码 {found.digest[:16]}")


def _tampered(folder: Path) -> Path:
    """A copy of a return in which somebody changed one byte."""
    source = sorted(folder.glob("*.pdf"))[0]
    content = bytearray(source.read_bytes())
    content[len(content) // 3] ^= 1
    path = folder / "被改动过的.pdf"
    path.write_bytes(content)
    return path


def _answer(district: Desk, village: Desk, folder: Path) -> None:
    received = next(one for one in district.inbox.submissions(PERIOD) if one.office_code == VILLAGE)
    receipt = district.reviewing.accept(received, folder / "区里" / "回执_军营村.pdf", by="区级审核人")
    taken = village.reviewing.take(receipt)
    _say(f"军营村：导入回执，{'上报已通过' if taken.applied else '没有变化'}")


def _show(folder: Path) -> None:
    """Name the folder, and open the window where there is a display."""
    lines = [f"结果在 {folder}"]
    lines += [f"  {path.relative_to(folder)}" for path in _results(folder)]
    lines.append(f"演示台账册的密码：{PASSWORD}（可用 ./xm run 打开 {folder / '台账册'}）")
    for line in lines:
        _say(line)
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if has_display and not os.environ.get("XMDESK_HEADLESS"):
        subprocess.Popen([sys.executable, "-m", "ui", str(folder / "台账册" / "军营村")])  # noqa: S603 - our own program


def _results(folder: Path) -> Sequence[Path]:
    return sorted(one for one in folder.rglob("*") if one.suffix in (".pdf", ".xlsx") and "台账册" not in one.parts)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

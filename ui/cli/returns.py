"""check, return seal, verify."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.terminal import FINDINGS, Book, Force, Json, PasswordFile, answer, guarded, leave, opened, password, tell
from ui.compose import check_code
from xmdesk import clock
from xmdesk.errors import WrongUse
from xmdesk.files import make_folder, read_bytes, read_start, shown_path
from xmdesk.periods import Period
from xmdesk.problems import Severity, count
from xmdesk.records.registers import REGISTERS
from xmdesk.services.unrecorded import ASIDE

if TYPE_CHECKING:
    from xmdesk.services.submitting import Sealed

app = typer.Typer(no_args_is_help=True, help="上报")

REFUSED = 4


@app.command()
@guarded
def seal(
    book: Book,
    period: Annotated[str, typer.Option(help="报告期，如 2026Q4")],
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")],
    nil: Annotated[str, typer.Option(help="作零报告的表，逗号分开；缺省为所有没有内容的表")] = "",
    prepared_by: Annotated[str, typer.Option(help="填表人")] = "",
    signed_off_by: Annotated[str, typer.Option(help="单位负责人")] = "",
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """检查、冻结、排版、嵌入数据并签名。"""
    chosen = Period.parse(period)
    with opened(book, password(password_file)) as desk:
        draft = desk.submitting.draft(chosen)
        empty = [form for form in draft.forms if not draft.rows[form]]
        wanted = [one.strip() for one in nil.split(",") if one.strip()] or empty
        fresh = [form for form in wanted if not draft.nil.get(form)]
        make_folder(out)
        sealed = desk.submitting.seal(
            draft,
            out,
            nil=wanted,
            prepared_by=prepared_by,
            signed_off_by=signed_off_by,
            force=force,
            leaves_points=True,
        )
        _tell_open_points(desk, chosen)
    if fresh:
        tell(f"按零报告上报：{'、'.join(REGISTERS[form].title for form in fresh)}")
    one = sealed.submission
    _tell_of(sealed)
    answer(
        sealed.as_json(),
        as_json=as_json,
        lines=[f"已密封：{shown_path(sealed.path)}", f"短码 {one.short_code}，共 {one.pages} 页"],
    )


def _tell_open_points(desk: Any, period: Period) -> None:
    """Answers are given in the window: here is only told what a version leaves open."""
    from xmdesk.services.correcting import Correcting

    waiting = len(Correcting(desk.store).unanswered(period))
    if waiting:
        tell(f"退回单还有 {waiting} 条没有答复，这一版没有答复它们；答复在窗口的“上报”里写。")


def _tell_of(sealed: "Sealed") -> None:
    """Tell what the window would not have let pass, and what was moved out of the way."""
    if sealed.set_aside:
        tell(f"没有记下的同一版移到了“{ASIDE}”文件夹，不要送出：{'、'.join(sealed.set_aside)}")
    _tell_names(prepared_by=sealed.submission.prepared_by, signed_off_by=sealed.submission.signed_off_by)
    if not sealed.is_agreed:
        tell("负责人没有在窗口的“上报”里打勾同意这一版，审定时间写的是密封的时间。")


def _tell_names(*, prepared_by: str, signed_off_by: str) -> None:
    """A script may seal without names, as the contract says: that the pages hold none is told."""
    named = {"填表人（--prepared-by）": prepared_by, "单位负责人（--signed-off-by）": signed_off_by}
    empty = "、".join(title for title, name in named.items() if not name)
    if empty:
        tell(f"这一版没有写{empty}，页上是空的；要写的，请带上这个选项再密封一版，或先在“单位信息”里填好。")


@app.command()
@guarded
def rebuild(
    book: Book,
    file: Annotated[Path, typer.Argument(help="本单位的上报件或回执")],
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """台账册丢失后，由上报件或回执找回台账（只补缺，不改已有的）。"""
    from xmdesk.services.rebuilding import Rebuilding

    with opened(book, password(password_file)) as desk:
        desk.before_bulk()
        made = Rebuilding(desk).rebuild(file)
    lines = [f"找回 {sum(made.added.values())} 条，已有 {made.kept} 条没有改动"]
    answer(made.as_json(), as_json=as_json, lines=[*lines, *(f"{one.text}{one.to_do}" for one in made.problems)])


def add_to(root: typer.Typer) -> None:
    """Add the commands that stand at the top level."""
    root.command()(check)
    root.command()(verify)


@guarded
def check(
    book: Book,
    period: Annotated[str, typer.Option(help="报告期，如 2026Q4")],
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """密封前会看到的所有问题。"""
    chosen = Period.parse(period)
    with opened(book, password(password_file)) as desk:
        problems = desk.checking.all(chosen)
    errors, warnings = count(problems, Severity.ERROR), count(problems, Severity.WARNING)
    content = {"errors": errors, "warnings": warnings, "problems": [one.as_json() for one in problems]}
    words = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTICE: "参考"}
    lines = [
        f"[{words[one.severity]}] {' '.join(filter(None, (one.where.title, one.where.label)))}：{one.text}{one.to_do}"
        for one in problems
    ]
    answer(content, as_json=as_json, lines=[*lines, f"错误 {errors} 处，提醒 {warnings} 处"])
    if errors:
        leave(FINDINGS)


@guarded
def verify(
    file: Annotated[Path, typer.Argument(help="密封件")],
    book: Annotated[Path | None, typer.Option("--book", help="用台账册里的信任关系")] = None,
    root: Annotated[Path | None, typer.Option(help="区根证书 .cer")] = None,
    crl: Annotated[Path | None, typer.Option(help="停用名单 .crl")] = None,
    code: Annotated[str, typer.Option(help="应来自哪个单位（区划代码）")] = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """验签：列出事实和结论，不导入。"""
    from xmdesk.services.opening import LARGEST, verify_bytes

    if code:
        check_code(code)
    data = read_start(file, LARGEST + 1)
    if book is not None:
        with opened(book, password(password_file)) as desk:
            trust: Any = desk.enrolling.trust_store(expected_code=code or None)
    elif root is not None and crl is not None:
        trust = _files_trust(root, crl, code)
    else:
        raise WrongUse("CLI-VERIFY-TRUST")
    found = verify_bytes(data, trust, compare=True)
    words = {"accept": "可收", "notice": "可收有提醒", "hold": "待核", "refuse": "拒收"}
    answer(found.as_json(), as_json=as_json, lines=[f"{words[found.verdict]}：{found.text}{found.to_do}"])
    if found.verdict == "refuse":
        leave(REFUSED)
    if found.verdict == "hold":
        leave(FINDINGS)


def _files_trust(root: Path, crl: Path, code: str) -> Any:
    from xmdesk.trust.anchors import TrustStore
    from xmdesk.trust.authority import read_certificate
    from xmdesk.trust.revocation import read_list

    certificate = read_certificate(read_bytes(root, 64 * 1024))
    held = read_list(read_bytes(crl, 4 * 1024 * 1024), certificate)
    return TrustStore(root=certificate, trusted_now=clock.now(), crl=held, expected_code=code or None)

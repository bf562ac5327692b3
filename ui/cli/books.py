"""book new, book show, book doctor."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ui.cli.terminal import FINDINGS, Book, Json, PasswordFile, answer, guarded, leave, opened, password, tell
from ui.compose import change_password, create_book, doctor, recover_book
from xmdesk.files import shown_path
from xmdesk.records.registers import REGISTERS
from xmdesk.services.desk import Desk

app = typer.Typer(no_args_is_help=True, help="台账册")


@app.command()
@guarded
def new(
    book: Book,
    code: Annotated[str, typer.Option(help="区划代码：12位单位、9位镇街、6位区")],
    name: Annotated[str, typer.Option(help="单位名称，缺省用区划名称")] = "",
    desk: Annotated[str, typer.Option(help="clerk 填报或 reviewer 审核")] = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """新建台账册。"""
    made = create_book(book, code=code, name=name, desk=desk, password=password(password_file))
    with made.desk.closing():
        office = made.desk.office.office()
        content = {
            "book": shown_path(book),
            "code": office.code,
            "name": office.name,
            "desk": made.desk.office.desk(),
            "recovery_code": made.recovery_code,
        }
    answer(content, as_json=as_json, lines=[f"已建立 {office.name} 的台账册：{shown_path(book)}"])
    if not as_json:
        tell(f"恢复码（只显示这一次，请抄下放入保险柜）：{made.recovery_code}")


@app.command()
@guarded
def show(book: Book, password_file: PasswordFile = None, as_json: Json = False) -> None:
    """单位、各台账条数、证书、上报情况。"""
    with opened(book, password(password_file)) as desk:
        content = _shown(desk)
    lines = [f"{content['office']['name']}({content['office']['code']})"]
    lines += [f"  {one['title']}：{one['count']} 条" for one in content["registers"]]
    answer(content, as_json=as_json, lines=lines)


def _shown(desk: Desk) -> dict[str, Any]:
    from xmdesk.services.drafting import own_submissions

    office = desk.office.office()
    return {
        "office": {
            "code": office.code,
            "name": office.name,
            "kind": str(office.kind or ""),
            "desk": desk.office.desk(),
        },
        "registers": [
            {"name": name, "title": one.title, "count": desk.registers.count(name)} for name, one in REGISTERS.items()
        ],
        "certificate": desk.enrolling.certificate_facts(),
        "last_backup": desk.last_backup(),
        "imports": [
            {"batch": one.uid, "register": one.register, "at": one.imported_at, "undone_at": one.undone_at}
            for one in desk.importing.batches()
        ],
        "returns": [
            {
                "period": one.period,
                "version": one.version,
                "state": str(one.state),
                "short_code": one.short_code,
                "payload_sha256": one.payload_sha256,
                "sealed_at": one.sealed_at,
                "receipt_no": one.receipt_no,
            }
            for one in own_submissions(desk.store)
        ],
    }


@app.command(name="doctor")
@guarded
def doctor_(book: Book, password_file: PasswordFile = None, as_json: Json = False) -> None:
    """检查数据库、操作记录链、附件和备份。"""
    report = doctor(book, password(password_file))
    lines = [_examined(one) for one in report["checks"]]
    answer(report, as_json=as_json, lines=lines)
    if not report["ok"]:
        leave(FINDINGS)


def _examined(check: dict[str, Any]) -> str:
    found = check["problem"]
    if not found:
        return f"正常    {check['title']}"
    return f"{'注意    ' if check['ok'] else '有问题  '}{check['title']}：{found['text']}{found['to_do']}"


@app.command()
@guarded
def clock(
    book: Book,
    confirm: Annotated[str, typer.Option("--confirm", help="确认本机时间没有错，写明依据")] = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """本机时间与已知的最晚时间；不对时不能密封。"""
    with opened(book, password(password_file)) as desk:
        if confirm:
            desk.time.confirm(confirm)
        content = desk.time.as_json()
    state = "可以密封" if content["may_seal"] else "不能密封"
    lines = [f"本机时间 {content['now']}，已知的最晚时间 {content['known']}：{state}"]
    problems = [f"{one['text']}{one['to_do']}" for one in content["problems"]]
    answer(content, as_json=as_json, lines=[*lines, *problems])
    if not content["may_seal"]:
        leave(FINDINGS)


NewPassword = Annotated[Path, typer.Option("--new-password-file", help="新密码文件")]


@app.command(name="change-password")
@guarded
def change_password_(
    book: Book, new_password_file: NewPassword, password_file: PasswordFile = None, as_json: Json = False
) -> None:
    """更换密码。"""
    change_password(book, password(password_file), password(new_password_file))
    answer({"book": shown_path(book)}, as_json=as_json, lines=["密码已更换"])


@app.command()
@guarded
def recover(
    book: Book,
    code_file: Annotated[Path, typer.Option("--code-file", help="恢复码文件")],
    new_password_file: NewPassword,
    as_json: Json = False,
) -> None:
    """用恢复码重设密码。"""
    with recover_book(book, password(code_file), password(new_password_file)).closing():
        answer({"book": shown_path(book)}, as_json=as_json, lines=["密码已重设，恢复码继续有效"])

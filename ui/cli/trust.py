"""trust init, request, grant, accept, revoke, export."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.terminal import Book, Force, Json, PasswordFile, answer, guarded, opened, password, receiving
from xmdesk.files import shown_path

app = typer.Typer(no_args_is_help=True, help="开通与证书")
Out = Annotated[Path, typer.Option(help="写到哪个文件")]


@app.command()
@guarded
def init(book: Book, password_file: PasswordFile = None, as_json: Json = False) -> None:
    """建立区级签发机构（根证书、回执密钥）。"""
    with receiving(book, password(password_file)) as desk:
        made = desk.enrolling.init()
    lines = [f"已建立 {made.name} 的签发机构", f"根证书指纹（写入给各单位的通知）：{made.fingerprint}"]
    answer(made.as_json(), as_json=as_json, lines=lines)


@app.command()
@guarded
def request(
    book: Book,
    out: Out,
    new_key: Annotated[bool, typer.Option("--new-key", help="换一把新密钥（原来的已停用或遗失）")] = False,
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """导出开通申请。"""
    with opened(book, password(password_file)) as desk:
        made = desk.enrolling.request(out, new_key=new_key, force=force)
    lines = [f"开通申请：{shown_path(made.path)}", f"公钥指纹（随纸质件报区里）：{made.fingerprint}"]
    answer(made.as_json(), as_json=as_json, lines=lines)


@app.command()
@guarded
def grant(
    book: Book,
    request_file: Annotated[Path, typer.Argument(metavar="REQUEST", help="开通申请文件")],
    fingerprint: Annotated[str, typer.Option(help="照纸质件键入的20位数字")],
    out: Out,
    second: Annotated[str, typer.Option("--second", help="同意给同一单位发第二枚证书的第二个人")] = "",
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """核对数字后签发开通证书。"""
    with receiving(book, password(password_file)) as desk:
        made = desk.enrolling.grant(request_file, fingerprint=fingerprint, out=out, second=second, force=force)
    answer(made.as_json(), as_json=as_json, lines=[f"已签发给 {made.name}（{made.code}）：{shown_path(made.path)}"])


@app.command()
@guarded
def accept(
    book: Book,
    grant_file: Annotated[Path, typer.Argument(metavar="GRANT", help="开通证书文件")],
    root_digits: Annotated[str, typer.Option(help="区里通知上的根证书指纹（20位或后8位）")],
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """导入开通证书。"""
    with opened(book, password(password_file)) as desk:
        made = desk.enrolling.accept(grant_file, root_digits_typed=root_digits)
    answer(made.as_json(), as_json=as_json, lines=[f"已开通，证书有效期至 {made.not_after[:10]}"])


@app.command()
@guarded
def revoke(
    book: Book,
    code: Annotated[str, typer.Argument(help="单位区划代码")],
    reason: Annotated[str, typer.Option(help="停用原因")],
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """立即停用一个单位的证书。"""
    with receiving(book, password(password_file)) as desk:
        made = desk.enrolling.revoke(code, reason=reason)
    answer(made.as_json(), as_json=as_json, lines=[f"已停用 {made.name}（{made.code}） 的证书"])


@app.command()
@guarded
def export(
    book: Book,
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")],
    force: Force = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """导出根证书和停用名单。"""
    with opened(book, password(password_file)) as desk:
        made = desk.enrolling.export(out, force=force)
    told = {name: shown_path(one) for name, one in made.items()}
    answer(told, as_json=as_json, lines=[f"根证书：{told['root']}", f"停用名单：{told['crl']}"])

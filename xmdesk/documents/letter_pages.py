"""Pages of the documents that are letters: request, grant, task, receipt, correction slip. Pure functions of the payload."""

from collections.abc import Mapping, Sequence
from typing import Any

from xmdesk.documents.layouts import page_layout
from xmdesk.documents.parts import Align, Column, CoverPage, Part, RegisterForm, Signatories
from xmdesk.periods import Period
from xmdesk.records.registers import REGISTERS, part_title
from xmdesk.records.values.dates import show_partial
from xmdesk.trust.profiles import DocumentKind

Payload = Mapping[str, Any]

_TITLES = {
    DocumentKind.ENROLMENT_REQUEST: "上报开通申请",
    DocumentKind.ENROLMENT_GRANT: "上报开通证书",
    DocumentKind.COLLECTION_TASK: "采集任务书",
    DocumentKind.RECEIPT: "上报回执",
    DocumentKind.CORRECTION_SLIP: "上报退回单",
}


def letter_parts(payload: Payload, *, short_code: str) -> list[Part]:
    """Return the parts of a letter."""
    kind = DocumentKind(payload["kind"])
    facts, paragraphs = _WORDS[kind](payload)
    office = payload["office"]
    parts: list[Part] = [
        CoverPage(
            title=_TITLES[kind],
            period=Period.parse(payload["period"]).words if payload.get("period") else "",
            office=office["name"],
            facts=(("出具单位", office["name"]), ("行政区划代码", office["code"]), *facts),
            paragraphs=paragraphs,
            code=short_code,
            signature=_signatories(kind, payload),
        )
    ]
    if payload.get("points"):
        parts.append(_points(payload))
    return parts


def _signatories(kind: DocumentKind, payload: Payload) -> Signatories:
    head = "单位负责人" if kind is DocumentKind.ENROLMENT_REQUEST else "签发人"
    return Signatories((("经办人", ""), (head, ""), ("联系电话", ""), ("日期", show_partial(payload["as_of"]))))


Words = tuple[tuple[tuple[str, str], ...], tuple[str, ...]]


def _request(payload: Payload) -> Words:
    return (
        (("电脑序号", str(payload["installation"])), ("公钥指纹（20位）", payload["fingerprint"])),
        (
            "本单位申请开通电子上报。上面的20位数字是本机公钥的指纹，请随本页签字盖章后交区里。",
            "区里工作人员须照纸质件逐位键入这20位数字，核对无误后签发开通证书。",
        ),
    )


def _grant(payload: Payload) -> Words:
    to = payload["to"]
    return (
        (
            ("发给", to["name"]),
            ("发给的区划代码", to["code"]),
            ("证书序列号", payload["serial"]),
            ("有效期至", show_partial(payload["not_after"][:10])),
            ("区根证书指纹", payload["root_digits"]),
            ("停用名单号", str(payload["crl_number"])),
        ),
        (
            "请在本机“导入开通证书”时，键入区里书面通知上的区根证书指纹（至少后8位）。",
            "导入后即可密封上报表。电脑更换、密钥遗失或人员变动，请立即电话告知区里停用。",
        ),
    )


def _task(payload: Payload) -> Words:
    forms = "、".join(page_layout(form).title for form in payload["forms"])
    return (
        (
            ("任务编号", payload["task_no"]),
            ("报送截止", show_partial(payload["due_on"])),
            ("应报单位", f"{len(payload['roster'])} 个"),
            ("停用名单号", str(payload["crl_number"])),
        ),
        (
            f"请各单位于{show_partial(payload['due_on'])}前报送{Period.parse(payload['period']).words}以下各表：{forms}。",
            "没有内容的表请明确作零报告，不要留空；数据有疑问处请填写出错说明。",
        ),
    )


def _verdict_facts(payload: Payload) -> tuple[tuple[str, str], ...]:
    to = payload["to"]
    return (
        ("发给", to["name"]),
        ("发给的区划代码", to["code"]),
        ("编号", payload["number"]),
        ("上报件短码", payload["submission_code"]),
        ("上报件版次", f"第{payload['version']}版"),
        ("上报件内容摘要", payload["submission_sha256"]),
        ("接收时间", _moment(payload["received_at"])),
        ("审核时间", _moment(payload["decided_at"])),
        ("审核人", payload["decided_by"] or "—"),
    )


def _receipt(payload: Payload) -> Words:
    forms = "、".join(f"{page_layout(form).title}({word})" for form, word in sorted(payload["forms"].items()))
    note = (payload["note"],) if payload["note"] else ()
    return _verdict_facts(payload), (f"上述上报件已审核通过。各表结论：{forms}。", *note)


def _slip(payload: Payload) -> Words:
    note = (payload["note"],) if payload["note"] else ()
    return (
        _verdict_facts(payload),
        (
            f"上述上报件退回更正，共{len(payload['points'])}处，见后页。",
            "请把本文件导入本机，程序会逐处打开要更正的内容；更正后重新密封，作为更正报再次报送。",
            *note,
        ),
    )


_WORDS = {
    DocumentKind.ENROLMENT_REQUEST: _request,
    DocumentKind.ENROLMENT_GRANT: _grant,
    DocumentKind.COLLECTION_TASK: _task,
    DocumentKind.RECEIPT: _receipt,
    DocumentKind.CORRECTION_SLIP: _slip,
}


def _moment(text: str) -> str:
    """UTC stamp as Beijing time in words."""
    from datetime import datetime

    from xmdesk.clock import BEIJING

    if not text:
        return "—"
    local = datetime.fromisoformat(text).astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}（北京时间）"


def _points(payload: Payload) -> RegisterForm:
    points: Sequence[Mapping[str, Any]] = payload["points"]
    return RegisterForm(
        title="更正事项",
        columns=(
            Column(("表",)),
            Column(("主表序号",), Align.CENTRE),
            Column(("名称",)),
            Column(("填报项",)),
            Column(("退回原因和要求",)),
        ),
        rows=tuple(
            (
                page_layout(one["register"]).title if one["register"] in REGISTERS else part_title(one["register"]),
                str(one["row_no"] or ""),
                one["title"],
                one["label"],
                one["reason"],
            )
            for one in points
        ),
        office=payload["to"]["name"],
        division_code=payload["to"]["code"],
    )

"""The steps of a village that keeps its ledgers and sends a quarter, and of the district that answers."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from tests.journeys.terminal import LEDGERS, SHEETS, Answer, Terminal, cheap_keys, on

VILLAGE = "350212105206"
DISTRICT = "350212"
PERIOD = "2026Q4"
STRANGE = (("2026-10-12", "普法进榕树下", 30), ("2026-11-03", "重阳敬老", 52))


@dataclass
class Story:
    """Answers of the journey by the name of their step, and the paths that later steps need."""

    run: Terminal
    told: dict[str, Answer] = field(default_factory=dict)

    def step(self, name: str, *words: object, expect: int = 0, **how: object) -> Answer:
        answer = self.run(*words, expect=expect, **how)  # type: ignore[arg-type]
        self.told[name] = answer
        return answer

    def at(self, name: str) -> Path:
        return self.run.at(name)


def tell(story: Story) -> Story:
    """Run the whole journey and return what was told on the way."""
    with cheap_keys():
        with on("2026-11-23"):
            _enrol(story)
            _keep_ledgers(story)
        with on("2026-11-25"):
            _look_around(story)
            _seal(story)
        with on("2026-12-01"):
            _answer(story)
            _upkeep(story)
    return story


def _enrol(story: Story) -> None:
    village, district = story.at("村"), story.at("区")
    story.step("book new", "book", "new", village, "--code", VILLAGE, "--name", "同安区莲花镇军营村民委员会")
    story.step("book new district", "book", "new", district, "--code", DISTRICT, "--name", "同安区民政局")
    root = story.step("trust init", "trust", "init", district).json["fingerprint"]
    asked = story.step("trust request", "trust", "request", village, "--out", story.at("申请.pdf"))
    digits = asked.json["fingerprint"]
    grant = ("trust", "grant", district, story.at("申请.pdf"), "--out", story.at("证书.pdf"), "--fingerprint")
    story.step("trust grant wrong", *grant, "0000 0000 0000 0000 0000", expect=4)
    story.step("trust grant", *grant, digits)
    accept = ("trust", "accept", village, story.at("证书.pdf"), "--root-digits")
    story.step("trust accept wrong", *accept, "00000000", expect=4)
    story.step("trust accept", *accept, root.replace(" ", "")[-8:])
    story.step("trust export", "trust", "export", district, "--out", story.at("信任"))
    story.step(
        "task issue", "task", "issue", district, "--period", PERIOD, "--due", "2026-12-31", "--out", story.at("任务")
    )
    task = next(story.at("任务").glob("*.pdf"))
    story.step("task accept", "task", "accept", village, task)
    story.step("task accept again", "task", "accept", village, task)


def _keep_ledgers(story: Story) -> None:
    village = story.at("村")
    sheet = LEDGERS / SHEETS["facilities"][0]
    story.step("import dry", "register", "import", village, "facilities", sheet, "--dry-run")
    for name, (file, _, parked) in SHEETS.items():
        story.step(f"import {name}", "register", "import", village, name, LEDGERS / file, expect=1 if parked else 0)
    story.step("import again", "register", "import", village, "facilities", sheet)
    story.at("对应.json").write_text('{"columns": {"事由": "theme", "哪天": "from_on", "来了几个": "people_count"}}')
    mapped = ("register", "import", village, "activities", _strange_sheet(story.at("活动.xlsx"), *STRANGE))
    story.step("import unmapped", *mapped, "--dry-run", expect=1)
    story.step("import mapped", *mapped, "--map", story.at("对应.json"), "--sheet", "活动")
    batch = story.told["import mapped"].json["batch"]
    sealing = ("return", "seal", village, "--period", PERIOD, "--out", story.at("上报"))
    story.step("check open", "check", village, "--period", PERIOD, expect=1)
    story.step("seal refused", *sealing, expect=1)
    again = _strange_sheet(story.at("活动2.xlsx"), ("2026-10-12", "普法进榕树下", 31, "普法宣传"))
    story.step("import changing", "register", "import", village, "activities", again, "--map", story.at("对应.json"))
    story.step("undo kept", "register", "undo-import", village, batch)
    story.step("undo twice", "register", "undo-import", village, batch, expect=2)
    story.step("undo unknown", "register", "undo-import", village, "no-such-batch", expect=3)


def _strange_sheet(path: Path, *lines: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    book.create_sheet("封面")
    page = book.create_sheet("活动")
    page.append(("哪天", "事由", "来了几个", "类别")[: len(lines[0])])
    for line in lines:
        page.append(line)
    book.save(path)
    return path


def _look_around(story: Story) -> None:
    village = story.at("村")
    rows = ("register", "rows", village, "facilities")
    story.step("book show", "book", "show", village)
    story.step("register list", "register", "list", village)
    story.step("register rows", *rows)
    story.step("rows pinyin", *rows, "--search", "wenhua")
    story.step("rows initials", *rows, "--search", "wmsjz")
    story.step("rows then pinyin", *rows, "--as-of", "2026-11-23", "--search", "wenhua")
    story.step("rows limit", *rows, "--limit", "3")
    story.step("rows before", *rows, "--as-of", "2026-11-22")
    story.step("rows then", *rows, "--as-of", "2026-11-23")
    story.step("rows persons", "register", "rows", village, "persons")
    story.step("rows plain", *rows, "--limit", "2", plain=True)
    story.step("template", "register", "template", "persons", "--out", story.at("人员表.xlsx"))
    story.step("export", "register", "export", village, "persons", "--out", story.at("人员.xlsx"))
    story.step("export csv", "register", "export", village, "persons", "--out", story.at("人员.csv"))
    full = ("register", "export", village, "persons", "--out", story.at("全号.xlsx"), "--unmasked")
    story.step("export no reason", *full, expect=2)
    story.step("export unmasked", *full, "--reason", "报区民政局核对")


def _seal(story: Story) -> None:
    village, district = story.at("村"), story.at("区")
    story.step("check", "check", village, "--period", PERIOD)
    story.step("return seal", "return", "seal", village, "--period", PERIOD, "--out", story.at("上报"))
    sealed = _sealed(story, 1)
    trust = ("--root", next(story.at("信任").glob("*.cer")), "--crl", next(story.at("信任").glob("*.crl")))
    story.step("verify book", "verify", sealed, "--book", district)
    story.step("verify files", "verify", sealed, *trust, "--code", VILLAGE)
    story.step("verify other code", "verify", sealed, *trust, "--code", "350212105207", expect=4)
    spoilt = bytearray(sealed.read_bytes())
    spoilt[3000] ^= 1
    story.at("改过.pdf").write_bytes(spoilt)
    story.step("verify spoilt", "verify", story.at("改过.pdf"), *trust, expect=4)


def _sealed(story: Story, version: int) -> Path:
    return next(story.at("上报").glob(f"*第{version}版*.pdf"))


def _answer(story: Story) -> None:
    village, district = story.at("村"), story.at("区")
    story.step("receive", "inbox", "receive", district, story.at("上报"))
    story.step("receive again", "inbox", "receive", district, _sealed(story, 1))
    story.step("receive spoilt", "inbox", "receive", district, story.at("改过.pdf"), expect=1)
    listed = story.step("inbox list", "inbox", "list", district, "--period", PERIOD)
    uid = next(one["submission"] for one in listed.json["offices"] if one["code"] == VILLAGE)
    story.at("更正.json").write_text(
        json.dumps([{"register": "facilities", "row": 3, "field": "hours", "reason": "开放时间未写星期"}])
    )
    back = ("review", "send-back", district, uid, "--points", story.at("更正.json"), "--out", story.at("退回单.pdf"))
    story.step("send-back", *back)
    story.step("take slip", "receipt", "take", village, story.at("退回单.pdf"))
    story.step("seal again", "return", "seal", village, "--period", PERIOD, "--out", story.at("上报"))
    story.step("receive corrected", "inbox", "receive", district, _sealed(story, 2))
    code = story.told["seal again"].json["short_code"]
    story.step("review accept", "review", "accept", district, code, "--out", story.at("回执.pdf"))
    story.step("receipt take", "receipt", "take", village, story.at("回执.pdf"))
    story.step("receipt take again", "receipt", "take", village, story.at("回执.pdf"))
    totals = (
        "consolidate",
        district,
        "--period",
        PERIOD,
        "--out",
        story.at("汇总.xlsx"),
        "--pdf",
        story.at("汇总.pdf"),
    )
    story.step("consolidate", *totals)
    story.step("consolidate over", *totals, expect=3)
    story.step("consolidate forced", *totals, "--force", "--by", "office")


def _upkeep(story: Story) -> None:
    village, district = story.at("村"), story.at("区")
    story.step("indicators", "indicators", village, "--as-of", "2026-12-01")
    story.step("indicators of the district", "indicators", district, "--as-of", "2026-12-01")
    story.step("print", "print", village, "facilities", "--out", story.at("设施.pdf"), "--period", PERIOD)
    mobiles = ("print", village, "duties", "--public", "--out", story.at("公示清单.pdf"), "--period", PERIOD)
    story.step("print public duties", *mobiles)
    story.step("print blank", "print", village, "duties", "--blank", "--out", story.at("空白.pdf"))
    story.step("print public", "print", village, "legal_helpers", "--public", "--out", story.at("公示.pdf"))
    story.step("backup make here", "backup", "make", village)
    made = story.step("backup make", "backup", "make", village, "--to", story.at("备份"))
    story.step("backup verify", "backup", "verify", made.json["path"])
    story.step("backup restore", "backup", "restore", made.json["path"], "--to", story.at("还原"))
    story.step("backup restore over", "backup", "restore", made.json["path"], "--to", village, expect=3)
    story.step("book doctor", "book", "doctor", village)
    story.step("doctor plain", "book", "doctor", village, plain=True)
    story.step("doctor restored", "book", "doctor", story.at("还原"))
    story.step("book show after", "book", "show", village)
    story.step("trust revoke", "trust", "revoke", district, VILLAGE, "--reason", "电脑被盗")


def numbers_in_ledgers() -> set[str]:
    found: set[str] = set()
    for path in LEDGERS.glob("*.xlsx"):
        for page in openpyxl.load_workbook(path, read_only=False):
            for row in page.iter_rows(values_only=True):
                text = " ".join(str(cell).replace(" ", "") for cell in row if cell is not None)
                found |= set(re.findall(r"\d{17}[\dX]", text)) | set(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text))
    return found

"""A village keeps its ledgers and sends a quarter, the district answers: every row of the contract's table in order."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.terminal import LEDGERS, SHEETS, Answer, Terminal, cheap_keys, is_problem, on

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


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Iterator[Story]:
    told = Story(Terminal(tmp_path_factory.mktemp("quarter"), shared_cache))
    with cheap_keys():
        with on("2026-11-23"):
            _enrol(told)
            _keep_ledgers(told)
        with on("2026-11-25"):
            _look_around(told)
            _seal(told)
        with on("2026-12-01"):
            _answer(told)
            _upkeep(told)
        yield told


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
    story.step("doctor restored", "book", "doctor", story.at("还原"), expect=1)
    story.step("book show after", "book", "show", village)
    story.step("trust revoke", "trust", "revoke", district, VILLAGE, "--reason", "电脑被盗")


KEYS = {
    "book new": {"book", "code", "name", "desk"},
    "book show": {"office", "registers", "certificate", "returns"},
    "book doctor": {"ok", "checks"},
    "register list": {"registers"},
    "register rows": {"rows", "total"},
    "template": {"path"},
    "export": {"path", "rows"},
    "import facilities": {"batch", "new", "changed", "same", "parked", "skipped", "problems", "mapping"},
    "undo kept": {"removed", "restored", "kept"},
    "check": {"errors", "warnings", "problems"},
    "trust init": {"fingerprint", "serial", "not_after"},
    "trust request": {"path", "fingerprint"},
    "trust grant": {"path", "fingerprint", "serial", "not_after"},
    "trust accept": {"fingerprint", "serial", "not_after"},
    "trust revoke": {"serial"},
    "trust export": {"root", "crl", "fingerprint"},
    "task issue": {"task", "offices", "path"},
    "return seal": {"path", "short_code", "payload_sha256", "pages", "version", "replaces"},
    "verify book": {"verdict", "code", "text", "to_do", "facts"},
    "receive": {"files", "accepted", "held", "refused", "duplicates", "results"},
    "inbox list": {"expected", "states", "offices"},
    "review accept": {"path"},
    "send-back": {"path"},
    "take slip": {"kind", "applied", "points"},
    "consolidate": {"expected", "included", "missing", "totals", "digest"},
    "print": {"path", "pages", "missing_glyphs"},
    "backup make": {"path", "counts", "ok"},
    "backup verify": {"path", "counts", "ok"},
    "backup restore": {"path", "counts", "ok"},
}
"""The main JSON keys of contracts.md, by a step that shows them (``indicators`` has its own test)."""


@pytest.mark.parametrize("step", KEYS)
def test_an_answer_has_the_keys_of_the_contract(story, step):
    assert KEYS[step] <= set(story.told[step].json)


def test_every_answer_is_one_json_object_and_nothing_else(story):
    spoken = [one for one in story.run.said if "--json" in one.words]
    assert len(spoken) > 60
    assert all(isinstance(one.json, dict) for one in spoken)


def test_progress_is_silent_where_nobody_watches(story):
    assert "\r" not in "".join(one.err for one in story.run.said)


def test_every_error_is_a_problem_in_chinese_with_something_to_do(story):
    failed = [one for one in story.run.said if one.code > 1 and "verify" not in one.words]
    assert len(failed) >= 7
    for one in failed:
        assert is_problem(one.json["error"]), one.out
        assert one.json["error"]["to_do"]
        assert one.json["error"]["text"] in one.err


def test_every_problem_has_the_shape_of_the_contract(story):
    problems = [two for one in story.run.said if "--json" in one.words for two in one.json.get("problems", ())]
    assert len(problems) > 100
    assert [one for one in problems if not is_problem(one)] == []


def test_no_message_holds_a_whole_identity_number_or_phone(story):
    secrets = _numbers_in_ledgers()
    assert len(secrets) > 20
    spoken = "".join(one.out + one.err for one in story.run.said)
    assert [one for one in secrets if one in spoken] == []


def _numbers_in_ledgers() -> set[str]:
    found: set[str] = set()
    for path in LEDGERS.glob("*.xlsx"):
        for page in openpyxl.load_workbook(path, read_only=False):
            for row in page.iter_rows(values_only=True):
                text = " ".join(str(cell).replace(" ", "") for cell in row if cell is not None)
                found |= set(re.findall(r"\d{17}[\dX]", text)) | set(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text))
    return found


def test_a_new_book_says_its_code_name_and_desk(story):
    told = story.told["book new"].json
    assert (told["code"], told["name"], told["desk"]) == (VILLAGE, "同安区莲花镇军营村民委员会", "clerk")
    assert story.told["book new district"].json["desk"] == "reviewer"


def test_a_dry_run_tells_the_same_and_writes_nothing(story):
    dry, wet, again = (story.told[one].json for one in ("import dry", "import facilities", "import again"))
    assert dry["batch"] == ""
    assert (dry["new"], wet["new"], again["new"], again["same"]) == (18, 18, 0, 18)


def test_good_rows_go_in_and_bad_rows_are_parked(story):
    for name, (_, new, parked) in SHEETS.items():
        told = story.told[f"import {name}"].json
        assert (told["new"], told["parked"]) == (new, parked), name
    parked = [one for one in story.told["import duties"].json["problems"] if one["severity"] == "error"]
    assert {one["where"]["row"] for one in parked} == {4, 8, 10, 17, 18}


def test_a_mapping_file_and_a_sheet_name_bring_a_strange_table_in(story):
    assert story.told["import unmapped"].json["batch"] == ""
    told = story.told["import mapped"].json
    assert told["new"] == 2
    assert told["mapping"]["columns"] == {"哪天": ["from_on"], "事由": ["theme"], "来了几个": ["people_count"]}


def test_undoing_an_import_keeps_what_changed_since_and_names_it(story):
    told = story.told["undo kept"].json
    assert told["removed"] == 1
    assert [one["register"] for one in told["kept"]] == ["activities"]


def test_rows_can_be_found_by_characters_spelt_out_and_by_initials(story):
    total = story.told["register rows"].json["total"]
    found = story.told["rows pinyin"].json
    assert 0 < found["total"] < total
    assert all("文化" in row["name"] for row in found["rows"])
    assert {row["name"] for row in story.told["rows initials"].json["rows"]} == {"军营新时代文明实践站"}


def test_a_limit_shortens_the_rows_but_not_the_total(story):
    told = story.told["rows limit"].json
    assert (len(told["rows"]), told["total"]) == (3, 18)


def test_rows_can_be_seen_as_they_were(story):
    assert story.told["rows before"].json == {"rows": [], "total": 0}
    assert story.told["rows then"].json["total"] == 18
    assert 0 < story.told["rows then pinyin"].json["total"] < 18


def test_plain_rows_are_lines_for_people(story):
    lines = story.told["rows plain"].out.splitlines()
    assert len(lines) == 2
    assert not any("{" in line or "None" in line for line in lines)


def test_numbers_are_masked_in_rows_and_exports_unless_a_reason_is_given(story):
    secrets = _numbers_in_ledgers()
    ids = {one for one in secrets if len(one) == 18}
    assert not [one for one in ids if one in _sheet_text(story.at("人员.xlsx"))]
    assert not [one for one in ids if one in story.at("人员.csv").read_text("utf-8-sig")]
    assert len([one for one in ids if one in _sheet_text(story.at("全号.xlsx"))]) >= 6


def _sheet_text(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return " ".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell)


def test_the_check_says_what_sealing_would_show(story):
    told = story.told["check"].json
    severities = [one["severity"] for one in told["problems"]]
    assert (told["errors"], told["warnings"]) == (severities.count("error"), severities.count("warning"))
    assert told["errors"] == 0


def test_a_sealed_return_is_accepted_by_book_and_by_files_alike(story):
    by_book, by_files = story.told["verify book"].json, story.told["verify files"].json
    assert by_book["verdict"] == by_files["verdict"] == "accept"
    assert by_book["facts"] == by_files["facts"]
    wanted = {"intact", "covers_whole_file", "signer_known", "office_matches", "pages_match_data"}
    assert {name for name in wanted if by_book["facts"][name] is True} == wanted
    assert by_book["facts"]["revoked"] is False
    assert by_book["facts"]["payload_sha256"] == story.told["return seal"].json["payload_sha256"]


def test_a_file_of_another_office_or_with_a_changed_byte_is_refused(story):
    assert story.told["verify other code"].json["code"] == "R-EXPECTED"
    assert story.told["verify spoilt"].json["verdict"] == "refuse"
    told = story.told["receive spoilt"].json
    assert (told["refused"], told["accepted"]) == (1, 0)


def test_a_file_received_twice_counts_once(story):
    assert story.told["receive"].json["accepted"] == 1
    again = story.told["receive again"].json
    assert (again["duplicates"], again["accepted"]) == (1, 0)
    assert again["results"][0]["verdict"] == "duplicate"


def test_a_result_names_file_office_period_version_and_rows(story):
    told = story.told["receive"].json["results"][0]
    assert {"file", "verdict", "code", "office", "period", "version", "rows"} <= set(told)
    assert (told["office"], told["period"], told["version"], told["rows"] > 60) == (VILLAGE, PERIOD, 1, True)


def test_a_slip_opens_points_at_row_and_field(story):
    told = story.told["take slip"].json
    assert (told["kind"], told["applied"]) == ("correction_slip", True)
    point = told["points"][0]
    assert (point["register"], point["row_no"], point["field"], point["label"]) == (
        "facilities",
        3,
        "hours",
        "开放时间",
    )
    assert point["uid"]
    assert point["title"]


def test_a_correction_names_what_it_replaces(story):
    first, second = story.told["return seal"].json, story.told["seal again"].json
    assert (first["version"], second["version"]) == (1, 2)
    assert second["replaces"] == first["payload_sha256"]


def test_a_receipt_is_applied_once(story):
    assert story.told["receipt take"].json == {"kind": "receipt", "applied": True, "points": [], "problems": []}
    assert story.told["receipt take again"].json["applied"] is False
    returns = story.told["book show after"].json["returns"]
    assert [(one["version"], one["state"]) for one in returns] == [(1, "已被更正"), (2, "已通过")]
    assert returns[1]["receipt_no"]


def test_totals_say_how_many_of_how_many(story):
    told = story.told["consolidate"].json
    assert (told["expected"], told["included"], len(told["missing"])) == (144, 1, 143)
    assert told["totals"]["facilities"] == 18
    assert told["totals"]["duties"] == 10
    assert re.fullmatch(r"[0-9a-f]{64}", told["digest"])
    assert story.told["consolidate forced"].json["digest"] == told["digest"]
    assert "应报144/实报1" in _sheet_text(story.at("汇总.xlsx")).replace(" ", "")


def test_a_backup_is_verified_and_restored_whole(story):
    made, restored = story.told["backup make"].json, story.told["backup restore"].json
    assert made["ok"]
    assert made["counts"] == restored["counts"]


def test_the_doctor_names_what_it_found(story):
    assert story.told["book doctor"].json["ok"], story.told["book doctor"].out
    assert "操作记录链" in story.told["doctor plain"].out
    wrong = [one for one in story.told["doctor restored"].json["checks"] if not one["ok"]]
    assert [one["name"] for one in wrong] == ["backups"]
    assert is_problem(wrong[0]["problem"])


def test_the_public_notice_holds_no_number(story):
    from tests.xmdesk.documents.reading import page_texts

    for name in ("公示.pdf", "公示清单.pdf"):
        text = "".join(page_texts(story.at(name).read_bytes()))
        assert "公示版" in text
        assert not [one for one in _numbers_in_ledgers() if one in text]


WRITERS = (
    ("book new", "book", "new", "村", "--code", VILLAGE),
    ("template", "register", "template", "persons", "--out", "人员表.xlsx"),
    ("export", "register", "export", "村", "persons", "--out", "人员.xlsx"),
    ("trust request", "trust", "request", "村", "--out", "申请.pdf"),
    ("print", "print", "村", "facilities", "--out", "设施.pdf"),
)


@pytest.mark.parametrize("words", WRITERS, ids=lambda words: words[0])
def test_nothing_is_overwritten_without_force(story, words):
    names = {"村", "人员表.xlsx", "人员.xlsx", "申请.pdf", "设施.pdf"}
    given = [story.at(one) if one in names else one for one in words[1:]]
    target = given[-1] if isinstance(given[-1], Path) else story.at("村") / "book.keybox"
    before = target.read_bytes()
    told = story.run(*given, expect=3)
    assert told.json["error"]["to_do"]
    assert target.read_bytes() == before


def test_force_overwrites(story):
    path = story.at("人员表.xlsx")
    path.write_bytes(b"old")
    story.run("register", "template", "persons", "--out", path, "--force")
    assert path.read_bytes()[:2] == b"PK"


TROUBLES = {
    "wrong password": (3, ("book", "show", "村")),
    "missing book": (3, ("book", "show", "没有这个册")),
    "missing file": (3, ("register", "import", "村", "facilities", "没有.xlsx")),
    "hostile file": (4, ("register", "import", "村", "facilities", "炸弹.xlsx")),
    "unknown register": (2, ("register", "rows", "村", "ships")),
    "bad period": (2, ("check", "村", "--period", "2026Q9")),
    "bad day": (2, ("register", "rows", "村", "facilities", "--as-of", "昨天")),
    "bad code": (2, ("book", "new", "新册", "--code", "12")),
    "no trust given": (2, ("verify", "申请.pdf")),
    "no such submission": (3, ("review", "accept", "区", "ZZZZ-ZZZZ", "--out", "x.pdf")),
    "not a document": (4, ("receipt", "take", "村", "更正.json")),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_ends_with_its_exit_code_and_one_json_object(story, name):
    code, words = TROUBLES[name]
    story.at("炸弹.xlsx").write_bytes(_macro_book(story.at("人员.xlsx")))
    files = {"村", "区", "没有这个册", "没有.xlsx", "炸弹.xlsx", "新册", "申请.pdf", "x.pdf", "更正.json"}
    given = [story.at(one) if one in files else one for one in words]
    told = story.run(*given, expect=code, password="错的口令" if name == "wrong password" else None)
    assert is_problem(told.json["error"]), told.out
    assert told.json["error"]["to_do"]


def _macro_book(path: Path) -> bytes:
    import zipfile
    from io import BytesIO

    content = BytesIO(path.read_bytes())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return content.getvalue()


def test_a_password_may_stand_in_a_file(story):
    story.at("口令.txt").write_text(story.run.password + "\n", "utf-8")
    told = story.run("register", "list", story.at("村"), "--password-file", story.at("口令.txt"), password="")
    assert len(told.json["registers"]) == 9


def test_a_damaged_book_is_told_as_such(story, tmp_path):
    broken = tmp_path / "坏册"
    shutil.copytree(story.at("还原"), broken)
    base = broken / "台账.db"
    content = bytearray(base.read_bytes())
    content[8192:16384] = bytes(8192)
    base.write_bytes(content)
    told = story.run("book", "doctor", broken, expect=3)
    assert is_problem(told.json["error"])

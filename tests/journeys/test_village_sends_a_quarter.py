"""A village keeps its ledgers and sends a quarter, the district answers: what each step of the journey means."""

import re
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.quarter import PERIOD, VILLAGE, numbers_in_ledgers
from tests.journeys.terminal import SHEETS, is_problem


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
    assert all("文化" in row["name"] + row["kind"] for row in found["rows"])
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
    secrets = numbers_in_ledgers()
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
    assert "退回单还有 1 条没有答复" in story.told["seal again"].err


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


@pytest.mark.parametrize("step", ["indicators", "indicators of the district"])
def test_every_target_tells_clause_value_threshold_verdict_and_rows(story, step):
    told = story.told[step].json["indicators"]
    assert len(told) > 10
    for one in told:
        assert {"clause", "value", "threshold", "verdict", "rows"} <= set(one)
        assert one["clause"]
        assert one["verdict"]


def test_a_backup_is_verified_and_restored_whole(story):
    made, restored = story.told["backup make"].json, story.told["backup restore"].json
    assert made["ok"]
    assert made["counts"] == restored["counts"]


def test_the_doctor_names_what_it_found(story):
    assert story.told["book doctor"].json["ok"], story.told["book doctor"].out
    assert "操作记录链" in story.told["doctor plain"].out
    wrong = [one for one in story.told["doctor restored"].json["checks"] if one["problem"]]
    assert [one["name"] for one in wrong] == ["backups"]
    assert is_problem(wrong[0]["problem"])


def test_the_public_notice_holds_no_number(story):
    from tests.xmdesk.documents.reading import page_texts

    for name in ("公示.pdf", "公示清单.pdf"):
        text = "".join(page_texts(story.at(name).read_bytes()))
        assert "公示版" in text
        assert not [one for one in numbers_in_ledgers() if one in text]

"""What people read of a backup."""

from pathlib import Path

from xmdesk.services.backups import BackupFile, contents_words


def backup(counts: dict[str, int]) -> BackupFile:
    return BackupFile(Path("备份_20261123-120000_m0001_00000000.db"), "2026-11-23T04:00:00Z", "定时", 1, counts)


def test_what_is_filled_is_counted_in_words() -> None:
    assert contents_words({"facilities": 10, "persons": 7, "trainings": 0, "history_step": 44}) == "设施 10，人员 7"


def test_a_district_counts_what_it_received() -> None:
    assert backup({"submissions": 3, "roster": 38}).contents == "上报件 3，名册单位 38"


def test_an_empty_book_and_an_unknown_one_are_told_apart() -> None:
    assert backup({"facilities": 0}).contents == "还没有记录"
    assert backup({}).contents == "核对后才知道"

"""The yearly list on its page: opened, confirmed, changed, ended, compared, finalised, read-only, opened again."""

from datetime import date
from pathlib import Path

import pytest

from tests.ui.pages import show_fresh
from tests.ui.said import Said
from tests.ui.typing import commit
from ui.rolling.page import RollingPage
from ui.shared.surroundings import Surroundings
from ui.shared.typed import put_texts, unread_texts
from xmdesk.records.codes import DutyChange, ListState
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RollingPage:
    return show_fresh(qtbot, RollingPage(desk, around))


@pytest.fixture
def next_year(page: RollingPage) -> RollingPage:
    page.go(2027)
    page.open_year.click()
    return page


def shown(page: RollingPage) -> list[str]:
    return [one.key for one in page.confirm.table.lines.lines]


def confirm_all(page: RollingPage) -> None:
    page.confirm._all.click()
    page.confirm.do.click()


def finalise(page: RollingPage) -> None:
    days = {"notice_from": date(2026, 11, 1), "notice_to": date(2026, 11, 10), "meeting_on": date(2026, 11, 12)}
    page.final.asking.fill(**days, reviewed_by="叶美澄")
    page.final.finalise.click()


def test_a_new_year_opens_with_every_item_unconfirmed(next_year: RollingPage) -> None:
    assert next_year.remark.text() == "2027年度 · 草稿"
    assert len(shown(next_year)) == 5
    assert "已确认 0 / 5 项" in next_year.confirm._words.text()
    assert not next_year.opening.isVisible()


def test_a_year_after_next_cannot_be_opened(page: RollingPage) -> None:
    page.go(2030)

    assert page.year == 2027
    assert not page.on.isEnabled()


def test_a_year_without_any_list_before_says_what_to_do(page: RollingPage) -> None:
    page.go(2020)

    assert "都没有管护条目" in page._opening_words.text()
    assert not page.open_year.isVisible()


def test_ticked_items_are_confirmed_in_one_step(next_year: RollingPage, desk: Desk) -> None:
    next_year.confirm.table.tick(shown(next_year)[:3])
    next_year.confirm.do.click()

    assert len(shown(next_year)) == 2
    assert "已确认 3 / 5 项" in next_year.confirm._words.text()
    step = desk.store.undoable()
    assert step is not None
    assert step.label == "确认管护条目 3项"


def test_only_a_year_after_another_is_confirmed_as_unchanged(page: RollingPage) -> None:
    def said() -> tuple[str, str, str]:
        page.confirm._all.click()
        return page.confirm.verbs[DutyChange.CONTINUED].text(), page.confirm.do.text(), page.confirm._hint.text()

    first = said()
    page.go(2027)
    page.open_year.click()

    assert first == ("确认", "确认 5 项", "上年没有清单，写得对就确认。")
    assert said() == ("确认不变", "确认不变 5 项", "和上年一样，人、钱、频次都没有变；本年新增的，写得对就确认。")


def test_ending_items_wants_a_reason(next_year: RollingPage, desk: Desk, said: Said) -> None:
    uid = shown(next_year)[0]
    next_year.confirm.table.tick([uid])
    next_year.confirm.verbs[DutyChange.STOPPED].click()
    next_year.confirm.do.click()
    refused, cursor = list(said.told), next_year.focusWidget()
    commit(next_year.confirm.reason, "道路改造，不再使用")
    next_year.confirm.do.click()

    one = desk.store.get(MaintenanceDuty, uid)
    assert refused[0][0] == "要写明原因"
    assert cursor is next_year.confirm.reason
    assert not next_year.confirm.reason.isUndoAvailable()  # Ctrl+Z in it means the book
    assert one is not None
    assert (one.change, one.change_reason) == (DutyChange.STOPPED, "道路改造，不再使用")
    assert "核销 1" in next_year.differences._words.text()


def test_a_change_is_confirmed_one_at_a_time_with_old_and_new(next_year: RollingPage, desk: Desk) -> None:
    uid, other = shown(next_year)[:2]
    one = desk.store.get(MaintenanceDuty, uid)
    assert one is not None
    desk.registers.save(one.changed(keeper="榕下保洁队"))
    next_year.confirm.verbs[DutyChange.CHANGED].click()
    next_year.confirm.table.tick([uid, other])
    is_refused = not next_year.confirm.do.isEnabled()
    next_year.confirm.table.tick([other], on=False)
    next_year.confirm.reason.setText("换了保洁队")
    next_year.confirm.do.click()

    line = next_year.differences.table.lines.lines[0]
    assert is_refused
    assert line.cells[0] == "变更"
    assert line.cells[2:] == ("管护主体 榕下村村民委员会 → 榕下保洁队", "换了保洁队")


def test_enter_on_an_item_opens_its_form(next_year: RollingPage, around) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    next_year.confirm.open.click()

    assert went == [("duties", shown(next_year)[0], "")]


def test_finalising_waits_for_every_item(next_year: RollingPage) -> None:
    assert not next_year.final.finalise.isEnabled()
    confirm_all(next_year)
    assert next_year.final.finalise.isEnabled()


def test_finalising_names_the_days_it_wants_in_place(next_year: RollingPage, said: Said) -> None:
    confirm_all(next_year)
    next_year.final.finalise.click()
    final = next_year.final._words.text()
    next_year.final.announce.click()

    assert said.told == []
    assert final == "公示起、公示止、村民(代表)会议日期还没有填写，请补上再点一次。"
    assert next_year.final._words.text() == "公示起、公示止还没有填写，请补上再点一次。"
    assert next_year.final._words.property("tone") == "wrong"


def test_a_finalised_year_is_read_only_says_why_and_opens_again(next_year: RollingPage, said: Said) -> None:
    confirm_all(next_year)
    finalise(next_year)
    listed = next_year.rolling.list_of(2027)
    words = next_year.banner._words.text()
    hidden = not next_year.confirm._acts.isVisible()
    next_year.banner.reopened.emit("村民提出异议")
    again = next_year.rolling.list_of(2027)

    assert said.told == []
    assert listed is not None
    assert listed.state is ListState.FINAL
    assert "审核人 叶美澄" in words
    assert "2026年11月12日" in words
    assert hidden
    assert again is not None
    assert again.state is ListState.DRAFT
    assert next_year.confirm._acts.isVisible()


def test_the_notice_is_noted(next_year: RollingPage) -> None:
    next_year.final.asking.fill(notice_from=date(2026, 11, 20), notice_to=date(2026, 11, 30))
    next_year.final.announce.click()

    assert next_year.remark.text() == "2027年度 · 公示中"


def test_the_difference_table_is_written_as_pdf(
    qtbot, next_year: RollingPage, around, said: Said, tmp_path: Path
) -> None:
    said.answers = [tmp_path / "变动表.pdf"]
    next_year.print_differences()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)

    assert (tmp_path / "变动表.pdf").read_bytes().startswith(b"%PDF")


def test_an_item_changed_after_it_was_confirmed_waits_for_its_reason(next_year: RollingPage, desk: Desk) -> None:
    confirm_all(next_year)
    (uid, *_) = (one.uid for one in next_year.rolling.items(2027))
    one = desk.store.get(MaintenanceDuty, uid)
    assert one is not None
    desk.registers.save(one.changed(keeper="榕下保洁队"))
    next_year.refresh()

    (line,) = next_year.confirm.table.lines.lines
    assert (line.key, line.cells[4]) == (uid, "缺原因")
    assert "已确认 4 / 5 项" in next_year.confirm._words.text()
    assert not next_year.final.finalise.isEnabled()

    next_year.confirm.table.tick([uid])
    next_year.confirm.verbs[DutyChange.CHANGED].click()
    next_year.confirm.reason.setText("换了保洁队")
    next_year.confirm.do.click()

    assert "可以定稿" in next_year.confirm._words.text()
    assert next_year.final.finalise.isEnabled()


def test_confirming_says_what_was_left_alone(next_year: RollingPage, desk: Desk, around: Surroundings) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    changed, ended, *_ = next_year.rolling.items(2027)
    desk.registers.save(changed.changed(keeper="榕下保洁队"))
    next_year.rolling.retire([ended.uid], kind=DutyChange.STOPPED, reason="填平", by="郑小满")
    next_year.confirm.only_open.setChecked(False)

    confirm_all(next_year)

    assert told[-1] == "已确认 3 项，1 项和上年不同，要选“有变更”写明原因，1 项已经核销，没有动"


def test_an_ended_item_is_restored_where_it_was_ended(next_year: RollingPage, desk: Desk, said: Said) -> None:
    ended = next_year.rolling.items(2027)[0]
    next_year.rolling.retire([ended.uid], kind=DutyChange.STOPPED, reason="填平", by="郑小满")
    next_year.refresh()
    before = shown(next_year)

    next_year.confirm.verbs[DutyChange.RESTORED].click()
    next_year.confirm.table.tick([ended.uid])
    next_year.confirm.reason.setText("又用上了")
    next_year.confirm.do.click()

    one = desk.store.get(MaintenanceDuty, ended.uid)
    assert ended.uid not in before
    assert said.told == []
    assert one is not None
    assert (one.change, one.change_reason) == (DutyChange.RESTORED, "又用上了")


def test_what_was_added_to_the_year_before_is_offered_and_carried_over(next_year: RollingPage, desk: Desk) -> None:
    confirm_all(next_year)
    desk.registers.save(MaintenanceDuty(year=2026, subject="新建文化墙"))
    next_year.refresh()
    words = next_year._opening_words.text()
    counts = next_year.differences._words.text()
    final = next_year.final._words.text()

    next_year.open_year.click()

    assert words.startswith("2026年度的“新建文化墙”不在2027年度的清单里。")
    assert counts == "新增 0，变更 0，核销 0，未变 5，未带入 1"
    assert final.startswith("上年还有 1 项没有带过来。")
    assert not next_year.opening.isVisible()
    assert [line.cells[0] for line in next_year.confirm.table.lines.lines] == ["新建文化墙"]


def test_a_finalised_year_says_what_it_left_behind_and_how_to_carry_it_over(next_year: RollingPage, desk: Desk) -> None:
    confirm_all(next_year)
    finalise(next_year)
    desk.registers.save(MaintenanceDuty(year=2026, subject="新建文化墙"))
    next_year.refresh()

    assert next_year._opening_words.text().endswith("2027年度已经定稿，要带过来先重新打开。")
    assert not next_year.open_year.isVisible()
    assert next_year.differences.table.lines.lines[0].cells[:3] == ("未带入", "新建文化墙", "上年有，还没有带过来")


def test_a_year_whose_items_all_ended_has_nothing_to_carry_over(page: RollingPage) -> None:
    every = [one.uid for one in page.rolling.items(2026)]
    page.rolling.retire(every, kind=DutyChange.SCRAPPED, reason="整村搬迁", by="郑小满")
    page.go(2027)

    assert page._opening_words.text().startswith("2026年度的条目都已经核销")
    assert not page.open_year.isVisible()


def test_days_begun_stay_when_the_page_looks_again_and_when_another_year_was_in_front(next_year: RollingPage) -> None:
    dates = next_year.final.asking
    dates.fill(notice_from=date(2026, 11, 1))
    put_texts(dates.fields, {"notice_to": "十一月"})

    next_year.refresh()
    confirm_all(next_year)
    kept = dates.fields["notice_from"].read(), unread_texts(dates.fields)
    next_year.go(2026)
    elsewhere = dates.fields["notice_from"].read(), unread_texts(dates.fields)
    next_year.go(2027)

    assert kept == (date(2026, 11, 1), {"notice_to": "十一月"})
    assert elsewhere == (None, {})
    assert (dates.fields["notice_from"].read(), unread_texts(dates.fields)) == kept


def test_what_the_book_says_anew_of_a_list_is_shown(next_year: RollingPage) -> None:
    dates = next_year.final.asking
    dates.fill(notice_from=date(2026, 11, 1), notice_to=date(2026, 11, 10))
    first, last = date(2026, 11, 5), date(2026, 11, 12)
    next_year.rolling.announce(2027, first=first, last=last)
    next_year.refresh()

    assert (dates.fields["notice_from"].read(), dates.fields["notice_to"].read()) == (first, last)


def test_the_first_verb_is_heard_as_it_is_read(page: RollingPage) -> None:
    made = page.confirm.verbs[DutyChange.CONTINUED]
    assert made.accessibleName() == made.text() == "确认"


def test_after_a_year_that_was_left_out_the_way_leads_through_it(page: RollingPage, desk: Desk) -> None:
    with desk.store.change("x") as change:
        change.save_many([one.changed(year=2025) for one in desk.store.all(MaintenanceDuty)])
    page.go(2027)
    words, act = page._opening_words.text(), page.open_year.text()

    page.open_year.click()
    opened = page.year
    page.go(2027)

    assert (act, opened) == ("打开2026年度", 2026)
    assert words == "2026年度还没有清单，2025年度的有。先打开2026年度，确认以后再打开下一年。"
    assert page.open_year.text() == "打开2027年度"

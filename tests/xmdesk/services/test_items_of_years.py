"""An item that is not as it was the year before is never passed for unchanged, and none gets lost between two years."""

import pytest

from tests.xmdesk.documents.reading import page_texts
from tests.xmdesk.services.due_desk import TODAY, duty, saved
from tests.xmdesk.services.years import HELD, by_subject, last_year
from xmdesk.errors import Fault
from xmdesk.periods import Period
from xmdesk.records.codes import Assessment, DutyChange, ListState
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.desk import Desk
from xmdesk.services.items_of_years import FEW, left_behind, said_truly
from xmdesk.services.rolling import Rolling
from xmdesk.services.submitting import OpenErrors


def confirmed_and_changed(desk: Desk, rolling: Rolling) -> MaintenanceDuty:
    """An item that was confirmed as unchanged, and then was given another keeper."""
    last_year(desk, "公厕", "蓄水池")
    rolling.open_year(2026)
    rolling.confirm([one.uid for one in rolling.items(2026)], by="郑小满")
    desk.registers.save(by_subject(rolling)["蓄水池"].changed(keeper="自来水厂"))
    return by_subject(rolling)["蓄水池"]


def test_an_item_confirmed_as_unchanged_counts_as_changed_once_it_is(desk: Desk, rolling: Rolling) -> None:
    one = confirmed_and_changed(desk, rolling)
    period = Period("2026Q4")

    assert (one.change, one.change_reason, one.confirmed) == (DutyChange.CHANGED, "", True)
    assert [each.uid for each in rolling.unexplained(2026)] == [one.uid]
    asked = [each.where.field for each in desk.checking.all(period) if each.where.uid == one.uid]
    assert "change_reason" in asked
    with pytest.raises(Fault, match="ROLL-UNEXPLAINED"):
        rolling.finalise(2026, **HELD)

    rolling.change(one, reason="统一供水", by="郑小满")

    (changed,) = rolling.differences(2026).changed
    assert (changed.subject, changed.reason) == ("蓄水池", "统一供水")
    assert rolling.finalise(2026, **HELD).state is ListState.FINAL


@pytest.mark.parametrize("number", [FEW, FEW + 1])
def test_of_few_items_and_of_many_the_same_ones_count_as_changed(desk: Desk, rolling: Rolling, number: int) -> None:
    subjects = [f"公厕{one}" for one in range(number)]
    last_year(desk, *subjects)
    rolling.open_year(2026)
    others = [one.changed(item_no=f"GH2026-{9000 + at}") for at, one in enumerate(rolling.items(2026))]
    claimed = [
        one.changed(confirmed=True, keeper=("自来水厂" if at % 2 else one.keeper)) for at, one in enumerate(others)
    ]

    told = said_truly(desk.store, claimed)

    wanted = [DutyChange.CHANGED if at % 2 else DutyChange.CONTINUED for at in range(number)]
    assert [one.change for one in told] == wanted


def test_a_claim_of_an_older_book_is_not_believed_either(desk: Desk, rolling: Rolling) -> None:
    one = confirmed_and_changed(desk, rolling)
    with desk.store.change("旧版本") as change:
        change.save(one.changed(change=DutyChange.CONTINUED))

    assert [each.uid for each in rolling.unexplained(2026)] == [one.uid]


def test_what_is_said_anew_every_year_changes_nothing_that_was_confirmed(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕")
    rolling.open_year(2026)
    rolling.confirm([by_subject(rolling)["公厕"].uid], by="郑小满")

    desk.registers.save(by_subject(rolling)["公厕"].changed(assessment=Assessment.GOOD, noticed_on=TODAY))

    assert by_subject(rolling)["公厕"].change is DutyChange.CONTINUED
    assert rolling.unexplained(2026) == []


def test_in_the_first_year_nothing_is_different(desk: Desk, rolling: Rolling) -> None:
    (one,) = saved(desk, duty("公厕"))
    rolling.confirm([one.uid], by="郑小满")
    desk.registers.save(by_subject(rolling)["公厕"].changed(location="村口"))

    assert by_subject(rolling)["公厕"].change is DutyChange.CONTINUED
    assert by_subject(rolling)["公厕"].confirmed


def test_only_what_is_as_it_was_is_confirmed_as_unchanged(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕", "道路", "旧桥")
    rolling.open_year(2026)
    items = by_subject(rolling)
    desk.registers.save(items["道路"].changed(location="至学校"))
    rolling.retire([items["旧桥"].uid], kind=DutyChange.STOPPED, reason="封闭", by="郑小满")

    done = rolling.confirm([one.uid for one in items.values()], by="郑小满")

    assert done.number == 1
    assert [one.subject for one in done.changed] == ["道路"]
    assert [one.subject for one in done.ended] == ["旧桥"]
    assert [one.subject for one in rolling.unconfirmed(2026)] == ["道路"]
    for subject, code in (("道路", "ROLL-DIFFERS"), ("旧桥", "ROLL-ENDED")):
        with pytest.raises(Fault) as caught:
            rolling.confirm([items[subject].uid], by="郑小满")
        assert caught.value.code == code
        assert subject in caught.value.happened


def test_what_was_changed_back_is_confirmed_as_unchanged(desk: Desk, rolling: Rolling) -> None:
    one = confirmed_and_changed(desk, rolling)
    desk.registers.save(one.changed(keeper="村委会"))

    rolling.confirm([one.uid], by="郑小满")

    assert by_subject(rolling)["蓄水池"].change is DutyChange.CONTINUED
    assert len(rolling.differences(2026).unchanged) == 2


def test_ended_items_are_restored_not_changed_and_standing_ones_are_not_restored(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕", "旧桥")
    rolling.open_year(2026)
    items = by_subject(rolling)
    rolling.retire([items["旧桥"].uid], kind=DutyChange.STOPPED, reason="封闭", by="郑小满")

    with pytest.raises(Fault, match="ROLL-ENDED"):
        rolling.change(by_subject(rolling)["旧桥"], reason="改", by="郑小满")
    with pytest.raises(Fault, match="ROLL-STANDS"):
        rolling.restore([one.uid for one in items.values()], reason="修复", by="郑小满")


def test_what_is_added_to_the_old_list_later_is_left_to_be_carried_over(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕")
    rolling.open_year(2026)
    rolling.confirm([one.uid for one in rolling.items(2026)], by="郑小满")
    last_year(desk, "文化墙", change=DutyChange.ADDED)

    found = rolling.differences(2026)
    text = "".join("".join(page_texts(rolling.printed(2026))).split())
    carried = rolling.open_year(2026).carried

    assert [one.subject for one in found.uncarried] == ["文化墙"]
    assert found.retired == ()
    assert "核销0项，未变1项。另有上年的1项还没有带入本年清单。" in text
    assert "未带入" in text
    assert carried == 1
    assert [one.subject for one in rolling.unconfirmed(2026)] == ["文化墙"]
    assert rolling.uncarried(2026) == []


def test_lists_imported_without_numbers_are_matched_by_their_words(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕", location="村口")
    saved(desk, duty("公厕", location="村口", confirmed=True, keeper="保洁队"))

    found = rolling.differences(2026)

    assert rolling.uncarried(2026) == []
    assert [one.subject for one in found.changed] == ["公厕"]
    assert by_subject(rolling)["公厕"].change is DutyChange.CHANGED


def test_a_list_that_was_not_opened_is_no_nil_answer_while_last_years_items_live(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕", "蓄水池")
    period, submitting = Period("2026Q1"), desk.submitting
    submitting.answer_nil(period, ["duties"], is_nil=True)

    found = [one for one in desk.checking.all(period) if one.code == "C-LIST-UNOPENED"]
    (form,) = [one for one in submitting.forms(period) if one.name == "duties"]
    with pytest.raises(OpenErrors) as why:
        submitting.checked(submitting.draft(period), submitting.approval())
    rolling.open_year(2026)

    assert [one.text for one in found] == ["2026年度管护清单还没有打开，2025年度还有2项，不能作零报告。"]
    assert (form.unopened, form.is_answered) == (2026, False)
    assert "C-LIST-UNOPENED" in [one.code for one in why.value.problems]
    assert "C-LIST-UNOPENED" not in [one.code for one in desk.checking.all(period)]


def test_a_list_whose_items_all_ended_or_were_taken_out_may_be_nil(desk: Desk) -> None:
    last_year(desk, "公厕", change=DutyChange.SCRAPPED, change_reason="拆了")
    ended = left_behind(desk.store, 2026)
    last_year(desk, "蓄水池")
    saved(desk, duty("蓄水池", retired_on="2026-02-01", retired_reason="不归村里管"))

    assert (ended, left_behind(desk.store, 2026)) == (0, 0)

"""What is noticed while a book is opened, and told without keeping it closed."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from db.book import OpenBook
from tests.db.test_book import add, refused
from xmdesk import clock


def test_a_broken_chain_is_a_notice_and_the_book_still_opens(opened: Callable[[], OpenBook]) -> None:
    first = opened()
    add(first)
    first.store.connections.raw_writer.execute("DROP TRIGGER history_step_update")
    first.store.connections.raw_writer.execute("UPDATE history_step SET label = 'x' WHERE number = 2")
    first.close()

    second = opened()
    assert [(one.code, one.facts["step"]) for one in second.notices] == [("DB-AUDIT-BROKEN", 2)]


@pytest.mark.parametrize(("back", "by"), [(1, "1 天"), (95, "3 个月"), (740, "2 年")])
def test_a_clock_that_went_back_since_the_last_use_is_a_notice(
    opened: Callable[[], OpenBook], back: int, by: str
) -> None:
    with clock.frozen(datetime(2027, 1, 5, tzinfo=UTC)):
        first = opened()
        add(first)
        first.close()
    with clock.frozen(datetime(2027, 1, 5, tzinfo=UTC) - timedelta(days=back)):
        second = opened()
        second.close()
    assert [(one.code, one.facts["by"]) for one in second.notices] == [("DB-CLOCK-BACK", by)]
    with clock.frozen(datetime(2027, 1, 4, 20, tzinfo=UTC)):
        assert opened().notices == []


def test_too_little_space_is_refused_and_little_space_is_a_notice(
    opened: Callable[[], OpenBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    total = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: total._replace(free=3 << 20))
    with refused("DB-SPACE"):
        opened()

    monkeypatch.setattr(shutil, "disk_usage", lambda _: total._replace(free=300 << 20))
    assert [one.code for one in opened().notices] == ["DB-SPACE-LOW"]

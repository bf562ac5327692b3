"""Answers to returns that were begun stay until they are given."""

from db.store import SqlStore
from xmdesk.services.answers_begun import AnswersBegun, Begun
from xmdesk.services.reviewing import Point

POINT = Point("facilities", "", "hours", "没有写星期", row_no=3, title="党群服务中心", label="开放时间")


def test_what_was_kept_is_there_when_the_book_is_opened_again(store: SqlStore) -> None:
    begun = AnswersBegun(store)
    begun.put("first", Begun((POINT,), "已核实"))
    begun.put("second", Begun((), "请快"))
    begun.keep()

    again = AnswersBegun(store)

    assert (again.of("first"), again.of("second")) == (Begun((POINT,), "已核实"), Begun((), "请快"))


def test_an_answer_that_was_given_is_forgotten(store: SqlStore) -> None:
    begun = AnswersBegun(store)
    begun.put("first", Begun((POINT,)))
    begun.keep()
    begun.put("first", Begun())
    begun.keep()

    assert AnswersBegun(store).of("first") == Begun()


def test_keeping_is_no_step_that_undo_takes_back_and_is_not_repeated(store: SqlStore) -> None:
    undoable = store.undoable()
    begun = AnswersBegun(store)
    begun.put("first", Begun((POINT,)))
    begun.keep()
    steps = store.steps()
    begun.keep()

    assert store.steps() == steps
    assert store.undoable() == undoable

"""The strip at the bottom: words that are too long lose their middle, never what they end with."""

from PySide6.QtGui import QFontMetrics

from ui.foot import Foot, without_middle
from ui.shared.icons import Icons
from ui.shared.theme import Theme

LONG = f"已保存：{'桥头老年人活动中心暨' * 8}农家书屋。“备注”看不懂，还没有保存"


def test_a_long_name_gives_way_and_the_end_stays_in_view(qtbot) -> None:
    foot = Foot(Icons(Theme()))
    qtbot.addWidget(foot)
    foot.resize(900, foot.sizeHint().height())
    foot.show()
    foot.show_steps("修改设施 党群服务中心：状态", "")

    foot.say(LONG)

    told = foot._words
    assert told.text().startswith("已保存：")
    assert told.text().endswith("“备注”看不懂，还没有保存")
    assert told.fontMetrics().horizontalAdvance(told.text()) <= told.width()
    assert (told.toolTip(), told.accessibleName()) == (LONG, LONG)
    assert foot.width() == 900


def test_in_more_room_more_is_said(qtbot) -> None:
    foot = Foot(Icons(Theme()))
    qtbot.addWidget(foot)
    foot.resize(500, foot.sizeHint().height())
    foot.show()
    foot.say(LONG)
    before = foot._words.text()

    foot.resize(3000, foot.height())

    assert before != LONG
    assert (foot._words.text(), foot._words.toolTip()) == (LONG, "")


def test_a_narrow_place_shows_two_thirds_of_the_end(qapp) -> None:
    metrics = QFontMetrics(qapp.font())
    shown = without_middle("甲" * 30 + "乙" * 30, metrics.horizontalAdvance("乙" * 13), metrics)

    assert shown.count("乙") >= 2 * shown.count("甲") - 1
    assert "甲…乙" in shown

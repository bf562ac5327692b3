"""Every icon that the program names exists in the font that is shipped."""

import pytest

from ui.shared.icons import NAMES, Icons
from ui.shared.theme import Theme


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_named_icon_can_be_drawn(qapp, name: str) -> None:
    icons = Icons(Theme())
    icons.wake()

    assert not icons.get(name).pixmap(17, 17).isNull()

"""What every page is given besides its services."""

from dataclasses import dataclass

from ui.shared.changes import Changes, Travel
from ui.shared.dialogs import Dialogs
from ui.shared.icons import Icons
from ui.shared.preferences import Preferring
from ui.shared.work import Work


@dataclass(frozen=True)
class Surroundings:
    """Doing, asking, telling others, going elsewhere, icons, and what the person prefers."""

    work: Work
    dialogs: Dialogs
    changes: Changes
    travel: Travel
    icons: Icons
    preferring: Preferring

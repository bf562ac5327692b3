"""What every page is given besides its services."""

from dataclasses import dataclass, field

from ui.shared.changes import Changes, Travel
from ui.shared.copied import Copied
from ui.shared.dialogs import Dialogs
from ui.shared.icons import Icons
from ui.shared.preferences import Preferring
from ui.shared.work import Work


@dataclass(frozen=True)
class Surroundings:
    """Doing, asking, telling others, going elsewhere, icons, what the person prefers, and what was copied last."""

    work: Work
    dialogs: Dialogs
    changes: Changes
    travel: Travel
    icons: Icons
    preferring: Preferring
    copied: Copied = field(default_factory=Copied)

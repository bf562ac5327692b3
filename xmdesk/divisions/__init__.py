"""Administrative divisions: the national list (2023, 665,276 entries), found by code, tree and name, and a district's
own roster laid over it.
"""

from xmdesk.divisions.codes import Division, Level, is_code_shape, padded, unpadded
from xmdesk.divisions.national import Divisions
from xmdesk.divisions.overlay import RosteredDivisions
from xmdesk.divisions.picking import Picking
from xmdesk.divisions.reading import RosterReading, read_roster, roster_rows
from xmdesk.divisions.roster import FormerCode, OfficeKind, Roster, RosterEntry

__all__ = [
    "Division",
    "Divisions",
    "FormerCode",
    "Level",
    "OfficeKind",
    "Picking",
    "Roster",
    "RosterEntry",
    "RosterReading",
    "RosteredDivisions",
    "is_code_shape",
    "padded",
    "read_roster",
    "roster_rows",
    "unpadded",
]

"""Days that cannot lie after today are known where they are typed."""

import ast

from tests.house.tree import called_name, calls, python_files
from xmdesk.checks.days import HAPPENED


def refused_after_today() -> set[str]:
    """Names of fields given to the checks of days that have passed."""
    found: set[object] = set()
    for path in python_files("xmdesk/checks"):
        for call in calls(path):
            if called_name(call) == "check_past":
                found |= {one.value for one in call.args if isinstance(one, ast.Constant)}
            if called_name(call) == "check_spans":
                found |= {
                    one.value.value
                    for one in call.keywords
                    if one.arg == "start" and isinstance(one.value, ast.Constant)
                }
    return {one for one in found if isinstance(one, str)}


def test_the_days_that_have_happened_are_those_the_checks_refuse_after_today() -> None:
    assert set(HAPPENED) == {name for name in refused_after_today() if not name.endswith("_year")}

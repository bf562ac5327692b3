import pytest

from xmdesk.errors import WrongUse
from xmdesk.periods import Period


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026", "2026"),
        ("2026h1", "2026H1"),
        ("2026-Q4", "2026Q4"),
        (" ２０２６－１１ ", "2026-11"),
        ("20２６Q4", "2026Q4"),
    ],
)
def test_a_period_is_read_as_the_contract_writes_it(typed: str, read: str) -> None:
    assert Period.parse(typed).text == read


@pytest.mark.parametrize("typed", ["", "2026Q5", "2026-13", "2026Q4x", "2026-11-29", "1999", "26年", "20২৬"])
def test_what_is_no_period_is_wrong_use(typed: str) -> None:
    with pytest.raises(WrongUse) as why:
        Period.parse(typed)
    assert why.value.code == "PERIOD-SHAPE"

import pytest

from tests.xmdesk.trust.forging import wide
from xmdesk.errors import WrongUse
from xmdesk.trust.passwords import check_password, joint_password


@pytest.mark.parametrize("password", ["correct horse", "一二三四五六七八", "8fW!kq2x", "茶山 落日 十七"])
def test_a_password_of_eight_unpredictable_characters_is_taken(password: str) -> None:
    check_password(password)


@pytest.mark.parametrize("password", ["", "a", "ab12!de", "一二三四五六七"])
def test_a_password_under_eight_characters_is_refused(password: str) -> None:
    with pytest.raises(WrongUse) as refused:
        check_password(password)
    assert refused.value.code == "T-PASSWORD-SHORT"
    assert "8" in refused.value.happened


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PassWord",
        wide("password"),
        "qwertyui",
        "woaini1314",
        "88888888",
        "abababab",
        "12345678",
        "87654321",
    ],
)
def test_a_password_that_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(WrongUse) as refused:
        check_password(password)
    assert refused.value.code == "T-PASSWORD-COMMON"


def test_two_officers_passphrases_cannot_be_cut_at_another_place() -> None:
    assert joint_password("ab", "c") != joint_password("a", "bc")
    assert joint_password("1:a", "b") != joint_password("", "1:a1:b")


def test_two_officers_passphrases_are_the_same_in_full_width() -> None:
    assert joint_password(wide("ab"), wide("c")) == joint_password("ab", "c")

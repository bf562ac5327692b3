"""How verdicts and states look: word, colour meaning and icon together, never colour alone."""

VERDICTS = {
    "accept": ("已接收", "good", "good"),
    "notice": ("已接收，有提示", "explained", "explained"),
    "hold": ("待核", "missing", "missing"),
    "duplicate": ("以前收过", "", "file"),
    "refuse": ("不能接收", "wrong", "wrong"),
}
STATES = {
    "未到": "missing",
    "逾期": "wrong",
    "已到": "explained",
    "零报告": "note",
    "待核": "missing",
    "已通过": "good",
    "退回": "wrong",
}


def verdict_look(verdict: str) -> tuple[str, str, str]:
    """Return word, tone and icon of a verdict."""
    return VERDICTS.get(verdict, (verdict, "", "file"))

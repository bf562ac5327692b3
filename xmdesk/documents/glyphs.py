"""Which texts of a document could not be printed, and where they stand: known before anything is sealed."""

from collections.abc import Iterator, Sequence

from xmdesk.documents.fonts import missing
from xmdesk.documents.parts import CoverPage, Part, RegisterForm, TextPage
from xmdesk.problems import Problem, Where, problem

Placed = tuple[Where, str]


def undrawable(parts: Sequence[Part]) -> list[Problem]:
    """Return one ``PAPER-GLYPHS`` problem for every text with a character that no font draws."""
    found: list[Problem] = []
    for part in parts:
        placed = list(_texts(part))
        if missing("".join(text for _, text in placed)):
            found.extend(_glyphs(where, missing(text)) for where, text in placed if missing(text))
    return found


def _glyphs(where: Where, characters: Sequence[str]) -> Problem:
    named = "、".join(f"{one}（U+{ord(one):04X}）" if one.isprintable() else f"U+{ord(one):04X}" for one in characters)
    place = "·".join(text for text in (where.title, f"第{where.row}行" if where.row else "", where.label) if text)
    return problem("PAPER-GLYPHS", where, place=place, characters=named)


def _texts(part: Part) -> Iterator[Placed]:
    yield Where(title=part.title, label="标题"), part.title
    if isinstance(part, RegisterForm):
        yield from _register_texts(part)
    elif isinstance(part, CoverPage):
        yield from _cover_texts(part)
    else:
        yield from _page_texts(part)


def _register_texts(form: RegisterForm) -> Iterator[Placed]:
    for number, row in enumerate(form.rows, start=1):
        for column, text in zip(form.columns, row, strict=True):
            yield Where(title=form.title, row=number, label=column.heads[-1]), text
    for column, text in zip(form.columns, form.totals or ("",) * len(form.columns), strict=True):
        yield Where(title=form.title, label=f"合计·{column.heads[-1]}"), text
    for column in form.columns:
        yield Where(title=form.title, label="表头"), "".join(column.heads)
    around = (
        ("填报单位", form.office),
        ("报告期", form.subtitle),
        ("计量单位", form.unit),
        *(("注", one) for one in form.notes),
    )
    for label, text in (*around, *(form.signature.fields() if form.signature else ())):
        yield Where(title=form.title, label=label), text


def _cover_texts(part: CoverPage) -> Iterator[Placed]:
    for label, text in (("单位", part.office), ("报告期", part.period), *part.facts, *part.counts):
        yield Where(title=part.title, label=label), text
    for text in (*part.paragraphs, *part.sentences):
        yield Where(title=part.title, label="正文"), text
    for line in part.contents:
        yield Where(title=part.title, label="报送内容"), line.title + line.state
    for label, text in part.signature.fields() if part.signature else ():
        yield Where(title=part.title, label=label), text


def _page_texts(part: TextPage) -> Iterator[Placed]:
    yield Where(title=part.title, label="副标题"), part.subtitle
    for section in part.sections:
        yield Where(title=part.title, label=section.heading), "\n".join((section.heading, *section.paragraphs))

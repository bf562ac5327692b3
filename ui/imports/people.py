"""What an import says of the people behind the rows of another register, in words."""

from typing import Any

CAME = ("新增", "补充", "修改")


def people_words(people: tuple[int, ...], verbs: tuple[str, ...]) -> str:
    """Tell of the persons that came or went with rows of another register; nothing where there are none."""
    parts = [f"{verb} {count} 人" for verb, count in zip(verbs, people, strict=True) if count]
    return f"人员名册{'、'.join(parts)}" if parts else ""


def go_words(preview: Any) -> str:
    """What the button writes: records, else what is said of people whose post says nothing new."""
    records, persons = len(preview.records), len(preview.persons)
    if records or not persons:
        return f"写入 {records} 条"
    verbs = "、".join(verb for verb, count in zip(CAME, preview.people, strict=True) if count)
    return f"写入 {persons} 人的{verbs}"


def proven_words(result: Any) -> str:
    """How much was read back."""
    people = f"人员名册 {result.people} 人" if result.people else ""
    records = f" {result.proven} 条" if result.proven or not people else ""
    return f"{records}{'，' if records and people else ''}{people}"

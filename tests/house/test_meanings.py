"""Every field that is asked has one sentence for F1, and no sentence is about a field that is gone."""

import re
from collections import Counter

from xmdesk.records import lines, meanings
from xmdesk.records.base import Record, fields_of
from xmdesk.records.registers import RECORDS

LINES = [one for one in vars(lines).values() if isinstance(one, type) and issubclass(one, lines.Line)]
LONGEST = 60
# Phrases that say nothing the label does not say.
EMPTY = re.compile(r"^(?:请)?(?:填写|输入|选择)")


def sentences() -> dict[tuple[str, str], str]:
    return {(cls, name): text for cls, told in meanings.meanings().items() for name, text in told.items()}


def asked() -> dict[tuple[str, str], str]:
    """Label of every field by the class that asks for it."""
    classes: list = [*RECORDS, *LINES]
    return {(spec.asked_in, spec.name): spec.label for cls in classes for spec in fields_of(cls).values()}


def test_every_asked_field_has_its_sentence_and_no_sentence_is_stale() -> None:
    assert set(sentences()) == set(asked())


def test_every_sentence_is_one_sentence_of_at_most_sixty_characters() -> None:
    wrong = {
        key: len(text) for key, text in sentences().items() if len(text) > LONGEST or text.find("。") != len(text) - 1
    }

    assert wrong == {}


def test_every_sentence_says_more_than_its_label() -> None:
    labels = asked()

    assert [key for key, text in sentences().items() if EMPTY.match(text) or len(text) <= len(labels[key]) + 6] == []


def test_no_two_fields_of_one_record_have_the_same_sentence() -> None:
    often = Counter((cls, text) for (cls, _), text in sentences().items())

    assert [key for key, times in often.items() if times > 1] == []


def test_a_sentence_is_found_from_the_field_of_any_class_that_has_it() -> None:
    register: type[Record] = next(one for one in RECORDS if one.__name__ == "Shelter")

    assert meanings.meaning_of(fields_of(register)["retired_on"]) == sentences()[("Kept", "retired_on")]


def test_clauses_are_written_as_the_plan_numbers_them() -> None:
    clause = re.compile(r"\d-\d-\([一二三四五六七]\)(?:-\d{1,2})?")
    looks = re.compile(r"\d-\d[-(（][^)]*\)[^)，。；]*")

    assert [text for text in sentences().values() for one in looks.findall(text) if not clause.match(one)] == []

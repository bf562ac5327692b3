"""The libraries listed are those used, each is explained, and each version is fixed by its hash."""

import re
import sys
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from tests.house.tree import PROGRAM, ROOT, imports, python_files, shown

# Installs the checkout itself; imported by nothing.
BUILD = {"setuptools"}


def listed(name: str) -> set[str]:
    """Names asked for by hand, as a package index spells them."""
    lines = (ROOT / name).read_text("ascii").splitlines()
    return {re.split(r"[=\[]", line)[0].lower() for line in lines if line and not line.startswith("-r")}


@cache
def used(*folders: str) -> dict[str, str]:
    """Libraries that Python files below these folders import, with one place each."""
    owners = packages_distributions()
    ours = {*PROGRAM, "tests"}
    found: dict[str, str] = {}
    for path in python_files(*folders):
        for line, name in imports(path):
            top = name.split(".")[0]
            if top in sys.stdlib_module_names or top in ours:
                continue
            names = {owner.lower().replace("_", "-") for owner in owners.get(top, [top])}
            found |= dict.fromkeys(names, shown(path, line))
    return found


def test_every_library_is_used_by_the_program() -> None:
    assert listed("requirements.in") - BUILD - used(*PROGRAM).keys() == set()


def test_every_library_the_program_uses_is_listed() -> None:
    # SQLAlchemy and pydantic are the two halves of sqlmodel, certvalidator is a half of pyHanko, shiboken6 of PySide6.
    carried = {"sqlalchemy", "pydantic", "pydantic-core", "pyhanko-certvalidator", "shiboken6", "click", "numpy"}
    missing = {name: place for name, place in used(*PROGRAM).items() if name not in listed("requirements.in") | carried}

    assert missing == {}


@pytest.mark.parametrize("listing", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_a_hash(listing: str) -> None:
    entries = re.split(r"\n(?=[a-z])", (ROOT / listing).read_text("utf-8"))

    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_development_uses_the_very_libraries_that_are_shipped() -> None:
    shipped, tried = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / listing).read_text("utf-8"), re.M))
        for listing in ("requirements.txt", "requirements-dev.txt")
    )

    assert shipped - tried == set()


@pytest.mark.parametrize("listing", ["requirements.in", "requirements-dev.in"])
def test_every_library_asked_for_is_explained_and_pinned(listing: str) -> None:
    explained = (ROOT / "DECISIONS.md").read_text("utf-8").lower()
    pinned = (ROOT / listing.replace(".in", ".txt")).read_text("utf-8")

    assert {name for name in listed(listing) if not re.search(rf"\b{name}\b", explained)} == set()
    assert {name for name in listed(listing) if not re.search(rf"^{name}==", pinned, re.M)} == set()

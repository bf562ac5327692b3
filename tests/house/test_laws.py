"""House laws that no linter sees; ARCHITECTURE.md names the first three."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PROGRAM, ROOT, called_name, calls, imports, python_files, shown

EVERYWHERE = python_files(*PROGRAM)
WRITES = {"save", "save_all", "delete", "remove"}
# The window's work door and crash hook turn what nobody expected into a diagnosis.
CATCH_ALL = {"ui/shared/work.py", "ui/diagnosis.py"}
SURROUNDINGS = {"changes", "travel", "work", "icons", "preferring"}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "handler", "common", "misc"}


def outside(*folders: str) -> list[Path]:
    """Program files that are not below these folders."""
    return [path for path in EVERYWHERE if not shown(path).startswith(folders)]


def test_records_refer_by_uid_and_never_by_relationship() -> None:
    related = [
        shown(path, call.lineno)
        for path in EVERYWHERE
        for call in calls(path)
        if called_name(call) in {"Relationship", "relationship"}
    ]

    assert related == []


def test_no_row_leaves_the_database() -> None:
    reaching = [
        f"{shown(path, line)} {name}"
        for path in outside("db/")
        for line, name in imports(path)
        if name.startswith(("db.tables", "sqlalchemy", "sqlcipher3", "sqlite3"))
    ]

    assert reaching == []


def writes_without_change(tree: ast.AST, *, open_change: bool = False) -> Iterator[int]:
    """Lines of ``change.save(…)`` and the like that stand neither in ``with ….change(…)`` nor in a step given one."""
    for node in ast.iter_child_nodes(tree):
        inside = open_change or opens_change(node)
        if isinstance(node, ast.Call) and is_write(node) and not inside:
            yield node.lineno
        yield from writes_without_change(node, open_change=inside)


def opens_change(node: ast.AST) -> bool:
    if isinstance(node, ast.With):
        opened = [item.context_expr for item in node.items]
        return any(isinstance(call, ast.Call) and called_name(call) == "change" for call in opened)
    if isinstance(node, ast.FunctionDef):
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        return any(argument.arg == "change" for argument in every)
    return False


def is_write(call: ast.Call) -> bool:
    """Whether a call writes to the store: ``change.save``, ``store.save``, ``self._store.delete`` and so on."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    owner = call.func.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return name.strip("_") in {"change", "store"}


def test_every_write_of_a_service_happens_inside_a_change() -> None:
    loose = [
        shown(path, line)
        for path in python_files("xmdesk/services", "ui")
        for line in writes_without_change(ast.parse(path.read_text("utf-8")))
    ]

    assert loose == []


def test_the_law_on_writes_sees_a_write_outside_a_change() -> None:
    loose = "def save(store, record):\n    store.save(record)\n"
    kept = "def save(store, record):\n    with store.change('修改') as change:\n        change.save(record)\n"

    assert list(writes_without_change(ast.parse(loose))) == [2]
    assert list(writes_without_change(ast.parse(kept))) == []


def test_only_the_clock_reads_the_time_and_only_paths_finds_the_home_folder() -> None:
    forbidden = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"), ("Path", "home")}
    reading = [
        shown(path, call.lineno)
        for path in outside("xmdesk/clock.py", "xmdesk/paths.py")
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and (call.func.value.id, call.func.attr) in forbidden
    ]

    assert reading == []


def test_keys_and_numbers_never_come_from_the_guessable_random_module() -> None:
    guessable = [shown(path, line) for path in EVERYWHERE for line, name in imports(path) if name == "random"]

    assert guessable == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = ast.unparse(handler.type) if handler.type else "BaseException"
    return not {"Exception", "BaseException"}.isdisjoint(caught.strip("()").replace(" ", "").split(","))


def test_nothing_catches_every_exception_but_the_two_last_resorts() -> None:
    greedy = [
        shown(path, node.lineno)
        for path in EVERYWHERE
        if shown(path) not in CATCH_ALL
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    ]

    assert greedy == []


def test_modules_are_named_after_what_they_hold() -> None:
    vague = [shown(path) for path in EVERYWHERE if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES]

    assert vague == []


def test_postponed_work_is_an_issue_and_not_a_comment() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
    postponed = [
        shown(path, number)
        for path in [*EVERYWHERE, *python_files("tests"), ROOT / "xm"]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "#" in line and any(word in line.split("#", 1)[1] for word in words)
    ]

    assert postponed == []


def test_only_the_dialogs_module_opens_message_boxes() -> None:
    boxes = [
        f"{shown(path, line)} {name}"
        for path in python_files("ui")
        if shown(path) != "ui/shared/dialogs.py"
        for line, name in imports(path)
        if name.endswith((".QMessageBox", ".QFileDialog", ".QInputDialog"))
    ]

    assert boxes == []


def test_what_outlives_a_page_calls_methods_of_it_and_no_lambdas() -> None:
    """Qt forgets a method when its object goes; a lambda is called on and reaches into a page of a book that was locked."""
    outliving = [
        shown(path, call.lineno)
        for path in python_files("ui")
        for call in calls(path)
        if called_name(call) == "connect"
        and isinstance(call.args[0], ast.Lambda)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Attribute)
        and ast.unparse(call.func.value.value).rpartition(".")[2].strip("_") in SURROUNDINGS
    ]

    assert outliving == []


def test_nothing_asks_qt_what_pyside_would_take_for_a_child_of_whom_it_asked() -> None:
    asking = [
        shown(path, call.lineno)
        for path in python_files("ui")
        for call in calls(path)
        if called_name(call) in {"nextInFocusChain", "previousInFocusChain"}
        or (called_name(call) in {"group", "itemDelegate"} and not call.args and not is_match(call))
    ]

    assert asking == []


def is_match(call: ast.Call) -> bool:
    """Whether ``….group()`` is that of a regular expression: those are asked as ``found.group()``."""
    return (
        isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "found"
    )

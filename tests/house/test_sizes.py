"""Files and functions stay short enough to be read in one go."""

from pathlib import Path

from tests.house import sizes


def test_files_and_functions_are_short_enough() -> None:
    assert sizes.findings() == []


def test_a_long_function_and_a_long_file_are_noticed(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "long.py"
    path.write_text("def much():\n" + "    print()\n" * sizes.FILE_LINES, "utf-8")
    monkeypatch.setattr(sizes, "shown", lambda path, line=None: f"{path.name}:{line}" if line else path.name)

    assert sizes.long_file(path) == ["long.py: 401 lines, allowed 400"]
    assert sizes.long_functions(path) == {"long.py:much": "long.py:1 much: 401 lines, allowed 40"}

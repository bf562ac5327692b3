#!/usr/bin/env python3
"""One command for everything that is done with this checkout: ./xm (or: python xm) lists the words it knows.

Only the standard library is used here, in syntax that an old python3 can still read, so that the message about a
missing Python 3.11 is ours. What xm says itself goes to standard error; standard output belongs to the program it runs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST, TOO_NEW = (3, 11), (3, 14)
NAMES = ("python3.13", "python3.12", "python3.11", "python3", "python")

# Debian and Ubuntu packages whose libraries the Qt wheel expects of the system, found by running and by ldd.
QT_PACKAGES = [
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libglib2.0-0",
    "libfontconfig1",
    "libfreetype6",
    "libdbus-1-3",
    "libcups2",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-util1",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "fonts-noto-cjk",
]
# Tests open a real window on a screen of their own and let other programs read our files as a second opinion.
TEST_PACKAGES = ["xvfb", "openbox", "xdotool", "poppler-utils", "libnss3-tools", "qpdf"]


def say(text: str) -> None:
    """Tell the person something without touching standard output."""
    print(f"xm: {text}", file=sys.stderr, flush=True)


def run(command: list[str | Path], **more: object) -> int:
    """Run a child with our input and output, wait for it and return its exit code."""
    sys.stdout.flush()
    try:
        code = subprocess.call([str(part) for part in command], **more)  # type: ignore[arg-type]
    except KeyboardInterrupt:
        return 130
    return code if code >= 0 else 128 - code


def quietly(command: list[str | Path], **more: object) -> int:
    """Run a step of the installation; its output goes to standard error."""
    return run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, cwd=ROOT, **more)


# The system's own packages


def installed_packages() -> set[str]:
    """Names that dpkg counts as installed, with the names they stand in for (libglib2.0-0t64 for libglib2.0-0)."""
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}, ${Provides}\n"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    ).stdout
    found: set[str] = set()
    for line in listing.splitlines():
        status, _, names = line.partition("\t")
        if status == "installed":
            found.update(name.split()[0] for name in names.split(",") if name.strip())
    return found


def missing_packages(wanted: list[str]) -> list[str]:
    """Which of these the system lacks; none where there is no apt (then the person's system is their own affair)."""
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return []
    have = installed_packages()
    return [name for name in wanted if name not in have]


def right_to_install() -> list[str] | None:
    """Return what to put before apt-get, or None when we may not install without asking for a password."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


def system_packages(wanted: list[str]) -> bool:
    """Install what is missing if we may, else print the one command that does; True when nothing is missing any more."""
    missing = missing_packages(wanted)
    if not missing:
        return True
    before = right_to_install()
    if before is None:
        say("these system packages are missing; please type:")
        say("  sudo apt-get install --no-install-recommends " + " ".join(missing))
        return False
    say("installing system packages: " + " ".join(missing))
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    quietly([*apt, "update"])
    if quietly([*apt, "install", "--no-install-recommends", *missing]) == 0:
        return True
    say("apt-get could not install them (its own words are above); going on without")
    return False


# The virtual environment


def version_of(python: str) -> tuple[int, int]:
    """Ask an interpreter for its version; (0, 0) when it does not answer."""
    asked = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    answer = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout.split()
    return (int(answer[0]), int(answer[1])) if len(answer) == 2 else (0, 0)


def suitable_python() -> str:
    """Return an interpreter from 3.11 to 3.13: the one running this file if it fits, else the newest on the path."""
    if OLDEST <= sys.version_info[:2] < TOO_NEW:
        return sys.executable
    for name in NAMES:
        path = shutil.which(name)
        if path and OLDEST <= version_of(path) < TOO_NEW:
            return path
    say("xmdesk needs Python 3.11, 3.12 or 3.13, and none of them was found on this computer.")
    raise SystemExit(3)


def make_environment() -> None:
    """Make .venv; on Debian the part of Python that does this is a package of its own."""
    python = suitable_python()
    if subprocess.call([python, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) != 0:
        major, minor = version_of(python)
        if not system_packages([f"python{major}.{minor}-venv"]):
            raise SystemExit(3)
    say("making .venv")
    if quietly([python, "-m", "venv", "--clear", VENV]) != 0:
        say("the environment .venv could not be made; the reason stands above.")
        raise SystemExit(3)


def done_before(name: str, files: list[str]) -> tuple[Path, str, bool]:
    """Compare the digest of input files with the one noted when the step last succeeded."""
    note = VENV / f"xm-{name}.stamp"
    digest = hashlib.sha256(b"".join((ROOT / file).read_bytes() for file in files)).hexdigest()
    return note, digest, note.exists() and note.read_text("ascii") == digest


def once(name: str, files: list[str], arguments: list[str]) -> None:
    """Let pip do a step unless it was done with these very files."""
    note, digest, done = done_before(name, files)
    if done:
        return
    say(f"installing {name}")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if quietly([*pip, *arguments]) != 0:
        say(f"the {name} could not be installed; the reason stands above.")
        raise SystemExit(3)
    note.write_text(digest, "ascii")


def ready(*, develop: bool) -> None:
    """Make sure that the environment holds the pinned libraries and this checkout."""
    if not (PYTHON.exists() and next(BIN.glob("pip*"), None)):
        make_environment()
    listing = "requirements-dev.txt" if develop else "requirements.txt"
    if develop or not done_before("development tools", ["requirements-dev.txt"])[2]:
        # The listing is complete, so nothing is left to resolve; pip before 23.3 would take the newest coverage[toml] of the
        # index instead of the pinned coverage and then refuse it for want of a hash.
        named = "development tools" if develop else "libraries"
        once(named, [listing], ["--no-deps", "--require-hashes", "-r", listing])
    once("program", ["pyproject.toml"], ["--no-deps", "--no-build-isolation", "--editable", "."])


def screenless(**more: str) -> dict[str, str]:
    """Return the environment for work that opens windows nobody looks at."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", **more}


def program() -> dict[str, str]:
    """Return the environment of the program itself: folders called db or ui where the person stands are not ours."""
    return {**os.environ, "PYTHONSAFEPATH": "1"}


# What can be asked for


def demo(words: list[str]) -> int:
    """fill a book with invented villages and walk a return to the district and back"""
    ready(develop=False)
    environment = program()
    if not system_packages(QT_PACKAGES):
        say("without them there is no window; the demo goes on headless")
        environment["XMDESK_HEADLESS"] = "1"
    return run([PYTHON, "-m", "ui.cli.demo", *words], env=environment)


def window(words: list[str]) -> int:
    """open the window"""
    ready(develop=False)
    system_packages(QT_PACKAGES)
    return run([PYTHON, "-m", "ui", *words], env=program())


def command_line(words: list[str]) -> int:
    """the command line: xm cli --help"""
    ready(develop=False)
    return run([PYTHON, "-m", "ui.cli", *words], env=program())


def test(words: list[str]) -> int:
    """run the tests; words choose them by path or by name"""
    ready(develop=True)
    system_packages([*QT_PACKAGES, *TEST_PACKAGES])
    options = [word for word in words if word.startswith("-")]
    paths = [word for word in words if word not in options and (ROOT / word.split("::")[0]).exists()]
    names = [word for word in words if word not in options and word not in paths]
    chosen = ["-k", " and ".join(names)] if names else []
    # A worker that died is not replaced: it failed the run, and waiting for its files has hung (xdist 3, loadfile).
    spread = ["-n", "2", "--dist", "loadfile", "--max-worker-restart", "0"]
    return run([PYTHON, "-m", "pytest", *spread, *options, *chosen, *paths], cwd=ROOT, env=screenless())


def check(words: list[str]) -> int:
    """lint, format, types, import contracts, sizes"""
    steps: dict[str, list[str | Path]] = {
        "ruff": [BIN / "ruff", "check"],
        "format": [BIN / "ruff", "format", "--check"],
        "types": [BIN / "pyright"],
        "imports": [BIN / "lint-imports"],
        "sizes": [PYTHON, "-m", "tests.house.sizes"],
    }
    if not set(words) <= set(steps):
        say("there are the steps " + " ".join(steps))
        return 2
    ready(develop=True)
    # pyright would otherwise ask the network whether it is the newest; import-linter draws in colours and boxes.
    quiet = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "NO_COLOR": "1"}
    results: dict[str, bool] = {}
    for name in [name for name in steps if not words or name in words]:
        print(f"--- {name}", flush=True)
        results[name] = run(steps[name], cwd=ROOT, env=quiet) == 0
    print("--- " + ", ".join(f"{name} {'ok' if passed else 'FAILED'}" for name, passed in results.items()), flush=True)
    return 0 if results and all(results.values()) else 1


def fix(words: list[str]) -> int:
    """let ruff repair and format what it can"""
    ready(develop=True)
    repaired = run([BIN / "ruff", "check", "--fix", *words], cwd=ROOT)
    return run([BIN / "ruff", "format", *words], cwd=ROOT) or repaired


def shots(words: list[str]) -> int:
    """take the pictures of the user guide from the journeys"""
    ready(develop=True)
    system_packages([*QT_PACKAGES, *TEST_PACKAGES])
    command = [PYTHON, "-m", "tests.journeys.shots", *words]
    screen = own_screen()
    if screen is None:
        return run(command, cwd=ROOT, env=screenless())
    server, display = screen
    try:
        return run(command, cwd=ROOT, env=screenless(DISPLAY=display))
    finally:
        server.terminate()
        server.communicate()


def own_screen() -> tuple[subprocess.Popen[str], str] | None:
    """Start a virtual X screen on a free number; None where there is no Xvfb."""
    if not shutil.which("Xvfb"):
        return None
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        universal_newlines=True,
    )
    number = server.stdout.readline().strip() if server.stdout else ""
    return (server, f":{number}") if number else None


def bench(words: list[str]) -> int:
    """measure; never part of the tests"""
    ready(develop=True)
    system_packages(QT_PACKAGES)
    return run([PYTHON, "-m", "tests.bench", *words], cwd=ROOT, env=screenless())


def build(words: list[str]) -> int:
    """freeze the program into a folder that runs without Python: dist/xmdesk"""
    ready(develop=True)
    system_packages(QT_PACKAGES)
    return run([PYTHON, "-m", "PyInstaller", "--noconfirm", *words, "pyinstaller.spec"], cwd=ROOT)


COMMANDS = {
    "demo": demo,
    "run": window,
    "cli": command_line,
    "test": test,
    "check": check,
    "fix": fix,
    "shots": shots,
    "bench": bench,
    "build": build,
}


# What each may be given: as it is written, what is meant, and which options it knows (None: those of the program it runs).
GIVEN = {
    "demo": ("[FOLDER]", "FOLDER is written anew (demo, if none is named)", ()),
    "run": ("[OPTION ...]", "options are Qt's own, such as -platform offscreen", None),
    "test": (
        "[PATH ...] [WORD ...] [OPTION ...]",
        "words are looked for in the names of tests; options are pytest's",
        None,
    ),
    "check": ("[STEP ...]", "steps are ruff, format, types, imports and sizes; all, if none is named", ()),
    "fix": ("[PATH ...]", "everything, if nothing is named", ()),
    "shots": (
        "[FOLDER [SET ...]]",
        "sets are manual, panels, large and small; without a folder those of the guide",
        (),
    ),
    "bench": ("[--quick] [NAME ...]", "a wrong name tells which there are; all, if none is named", ("--quick",)),
    "build": ("[OPTION ...]", "options are PyInstaller's", None),
}


def told(name: str) -> str:
    """Return what a command does and what it may be given."""
    takes, meaning, _ = GIVEN[name]
    return f"./xm {name} {takes}\n  {COMMANDS[name].__doc__}\n  {meaning}"


def unknown_options(name: str, words: list[str]) -> list[str]:
    """Return the options that a command does not know."""
    known = GIVEN[name][2]
    return [word for word in words if word.startswith("-") and known is not None and word not in known]


def usage() -> str:
    """Return the list of commands."""
    lines = [f"  ./xm {name:<6} {act.__doc__}" for name, act in COMMANDS.items()]
    return "\n".join(
        [
            "xmdesk: one command for the checkout. The first use installs what is needed into .venv.",
            *lines,
            "./xm COMMAND --help tells what a command may be given.",
        ]
    )


def main(words: list[str]) -> int:
    """Do what the first word says."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    act = COMMANDS.get(words[0])
    if act is None:
        say(f"there is no command {words[0]!r}; ./xm alone lists them")
        return 2
    name, given = words[0], words[1:]
    if name not in GIVEN:  # the command line answers for itself
        return act(given)
    if "-h" in given or "--help" in given:
        print(told(name))
        return 0
    unknown = unknown_options(name, given)
    if unknown:
        say(f"{name} does not know {' '.join(unknown)}")
        print(told(name), file=sys.stderr)
        return 2
    return act(given)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Pages stand on a real book in a temporary folder; dialogs are replaced by a list of what was said."""

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from tests.books import keys_derived_once  # noqa: F401  # a fixture for every test here
from tests.conftest import NOON
from tests.journeys.invented import PASSWORD, district_desk, enrol, fill, village_desk
from tests.ui.said import Said
from tests.xmdesk.services.stories import Offices, prepare
from ui.app import make_application
from ui.compose import open_book
from ui.leaving import LEAVING
from ui.shared.changes import Changes, Travel
from ui.shared.icons import Icons
from ui.shared.preferences import Preferences, Preferring
from ui.shared.surroundings import Surroundings
from ui.shared.theme import Theme, dress
from ui.shared.work import Work
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.services.desk import Desk


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The application as the program makes it, dressed.

    The clipboard of the platform without a screen outlives the interpreter; what was copied last must not.
    """
    application = QApplication.instance()
    made = application if isinstance(application, QApplication) else make_application(["xmdesk"])
    dress(made, Theme())
    yield made
    made.clipboard().clear()


@pytest.fixture(scope="session")
def usual_looks(qapp: QApplication) -> str:
    """The style sheet with which every test begins."""
    return qapp.styleSheet()


@pytest.fixture(scope="module", autouse=True)
def ground() -> None:
    """What is there before a file of tests begins stays: no collection has to look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def noon(clock: datetime) -> datetime:
    """Every test of the window happens at the same noon."""
    return clock


@pytest.fixture(autouse=True)
def swept(qapp: QApplication, usual_looks: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Widgets of a test are gone before the next begins; otherwise each style sheet dresses all of them again.

    Therefore also nobody has to put back the usual looks while his widgets are still there: here it is done after them.

    Meanwhile nothing is collected of itself, as in the program: see ui/shared/collecting.py. What the program would pass
    over until its book is closed is not passed over here: the widgets of a test must go with it.
    """
    monkeypatch.setattr("gc.freeze", lambda: None)
    monkeypatch.setattr("gc.unfreeze", lambda: None)
    gc.disable()
    held = QApplication.mouseButtons()
    yield
    assert QApplication.mouseButtons() in (held, Qt.MouseButton.NoButton), "a button of the mouse is still held down"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if qapp.styleSheet() != usual_looks:
        dress(qapp, Theme())
    gc.enable()
    gc.collect(1)


@pytest.fixture
def said() -> Said:
    """What dialogs said, and how they answer."""
    return Said()


@pytest.fixture
def around(qapp: QApplication, said: Said) -> Surroundings:
    """Surroundings of a page."""
    icons, preferring = Icons(Theme()), Preferring(Preferences())
    return Surroundings(said.hear(Work()), said, Changes(), Travel(), icons, preferring)


@pytest.fixture(scope="session")
def filled_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed book with a few records in every register and a backup of them, as it is left at the end of a day; made once."""
    folder = tmp_path_factory.mktemp("books") / "village"
    with frozen(NOON - timedelta(days=1)):
        desk = village_desk(folder)
        fill(desk)
        desk.upkeep.back_up_if_due(LEAVING)
        desk.upkeep.close()
    return folder


def enrolled(request: pytest.FixtureRequest) -> Path | None:
    """Where the books of an enrolled village lie, for a test that is marked so."""
    is_marked = request.node.get_closest_marker("enrolled") is not None
    return request.getfixturevalue("enrolled_books") if is_marked else None


@pytest.fixture
def desk(noon: datetime, request: pytest.FixtureRequest, filled_book: Path, tmp_path: Path) -> Iterator[Desk]:
    """An open copy of the filled book; its office may seal where the test is marked as ``enrolled``."""
    made = enrolled(request)
    opened = open_book(Path(shutil.copytree(made / "village" if made else filled_book, tmp_path / "book")), PASSWORD)
    yield opened
    opened.upkeep.close()


@pytest.fixture
def reviewer(noon: datetime, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """An open book of a district; of the village's own where the test is marked as ``enrolled``."""
    made, folder = enrolled(request), tmp_path / "district"
    opened = open_book(Path(shutil.copytree(made / "district", folder)), PASSWORD) if made else district_desk(folder)
    yield opened
    opened.upkeep.close()


@pytest.fixture(scope="session")
def enrolled_books(filled_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Closed books of that village and of the district that has just given it its certificate, made once."""
    folder = tmp_path_factory.mktemp("enrolled")
    with frozen(NOON):
        village = open_book(Path(shutil.copytree(filled_book, folder / "village")), PASSWORD)
        district = district_desk(folder / "district")
        enrol(village, district, folder)
        village.upkeep.close()
        district.upkeep.close()
    return folder


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Closed books of a district and of a village that is enrolled there, made once."""
    return prepare(tmp_path_factory.mktemp("offices"))


@pytest.fixture
def offices(noon: datetime, founded: Path, tmp_path: Path) -> Iterator[Offices]:
    """Open copies of both: the village has sealed nothing yet."""
    (tmp_path / "out").mkdir()
    pair = Offices.reopened(founded, tmp_path)
    yield pair
    pair.close()


@pytest.fixture
def window(qapp: QApplication, qtbot, said: Said) -> Iterator[Window]:
    """The real window, offscreen, at the first start."""
    made = Window(qapp, Preferences(), dialogs=said)
    said.hear(made.work)
    made.resize(1366, 728)

    def idle(_: object) -> None:
        qtbot.waitUntil(lambda: not made.work.is_busy, timeout=20_000)

    # Widgets go before fixtures do: a page that began to work when the test ended must come to its end first.
    qtbot.addWidget(made, before_close_func=idle)
    made.show()
    yield made
    made.close_desk()


@pytest.fixture
def settle(qtbot, window: Window) -> Callable[[], None]:
    """Waits until a long act has ended."""
    return lambda: qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen screen says that it cannot raise windows or grab keys whenever a list drops down."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))

"""Which volumes are sticks, the button that goes to one, and pages that go to a printer."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from ui.shared.printing import print_pages
from ui.shared.sticks import Stick, StickButton, is_removable, size_words, sticks
from xmdesk.periods import Period
from xmdesk.services.desk import Desk

ONE = Stick(Path("/media/KINGSTON"), "KINGSTON", 14 << 30)
OTHER = Stick(Path("/media/USB2"), "村部U盘", 200 << 20, is_locked=True)


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """The kernel's view of a fixed disk and a stick, each with a partition."""
    for disk, told in (("sda", "0"), ("sdb", "1")):
        (tmp_path / disk / f"{disk}1").mkdir(parents=True)
        (tmp_path / disk / "removable").write_text(f"{told}\n")
        (tmp_path / f"{disk}1").symlink_to(tmp_path / disk / f"{disk}1")
    return tmp_path


@pytest.mark.parametrize(
    ("device", "root", "expected"),
    [
        ("/dev/sdb1", "/", True),
        ("/dev/sdb", "/data", True),
        ("/dev/sda1", "/", False),
        ("/dev/sda1", "/media/clerk/disk", True),
        ("tmpfs", "/run/media", False),
        ("server:/share", "/media/share", False),
    ],
)
def test_the_kernel_and_the_desktop_tell_what_can_be_pulled(
    devices: Path, device: str, root: str, expected: bool
) -> None:
    assert is_removable(device, root, devices=devices) is expected


def test_the_system_volume_is_no_stick() -> None:
    assert all(one.root != Path("/") for one in sticks())


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_words(one) for one in (14 << 30, 200 << 20, 3000, 0)] == ["14.0 GB", "200.0 MB", "2 KB", "1 KB"]
    assert OTHER.title == "村部U盘（USB2），有写保护"


def test_a_single_stick_is_taken_at_once(qtbot) -> None:
    made = StickButton("拷到 U 盘", find=lambda: [ONE])
    qtbot.addWidget(made)
    got: list[Stick] = []
    made.chosen.connect(got.append)

    made.click()

    assert got == [ONE]


def test_of_several_sticks_one_is_chosen_by_name(qtbot) -> None:
    made = StickButton("拷到 U 盘", find=lambda: [ONE, OTHER])
    qtbot.addWidget(made)
    made.show()
    got: list[Stick] = []
    made.chosen.connect(got.append)

    made.click()
    titles = [one.text() for one in made.menu_.actions()]
    made.menu_.actions()[1].trigger()
    made.menu_.close()

    assert titles == [ONE.title, OTHER.title]
    assert got == [OTHER]


def test_without_a_stick_the_button_says_so(qtbot) -> None:
    made = StickButton("拷到 U 盘", find=list)
    qtbot.addWidget(made)

    with qtbot.waitSignal(made.absent):
        made.click()


def test_every_page_goes_to_the_printer_as_it_lies(desk: Desk, tmp_path: Path) -> None:
    content = desk.submitting.preview(desk.submitting.draft(Period.parse("2026-Q4")))
    source = pypdfium2.PdfDocument(content)
    wanted = [tuple(round(side) for side in page.get_size()) for page in source]
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setPageSize(QPageSize(QSizeF(200, 300), QPageSize.Unit.Point))
    printer.setOutputFileName(str(tmp_path / "纸.pdf"))

    count = print_pages(printer, content)

    made = pypdfium2.PdfDocument(str(tmp_path / "纸.pdf"))
    sizes = [tuple(round(side) for side in page.get_size()) for page in made]
    ink = [page.render().to_pil().convert("L").getextrema()[0] for page in made]
    source.close()
    made.close()
    assert count == len(wanted) == len(sizes)
    assert {width > height for width, height in wanted} == {True, False}
    assert all(abs(a - b) <= 3 for one, two in zip(wanted, sizes, strict=True) for a, b in zip(one, two, strict=True))
    assert max(ink) < 200

"""Reads the recovery code from the screen as eyes do: each letter is the one that looks most like it."""

from io import BytesIO

from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui.app import make_application
from ui.shared.theme import LIGHT, Theme, dress
from ui.shared.words import label
from xmdesk.trust.recovery_code import ALPHABET

GROUPS = (5, 5, 5, 5, 6)
LENGTH = sum(GROUPS) + len(GROUPS) - 1


def recovery_code(screen: Image.Image) -> str:
    """Return the code that stands on the screen, without its dashes."""
    shown = _box(screen)
    models = {letter: _model(letter, shown.size) for letter in ALPHABET}
    width = _width(shown.size)
    left = (shown.width - width * LENGTH) / 2
    dashes = {sum(GROUPS[: place + 1]) + place for place in range(len(GROUPS) - 1)}
    cells = [(round(left + place * width), round(left + (place + 1) * width)) for place in range(LENGTH)]
    return "".join(
        min(models, key=lambda letter: _difference(shown, models[letter], *cell))
        for place, cell in enumerate(cells)
        if place not in dashes
    )


def _box(screen: Image.Image) -> Image.Image:
    """Cut out the coloured field in which the code stands."""
    background = Image.new("RGB", screen.size, LIGHT.accent_soft)
    same = ImageChops.difference(screen.convert("RGB"), background).convert("L").point(lambda one: 255 * (one == 0))
    return screen.convert("L").crop(same.getbbox())


def _difference(shown: Image.Image, model: Image.Image, left: int, right: int) -> float:
    cell = (left, 0, right, shown.height)
    return ImageStat.Stat(ImageChops.difference(shown.crop(cell), model.crop(cell))).sum[0]


def _application() -> QApplication:
    application = QApplication.instance()
    made = application if isinstance(application, QApplication) else make_application(["xmdesk"])
    dress(made, Theme())
    return made


def _model(letter: str, size: tuple[int, int]) -> Image.Image:
    """How the field looks with one letter in all places."""
    _application()
    made = label(letter * LENGTH, "code")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.resize(*size)
    return _picture(made.grab().toImage())


def _width(size: tuple[int, int]) -> float:
    made = label("0" * LENGTH, "code")
    made.ensurePolished()
    return made.fontMetrics().horizontalAdvance("0" * LENGTH) / LENGTH


def _picture(image: QImage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows bytes only, Qt takes text
    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("L")

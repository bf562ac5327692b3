"""Filling pages from top to bottom: margins, the place reached, a fresh page when something does not fit."""

from collections.abc import Callable
from dataclasses import dataclass, field

from xmdesk.documents.paper import MM, Page, Paper


@dataclass(frozen=True)
class Margins:
    """White around the text in points. Binding edge (订口) left in portrait, on top in landscape (GB/T 9704 7.x)."""

    left: float
    right: float
    top: float
    bottom: float


PORTRAIT = Margins(25 * MM, 20 * MM, 20 * MM, 26 * MM)
LANDSCAPE = Margins(18 * MM, 18 * MM, 20 * MM, 25 * MM)


def _nothing(_: "Flow") -> None:
    return None


@dataclass
class Flow:
    """Pages being filled; ``y`` is the top of the free room, ``continued`` draws the head of every later page."""

    paper: Paper
    landscape: bool
    continued: Callable[["Flow"], None] = _nothing
    pages: list[Page] = field(default_factory=list[Page])
    y: float = 0
    fresh: bool = True

    def __post_init__(self) -> None:
        """Take the first page."""
        self._take_page()

    @property
    def margins(self) -> Margins:
        """Margins of these pages."""
        return LANDSCAPE if self.landscape else PORTRAIT

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def left(self) -> float:
        """Left edge of the text."""
        return self.margins.left

    @property
    def right(self) -> float:
        """Right edge of the text."""
        return self.page.width - self.margins.right

    @property
    def width(self) -> float:
        """Width of the text."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height of a whole page of text."""
        return self.page.height - self.margins.top - self.margins.bottom

    @property
    def room(self) -> float:
        """Height that is still free on this page."""
        return self.y - self.margins.bottom

    def down(self, height: float) -> None:
        """Use up some height."""
        self.y -= height
        self.fresh = False

    def next_page(self) -> None:
        """Go on at the top of a new page, under its running head."""
        self._take_page()
        self.continued(self)
        self.fresh = True

    def ensure(self, height: float) -> None:
        """Begin a new page unless this height is free."""
        if height > self.room and not self.fresh:
            self.next_page()

    def _take_page(self) -> None:
        self.pages.append(self.paper.page(landscape=self.landscape))
        self.y = self.page.height - self.margins.top
        self.fresh = True

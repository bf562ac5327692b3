"""Gives Chinese characters keys of their own on a display, so that each arrives as surely as a letter does.

xdotool by itself would bind one spare key to one character after the other while it types, and a program that is busy
meanwhile reads the new binding for the old key.
"""

import ctypes
import ctypes.util
from collections.abc import Iterable

FIRST, LAST = 8, 255
UNICODE = 0x0100_0000
"""Keysyms of characters outside Latin-1 are this plus the code point (X11 protocol, appendix A)."""
MEDIA = 0x1000_0000
"""From here on keysyms are those of vendors: louder, brighter, play."""


def teach(display: str, characters: Iterable[str]) -> None:
    """Bind every character that is not plain ASCII to a key that has no meaning yet."""
    library = ctypes.CDLL(ctypes.util.find_library("X11"))
    library.XOpenDisplay.restype = ctypes.c_void_p
    library.XGetKeyboardMapping.restype = ctypes.POINTER(ctypes.c_ulong)
    connection = ctypes.c_void_p(library.XOpenDisplay(display.encode()))
    try:
        wide = ctypes.c_int()
        held = library.XGetKeyboardMapping(connection, FIRST, LAST - FIRST + 1, ctypes.byref(wide))
        rows = [[held[at * wide.value + level] for level in range(wide.value)] for at in range(LAST - FIRST + 1)]
        free = [FIRST + at for at, row in enumerate(rows) if all(one == 0 or one >= MEDIA for one in row)]
        known = {keysym for row in rows for keysym in row}
        wanted = [one for one in dict.fromkeys(characters) if not one.isascii() and UNICODE + ord(one) not in known]
        for code, character in zip(free, wanted, strict=False):
            keysyms = (ctypes.c_ulong * 2)(UNICODE + ord(character), UNICODE + ord(character))
            library.XChangeKeyboardMapping(connection, code, 2, keysyms, 1)
        library.XSync(connection, 0)
        if len(wanted) > len(free):
            raise AssertionError(f"no keys left for {''.join(wanted[len(free) :])}")
    finally:
        library.XCloseDisplay(connection)

"""Entry of the window: ``xmdesk``. Everything that must be settled before Qt starts is settled here."""

import gc
import os
import sys

SWITCH_S = 0.0001
"""How long the window may wait for a thread that works beside it; Python's own 5 ms add up while a page is painted."""


def choose_input_method() -> None:
    """Let Chinese be typed: the Qt wheel has no fcitx plugin, but fcitx5 and ibus both answer to the ibus one.

    ``XMDESK_KEEP_IM`` leaves the desktop's own choice alone (a bundle that carries the fcitx plugin).
    """
    chosen = os.environ.get("QT_IM_MODULE", "")
    if chosen.startswith("fcitx") and "XMDESK_KEEP_IM" not in os.environ:
        os.environ["QT_IM_MODULE"] = "ibus"


def settle() -> None:
    """Settle the environment. Nothing dies while the window is made: its collector (ui/shared/collecting.py) goes on from here."""
    choose_input_method()
    os.environ.setdefault("QT_API", "pyside6")
    gc.disable()
    sys.setswitchinterval(SWITCH_S)


def main() -> int:
    """Run the window, or the worker when this executable was started as one."""
    if "--worker" in sys.argv[1:]:
        from xmdesk import worker

        worker.main()
        return 0
    settle()
    from ui.app import run

    return run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())

"""Why a book cannot lie in a folder: of these, another folder helps."""

NO_ROOM = frozenset(
    {
        *("FILE-NO-WRITING", "FILE-NOT-FOLDER", "FILE-NO-FOLDER", "FILE-DISK-FULL", "FILE-LONG-NAME"),
        *("FILE-BROKEN-OFF", "DB-READONLY", "DB-FULL", "DB-IO", "DB-SPACE", "DB-NO-PARENT", "DB-BOOK-FILE"),
        *("DB-PLACE-NETWORK", "DB-PLACE-REMOVABLE", "DB-RESTORE-FULL", "DB-RESTORE-LOCKED"),
    }
)
"""Codes of faults."""

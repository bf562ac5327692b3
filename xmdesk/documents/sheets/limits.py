"""How large a sheet may be. Every number is counted while reading, never taken from a header of the file."""

FILE_BYTES = 10 * 1024 * 1024
PARTS = 500
PART_BYTES = 40 * 1024 * 1024
TOTAL_BYTES = 60 * 1024 * 1024
RATIO = 300
RATIO_ABOVE = 1024 * 1024
ROWS = 50_000
COLUMNS = 100
BLANK_ROWS = 2_000
SHEETS = 60
MERGES = 20_000
DEPTH = 64
CELL_CHARACTERS = 2_000
KEPT_CHARACTERS = 50_000
RECORD_LINES = 200

"""Sheets in and out: Excel and CSV as villages keep them, read in a capped child, mapped, previewed; and written."""

"""xmdesk.records.values."""

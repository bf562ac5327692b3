"""xmdesk.records."""

"""xmdesk.checks."""

"""xmdesk.sealed."""

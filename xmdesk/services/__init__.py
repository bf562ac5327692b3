"""xmdesk.services."""

"""xmdesk.indicators."""

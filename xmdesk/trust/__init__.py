"""xmdesk.trust."""

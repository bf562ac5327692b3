"""xmdesk.documents."""

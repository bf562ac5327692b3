"""ui.inbox."""

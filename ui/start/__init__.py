"""ui.start."""

"""ui.filling."""

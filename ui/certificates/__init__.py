"""ui.certificates."""

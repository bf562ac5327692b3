"""ui.office."""

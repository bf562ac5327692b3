"""ui.today."""

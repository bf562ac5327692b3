"""ui.cli."""

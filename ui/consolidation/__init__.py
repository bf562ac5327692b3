"""ui.consolidation."""

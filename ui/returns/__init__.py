"""ui.returns."""

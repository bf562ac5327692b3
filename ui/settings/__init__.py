"""ui.settings."""

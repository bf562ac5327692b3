"""ui.tasks."""

"""db.migrations."""

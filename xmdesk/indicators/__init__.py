"""The plan's targets: metrics over one office or many; thresholds and clauses come from a dated indicator set."""

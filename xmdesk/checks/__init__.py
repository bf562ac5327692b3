"""What must be right before sending; one module per record, each a pure function over a snapshot."""

"""One widget per kind of field; ``registry.field_for`` picks it."""

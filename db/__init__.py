"""The memory: an encrypted SQLite database behind the Store protocol."""

"""Tests about the code itself, and the tools they share with ``xm check``."""

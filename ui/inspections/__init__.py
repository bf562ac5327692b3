"""Rounds and repairs."""

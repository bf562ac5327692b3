"""Numbered, frozen SQL and what runs it."""

"""xmdesk: the work of a village or district office, without window or database."""

__version__ = "0.1.0"

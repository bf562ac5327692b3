"""The yearly list of maintenance duties as a whole."""

"""Tests of xmdesk; the tree below mirrors the source folders."""

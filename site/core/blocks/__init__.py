"""Blocks that staff build pages from, one theme a module."""

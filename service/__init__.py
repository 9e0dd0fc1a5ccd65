"""Turns hits into a verified answer, and serves it."""

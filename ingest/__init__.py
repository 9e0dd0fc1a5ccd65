"""Reads instruments into provisions, cuts passages, embeds them and builds an index generation."""

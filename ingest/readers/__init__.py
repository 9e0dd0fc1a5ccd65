"""Readers: one module a format, each turning a file into an `Extract` of blocks with offsets."""

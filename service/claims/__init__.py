"""Checks what somebody says of a provision against the provision: the words, the numbers, the names, the strength, the substance."""

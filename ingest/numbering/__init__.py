"""The numbering reader: blocks of any format in, provisions out. Draft docstring."""

"""A contract's configuration as a workbook: blank to be filled in, filled in to be read, or written out of the records.

YAML stays the truth: what is read becomes the values of records/*.yaml, and nothing is kept of the workbook.
"""

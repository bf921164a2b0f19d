"""A format of papers in each file: there because the file is."""

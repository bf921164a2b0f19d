"""A part of the periodic reports in each file: there because the file is, in the order of their places."""

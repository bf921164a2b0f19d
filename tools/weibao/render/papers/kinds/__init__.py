"""A kind of paper in each file: there because the file is."""

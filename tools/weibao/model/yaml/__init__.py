"""The strict subset of YAML in which records are written: read with the place of everything, and written."""

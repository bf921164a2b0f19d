"""The command line, one module a noun. The clock and the environment are read here."""

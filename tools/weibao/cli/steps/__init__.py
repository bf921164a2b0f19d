"""A step of a record from the command line: its options, how it is recorded, what is said of it."""

"""How a record is written: append, check, commit."""

"""Moving out: everything that the records say, in tables that any other program reads."""

"""Moving in, at the edge: an old register's file is read, held against what is recorded, and committed."""

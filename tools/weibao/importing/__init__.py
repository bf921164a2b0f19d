"""Moving in: an old register's rows, as a mapping reads them, into records that anyone can work out again."""

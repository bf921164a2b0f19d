"""A new contract's repository, and what it starts with."""

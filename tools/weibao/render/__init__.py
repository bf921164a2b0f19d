"""How a Book reads: in a terminal, as JSON, as annotations on a pull request."""

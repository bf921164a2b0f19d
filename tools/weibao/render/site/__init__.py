"""How a Book is published: the MkDocs plugin, page templates, charts, styles."""

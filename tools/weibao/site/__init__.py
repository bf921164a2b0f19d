"""How a Book is published: the MkDocs plugin, its page templates, charts and styles."""

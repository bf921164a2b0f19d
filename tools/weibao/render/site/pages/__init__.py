"""The generated pages of the site, one module a kind of page."""

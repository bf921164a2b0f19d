"""The key figures, a module each: one is there because its file is."""

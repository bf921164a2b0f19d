"""The formats in which programs take findings, a module each: one is there because its file is."""

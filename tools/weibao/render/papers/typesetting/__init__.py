"""How papers are set as PDF: what the template is handed, and what in it has no letters, no room or no picture."""

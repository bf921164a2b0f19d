"""The form of a round: a table to fill in on site, as a spreadsheet or as CSV, and how it is read back."""
